/** run/journal: what each run wrote, so that it can be taken back without any version control. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { MigrateError } from '../errors.ts';
import { hashOf, withBom } from '../project/source.ts';
import type { Writing } from './write.ts';

/** The folder of the journal, below the working folder. */
export const journalFolder = '.dc-migrate';

/** One file of a run. Paths are relative to the working folder, with forward slashes. */
export interface JournalFile {
  readonly file: string;
  /** The copy of what it was, below `before/`; `null` for a file the run created. */
  readonly copy: string | null;
  /** SHA-256 of what it was and of what the run wrote. */
  readonly before: string | null;
  readonly after: string;
}

/** What a run wrote. */
export interface Manifest {
  readonly version: 1;
  readonly id: string;
  /** The process that wrote, for what it left behind when it was killed. */
  readonly pid: number;
  readonly createdAt: string;
  readonly files: readonly JournalFile[];
  /** The folders that the run made for its files, the inner ones first. */
  readonly folders?: readonly string[];
}

/** A run, and the folder that it is kept in. */
export interface Journal {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Where the runs of a working folder are kept. */
export const homeOf = (cwd: string): string => join(cwd, journalFolder);

/** The second in which a run writes, with a number where another wrote in it. */
function newId(cwd: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  for (let n = 0; ; n += 1) {
    const id = n === 0 ? stamp : `${stamp}-${n}`;
    if (!existsSync(join(homeOf(cwd), id))) return id;
  }
}

const shownIn = (path: string, cwd: string): string => relative(cwd, path).split(sep).join('/');

/** The folders that are made with some files, the inner ones first. */
function madeFolders(files: readonly Writing[]): readonly string[] {
  const folders = new Set<string>();
  for (const { path } of files)
    for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) folders.add(folder);
  return [...folders].sort((a, b) => b.length - a.length);
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
    return { file: shownIn(path, cwd), copy, before: before?.hash ?? null, after: hashOf(written) };
  });
  const folders = madeFolders(files).map((one) => shownIn(one, cwd));
  const manifest: Manifest = {
    version: 1,
    id,
    pid: process.pid,
    createdAt: now.toISOString(),
    files: entries,
    folders,
  };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return id;
}

/** Forgets a run that wrote nothing after all, and the journal with the last of them. */
export function dropJournal(id: string, cwd: string): void {
  const home = homeOf(cwd);
  rmSync(join(home, id), { recursive: true, force: true });
  if (existsSync(home) && readdirSync(home).every((name) => name === '.gitignore')) rmSync(home, { recursive: true });
}

/** Ids as their runs came: of those within a second, the tenth is after the second. */
export function inOrder(a: string, b: string): number {
  const [[stampA, numberA], [stampB, numberB]] = [idParts(a), idParts(b)];
  return stampA === stampB ? numberA - numberB : stampA < stampB ? -1 : 1;
}

function idParts(id: string): readonly [stamp: string, number: number] {
  const [, stamp = id, number = '0'] = /^(\d+-\d+)-(\d+)$/.exec(id) ?? [];
  return [stamp, Number(number)];
}

/** The runs that can be undone, oldest first. */
export function journalIds(cwd: string): readonly string[] {
  const home = homeOf(cwd);
  if (!existsSync(home)) return [];
  return readdirSync(home)
    .filter((name) => existsSync(join(home, name, 'manifest.json')))
    .sort(inOrder);
}

function readManifest(folder: string): Manifest {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest | null;
  if (!Array.isArray(manifest?.files)) throw new TypeError('it names no files');
  return manifest;
}

/** The file that says what a run changed, as the working folder has it. */
export const manifestOf = (id: string): string => `${journalFolder}/${id}/manifest.json`;

/** What a run has kept, and the folder it is kept in. @throws MigrateError `RUN_UNREADABLE` */
export function readJournal(id: string, cwd: string): Journal {
  const folder = join(homeOf(cwd), id);
  try {
    return { folder, manifest: readManifest(folder) };
  } catch (cause) {
    const kept = `${journalFolder}/${id}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const details = { id, path: manifestOf(id), copies: `${kept}/before`, folder: kept, reason };
    throw new MigrateError('RUN_UNREADABLE', details, { cause });
  }
}
