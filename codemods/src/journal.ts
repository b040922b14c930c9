/** journal: what each run wrote, so that it can be taken back without any version control. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { MigrateError } from './errors.ts';
import { hashOf, withBom } from './source.ts';
import type { Writing } from './write.ts';

/** The folder of the journal, below the working folder. */
export const journalFolder = '.dc-migrate';

/** One file of a run. Paths are relative to the working folder, with forward slashes. */
interface JournalFile {
  readonly file: string;
  /** The copy of what it was, below `before/`; `null` for a file the run created. */
  readonly copy: string | null;
  /** SHA-256 of what it was and of what the run wrote. */
  readonly before: string | null;
  readonly after: string;
}

interface Manifest {
  readonly version: 1;
  readonly id: string;
  readonly createdAt: string;
  readonly files: readonly JournalFile[];
}

/** What an undo did. */
export interface Undone {
  readonly id: string;
  readonly files: readonly { readonly file: string; readonly change: 'restored' | 'removed' }[];
}

const homeOf = (cwd: string): string => join(cwd, journalFolder);

/** A time that sorts, and the process, so that two runs within a second stay apart. */
function newId(cwd: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  for (let n = 0; ; n += 1) {
    const id = n === 0 ? stamp : `${stamp}-${n}`;
    if (!existsSync(join(homeOf(cwd), id))) return id;
  }
}

/** Copies every file that is about to change. @returns the id for `undo` */
export function keepJournal(files: readonly Writing[], cwd: string, now: Date = new Date()): string {
  const id = newId(cwd, now);
  const folder = join(homeOf(cwd), id);
  mkdirSync(join(folder, 'before'), { recursive: true });
  // The journal is nobody's source: git leaves it alone without an entry in the project's own .gitignore.
  writeFileSync(join(homeOf(cwd), '.gitignore'), '*\n');
  const entries = files.map(({ path, before, after }, index): JournalFile => {
    const copy = before === null ? null : String(index);
    if (copy !== null) writeFileSync(join(folder, 'before', copy), readFileSync(path));
    const written = Buffer.from(withBom(before ?? { bom: false }, after), 'utf8');
    const file = relative(cwd, path).split(sep).join('/');
    return { file, copy, before: before?.hash ?? null, after: hashOf(written) };
  });
  const manifest: Manifest = { version: 1, id, createdAt: now.toISOString(), files: entries };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return id;
}

/** Forgets a run that wrote nothing after all. */
export function dropJournal(id: string, cwd: string): void {
  rmSync(join(homeOf(cwd), id), { recursive: true, force: true });
}

/** The runs that can be undone, oldest first. */
export function journalIds(cwd: string): readonly string[] {
  const home = homeOf(cwd);
  if (!existsSync(home)) return [];
  return readdirSync(home)
    .filter((name) => existsSync(join(home, name, 'manifest.json')))
    .sort();
}

function readManifest(folder: string, id: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  } catch (cause) {
    throw new MigrateError('UNKNOWN_RUN', { id, known: 'its manifest cannot be read' }, { cause });
  }
}

/** A file that somebody changed since the run is not overwritten. */
function guard({ file, after }: JournalFile, cwd: string): void {
  const path = resolve(cwd, file);
  const now = existsSync(path) ? hashOf(readFileSync(path)) : null;
  if (now !== after) throw new MigrateError('CHANGED_SINCE', { path: file });
}

function takeBack(entry: JournalFile, folder: string, cwd: string): Undone['files'][number] {
  const path = resolve(cwd, entry.file);
  if (entry.copy === null) {
    rmSync(path, { force: true });
    return { file: entry.file, change: 'removed' };
  }
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.dc-migrate-${process.pid}.tmp`;
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  const bytes = readFileSync(join(folder, 'before', entry.copy));
  writeFileSync(temporary, bytes, mode === undefined ? {} : { mode });
  renameSync(temporary, path);
  return { file: entry.file, change: 'restored' };
}

/**
 * Puts back, byte for byte, what a run changed, and removes what it created; then forgets the run.
 *
 * @param id - the run; the newest one without it
 * @param force - also overwrites files that changed since
 * @throws MigrateError `UNKNOWN_RUN`, `CHANGED_SINCE` before anything is written
 */
export function undo(cwd: string, id?: string, force = false): Undone {
  const known = journalIds(cwd);
  const chosen = id ?? known.at(-1);
  if (chosen === undefined || !known.includes(chosen)) {
    const list = known.length === 0 ? 'there is none here' : `known are ${known.join(', ')}`;
    throw new MigrateError('UNKNOWN_RUN', { id: chosen ?? 'the newest run', known: list });
  }
  const folder = join(homeOf(cwd), chosen);
  const { files } = readManifest(folder, chosen);
  if (!force) for (const entry of files) guard(entry, cwd);
  const undone = files.map((entry) => takeBack(entry, folder, cwd));
  dropJournal(chosen, cwd);
  return { id: chosen, files: undone };
}
