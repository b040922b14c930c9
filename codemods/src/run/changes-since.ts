/** run/changes-since: what became of the files of a run after it, by newer runs and by others. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChangedBy, MigrateError } from '../errors.ts';
import { hashOf } from '../project/source.ts';
import { type JournalFile, journalIds, type Manifest, readJournal } from './journal.ts';

/** What stops a run from being taken back; of runs the newest first. */
interface Changes {
  /** Its files that are not as it left them. */
  readonly paths: readonly string[];
  /** The newer runs that changed those, or what such a run needs as it left it. */
  readonly newer: readonly ChangedBy[];
  /** What changed after the last of these runs to write it, and by none of them. */
  readonly edited: readonly ChangedBy[];
}

/** Whether a file is neither what the run wrote nor, where the run was cut short, still what it was before. */
function isChanged({ file, before, after }: JournalFile, cwd: string): boolean {
  const path = resolve(cwd, file);
  const now = existsSync(path) ? hashOf(readFileSync(path)) : null;
  return now !== after && now !== before;
}

/**
 * The runs after some run, oldest first. One whose manifest cannot be read is passed over: nobody asked for that run.
 * What it changed then counts as changed by no run, which stops an undo as well.
 */
function runsAfter(id: string, cwd: string): readonly Pick<Manifest, 'id' | 'files'>[] {
  const known = journalIds(cwd);
  return known.slice(known.indexOf(id) + 1).flatMap((one) => {
    try {
      return [{ id: one, files: readJournal(one, cwd).manifest.files }];
    } catch (error) {
      if (error instanceof MigrateError) return [];
      throw error;
    }
  });
}

/** What a run has written, and whether that was changed before the next one found it, or until now. */
interface Written {
  readonly by: string;
  readonly entry: JournalFile;
  readonly isEdited: boolean;
}

/** Whether a run found a file neither as the one before it left it, nor as that one found it. */
const isFoundChanged = ({ before }: JournalFile, { entry }: Written): boolean =>
  before !== entry.after && before !== entry.before;

/** What some runs have written, file by file, the newest run last. */
function writtenBy(runs: readonly Pick<Manifest, 'id' | 'files'>[], cwd: string): readonly Written[] {
  const all = new Map<string, Written[]>();
  for (const { id, files } of runs)
    for (const entry of files) {
      const found = all.get(entry.file) ?? [];
      const last = found.pop();
      if (last !== undefined) found.push({ ...last, isEdited: isFoundChanged(entry, last) });
      all.set(entry.file, [...found, { by: id, entry, isEdited: isChanged(entry, cwd) }]);
    }
  return [...all.values()].flat();
}

/** What stops a run from being taken back before what came after it; `null` for nothing. */
export function changesSince({ id, files }: Manifest, cwd: string): Changes | null {
  const changedOf = (some: readonly JournalFile[]): readonly string[] =>
    some.filter((entry) => isChanged(entry, cwd)).map(({ file }) => file);
  const paths = changedOf(files);
  if (paths.length === 0) return null;
  const changed = new Set(paths);
  const runs = [{ id, files }];
  const newer: ChangedBy[] = [];
  for (const run of runsAfter(id, cwd)) {
    const shared = run.files.map(({ file }) => file).filter((file) => changed.has(file));
    if (shared.length === 0) continue;
    newer.unshift({ id: run.id, paths: shared });
    runs.unshift(run);
    // It has to go first, so what stops it stops the run that is asked for.
    for (const file of changedOf(run.files)) changed.add(file);
  }
  const edited = writtenBy([...runs].reverse(), cwd).filter(({ isEdited }) => isEdited);
  const byRun = runs.map((run) => ({ id: run.id, paths: edited.filter(({ by }) => by === run.id) }));
  return {
    paths,
    newer,
    edited: byRun.flatMap((one) =>
      one.paths.length === 0 ? [] : [{ id: one.id, paths: one.paths.map(({ entry }) => entry.file) }],
    ),
  };
}
