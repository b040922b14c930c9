/** run/undo: takes a run back, or says what that would do. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MigrateError } from '../errors.ts';
import { realPath } from '../project/discover.ts';
import { changesSince } from './changes-since.ts';
import { dropJournal, homeOf, type Journal, type JournalFile, journalIds, readJournal } from './journal.ts';
import { uninterrupted } from './uninterrupted.ts';
import { temporary } from './write.ts';

/** What an undo did. */
export interface Undone {
  readonly id: string;
  readonly files: readonly { readonly file: string; readonly change: 'restored' | 'removed' }[];
}

function takeBack(entry: JournalFile, folder: string, cwd: string): void {
  const path = resolve(cwd, entry.file);
  if (entry.copy === null) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  const bytes = readFileSync(join(folder, 'before', entry.copy));
  writeFileSync(temporary(path), bytes, mode === undefined ? {} : { mode });
  renameSync(temporary(path), path);
}

function takeAllBack({ folder, manifest: { id, pid, files } }: Journal, cwd: string): void {
  let path = '';
  try {
    for (const entry of files) {
      path = entry.file;
      rmSync(temporary(resolve(cwd, path), pid), { force: true });
      takeBack(entry, folder, cwd);
    }
  } catch (cause) {
    // What is back already stays: the next undo takes it for a file that the run never reached.
    throw new MigrateError('UNDO_FAILED', { id, path, reason: String(cause) }, { cause });
  }
}

/** Removes a folder that nothing is in any more. */
function removeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Finds a run that can be taken back. */
function undoable(cwd: string, id: string | undefined, force: boolean): Journal {
  const known = journalIds(cwd);
  const chosen = id ?? known.at(-1);
  if (chosen === undefined || !known.includes(chosen)) {
    const list = known.length === 0 ? `no run is kept in ${homeOf(cwd)}` : `known are ${known.join(', ')}`;
    throw new MigrateError('UNKNOWN_RUN', { id: chosen ?? null, known: list });
  }
  const journal = readJournal(chosen, cwd);
  if (force) return journal;
  const changes = changesSince(journal.manifest, cwd);
  if (changes !== null) throw new MigrateError('CHANGED_SINCE', { id: chosen, ...changes });
  return journal;
}

/** What becomes of the files of a run that is taken back. */
const undoneOf = ({ manifest: { id, files } }: Journal): Undone => ({
  id,
  files: files.map(({ file, copy }) => ({ file, change: copy === null ? 'removed' : 'restored' })),
});

const folderOf = (from: string): string => realPath(resolve(from));

/**
 * Says what {@link undo} would do, and refuses what it would refuse; nothing is written.
 *
 * @throws MigrateError `UNKNOWN_RUN`, `RUN_UNREADABLE`, `CHANGED_SINCE`
 */
export function planUndo(from: string, id?: string, force = false): Undone {
  return undoneOf(undoable(folderOf(from), id, force));
}

/**
 * Puts back, byte for byte, what a run changed, and removes what it created; then forgets the run. A run that was killed
 * half way is undone as far as it came.
 *
 * @param id - the run; the newest one without it
 * @param force - also overwrites files that changed since
 * @throws MigrateError `UNKNOWN_RUN`, `RUN_UNREADABLE`, `CHANGED_SINCE` before anything is written; `UNDO_FAILED`
 */
export function undo(from: string, id?: string, force = false): Undone {
  const cwd = folderOf(from);
  const journal = undoable(cwd, id, force);
  const { id: taken, folders = [] } = journal.manifest;
  uninterrupted(() => takeAllBack(journal, cwd));
  for (const made of folders) removeEmpty(resolve(cwd, made));
  dropJournal(taken, cwd);
  return undoneOf(journal);
}
