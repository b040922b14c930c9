/** run/changes-since: what became of the files of a run after it, by newer runs and by others. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChangedBy, MigrateError, type UnreadRun } from '../errors.ts';
import { hashOf } from '../project/source.ts';
import { inOrder, type JournalFile, journalIds, type Manifest, manifestOf, readJournal } from './journal.ts';

/** What stops a run from being taken back; of runs the newest first. */
interface Changes {
  /** Its files that are not as it left them. */
  readonly paths: readonly string[];
  /** The newer runs that changed those, or what such a run needs as it left it. */
  readonly newer: readonly ChangedBy[];
  /** What changed after the last of these runs to write it, and by none of them. */
  readonly edited: readonly ChangedBy[];
  /** The runs that may have made such a change, if nothing is known of them. */
  readonly unread: readonly UnreadRun[];
}

/** Whether a file is neither what the run wrote nor, where the run was cut short, still what it was before. */
function isChanged({ file, before, after }: JournalFile, cwd: string): boolean {
  const path = resolve(cwd, file);
  const found = statSync(path, { throwIfNoEntry: false });
  // A folder that took its name is a change as well.
  if (found?.isDirectory() === true) return true;
  const now = found === undefined ? null : hashOf(readFileSync(path));
  return now !== after && now !== before;
}

type Run = Pick<Manifest, 'id' | 'files'>;

/** The files of a run; `null` where its manifest cannot be read. */
function filesOf(id: string, cwd: string): Run['files'] | null {
  try {
    return readJournal(id, cwd).manifest.files;
  } catch (error) {
    if (error instanceof MigrateError) return null;
    throw error;
  }
}

/**
 * The runs after some run, oldest first, and those among them whose manifest cannot be read. These are passed over: nobody
 * asked for them. What such a run changed counts as changed by no run, which stops an undo as well.
 */
function runsAfter(id: string, cwd: string): { readonly runs: readonly Run[]; readonly unread: readonly string[] } {
  const known = journalIds(cwd);
  const all = known.slice(known.indexOf(id) + 1).map((one) => ({ id: one, files: filesOf(one, cwd) }));
  return {
    runs: all.flatMap((one) => (one.files === null ? [] : [{ id: one.id, files: one.files }])),
    unread: all.flatMap((one) => (one.files === null ? [one.id] : [])),
  };
}

/** What a run has written, and whether that was changed before the next one found it, or until now. */
interface Written {
  readonly by: string;
  /** The next run that wrote it; `null` for none. */
  readonly until: string | null;
  readonly entry: JournalFile;
  readonly isEdited: boolean;
}

/** Whether a run found a file neither as the one before it left it, nor as that one found it. */
const isFoundChanged = ({ before }: JournalFile, { entry }: Written): boolean =>
  before !== entry.after && before !== entry.before;

/** What some runs have written, file by file, the newest run last. */
function writtenBy(runs: readonly Run[], cwd: string): readonly Written[] {
  const all = new Map<string, Written[]>();
  for (const { id, files } of runs)
    for (const entry of files) {
      const found = all.get(entry.file) ?? [];
      const last = found.pop();
      if (last !== undefined) found.push({ ...last, until: id, isEdited: isFoundChanged(entry, last) });
      all.set(entry.file, [...found, { by: id, until: null, entry, isEdited: isChanged(entry, cwd) }]);
    }
  return [...all.values()].flat();
}

/** Changed files by the run that wrote them last. */
const byRun = (runs: readonly Run[], edited: readonly Written[]): readonly ChangedBy[] =>
  runs
    .map(({ id }) => ({ id, paths: edited.filter(({ by }) => by === id).map(({ entry }) => entry.file) }))
    .filter(({ paths }) => paths.length > 0);

/** Whether a run came while one of some files was changed. */
const mayHaveMade = (id: string, edited: readonly Written[]): boolean =>
  edited.some(({ by, until }) => inOrder(by, id) < 0 && (until === null || inOrder(id, until) < 0));

/** What stops a run from being taken back before what came after it; `null` for nothing. */
export function changesSince({ id, files }: Manifest, cwd: string): Changes | null {
  const changedOf = (some: readonly JournalFile[]): readonly string[] =>
    some.filter((entry) => isChanged(entry, cwd)).map(({ file }) => file);
  const paths = changedOf(files);
  if (paths.length === 0) return null;
  const changed = new Set(paths);
  const after = runsAfter(id, cwd);
  const runs: Run[] = [{ id, files }];
  const newer: ChangedBy[] = [];
  for (const run of after.runs) {
    const shared = run.files.map(({ file }) => file).filter((file) => changed.has(file));
    if (shared.length === 0) continue;
    newer.unshift({ id: run.id, paths: shared });
    runs.unshift(run);
    // It has to go first, so what stops it stops the run that is asked for.
    for (const file of changedOf(run.files)) changed.add(file);
  }
  const edited = writtenBy([...runs].reverse(), cwd).filter(({ isEdited }) => isEdited);
  return {
    paths,
    newer,
    edited: byRun(runs, edited),
    unread: after.unread.filter((one) => mayHaveMade(one, edited)).map((one) => ({ id: one, path: manifestOf(one) })),
  };
}
