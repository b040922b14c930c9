/** errors: what stops dc-migrate itself, before or while it writes. Code, details, sentence. */

/** A run, and some of the files that it changed. */
export interface ChangedBy {
  readonly id: string;
  readonly paths: readonly string[];
}

/** A run of which nothing is known, and the file that should say it. */
export interface UnreadRun {
  readonly id: string;
  readonly path: string;
}

/**
 * One row per failure of the tool; a call site that is left alone is not a failure, see `rules/reasons.ts`.
 */
export interface MigrateErrorDetails {
  PATH_NOT_FOUND: { path: string };
  BAD_USAGE: { problem: string };
  FILE_CHANGED: { path: string };
  READ_ONLY: { path: string };
  UNREADABLE: { path: string; reason: string };
  UNKNOWN_RUN: { id: string | null; known: string };
  /** `path` is its manifest, `copies` the folder of the files as they were, `folder` all that is kept of the run. */
  RUN_UNREADABLE: { id: string; path: string; copies: string; folder: string; reason: string };
  /**
   * `newer` are later runs to take back first; `edited` are changes of no run, by the last run before; the newest first.
   * `unread` are runs after the first of these changes of which nothing is known, with the manifests that say nothing.
   */
  CHANGED_SINCE: {
    id: string;
    paths: readonly string[];
    newer: readonly ChangedBy[];
    edited: readonly ChangedBy[];
    unread: readonly UnreadRun[];
  };
  UNDO_FAILED: { id: string; path: string; reason: string };
  UNKNOWN_CODE: { code: string };
  PARALLEL: Record<string, never>;
  WRITE_FAILED: { path: string; restored: boolean; reason: string };
}

/** Every code a {@link MigrateError} can carry. */
export type MigrateErrorCode = keyof MigrateErrorDetails;

/** As one may paste it who has no dc-migrate on the path. */
const undoOf = (id: string): string => `npx dc-migrate undo ${id}`;

/** What has to be as a newer run left it before that run can be taken back; nothing for most. */
function putBack({ id }: ChangedBy, edited: readonly ChangedBy[]): string {
  const paths = edited.find((one) => one.id === id)?.paths ?? [];
  if (paths.length === 0) return '';
  return ` put ${paths.join(', ')} back as run ${id} left ${paths.length === 1 ? 'it' : 'them'}, then`;
}

/** What to do before a run is taken back, in which order. */
function takenFirst({ newer, edited }: MigrateErrorDetails['CHANGED_SINCE']): readonly string[] {
  const commands = newer.map((one) => undoOf(one.id));
  if (newer.some((one) => putBack(one, edited) !== ''))
    return newer.map((one, i) => `${i === 0 ? 'First' : 'Next'}${putBack(one, edited)}: ${commands[i]}.`);
  if (newer.length === 0) return [];
  const those = newer.length === 1 ? 'Take that one back first' : 'Take those back first, in this order';
  return [`${those}: ${commands.join(', ')}.`];
}

/** Who changed the files of a run since, and what to take back before it. */
function changedSince(details: MigrateErrorDetails['CHANGED_SINCE']): string {
  const { id, newer, edited, unread } = details;
  const runs = `${newer.length === 1 ? 'Run' : 'Runs'} ${newer.map((one) => one.id).join(', ')}`;
  const byRuns = new Set(newer.flatMap(({ paths }) => paths));
  return [
    ...(newer.length === 0 ? [] : [`${runs} changed ${[...byRuns].join(', ')} after run ${id}.`]),
    ...edited.map((one) => `Changed since run ${one.id}: ${one.paths.join(', ')}.`),
    ...unread.map((one) => `That may be what run ${one.id} did: ${one.path} cannot be read.`),
    'Nothing was undone.',
    ...takenFirst(details),
    `To undo run ${id} all the same and throw those changes away: ${undoOf(id)} --force`,
  ].join(' ');
}

const sentences: { readonly [C in MigrateErrorCode]: (details: MigrateErrorDetails[C]) => string } = {
  PATH_NOT_FOUND: (d) => `There is no file or folder ${d.path}. Nothing was changed; check the path and run again.`,
  BAD_USAGE: (d) => d.problem,
  FILE_CHANGED: (d) =>
    `${d.path} changed while it was being analysed. Nothing was written; save your work and run again.`,
  READ_ONLY: (d) => `${d.path} is read-only. Nothing was written; make it writable (chmod u+w) and run again.`,
  UNREADABLE: (d) =>
    `${d.path} cannot be read (${d.reason}). Nothing was written; make it readable (chmod u+r), or name paths without it, and run again.`,
  UNKNOWN_RUN: (d) => `There is ${d.id === null ? 'nothing' : `no run ${d.id}`} to undo: ${d.known}.`,
  RUN_UNREADABLE: (d) =>
    `Run ${d.id} cannot be undone: ${d.path}, which says what it changed, cannot be read (${d.reason}). Nothing was undone. Put the files back with git or from a backup; as they were before the run they lie in ${d.copies}, named by numbers. Then remove ${d.folder}, and older runs can be undone.`,
  CHANGED_SINCE: (d) => changedSince(d),
  UNDO_FAILED: (d) =>
    `Putting back ${d.path} failed (${d.reason}). Run ${d.id} is kept; fix the cause and run it again: ${undoOf(d.id)}`,
  UNKNOWN_CODE: (d) => `There is no reason code ${d.code}.`,
  PARALLEL: () =>
    'dc-migrate plans for all files of a package at once, so jscodeshift must not share them out. Nothing was changed; run it again with --run-in-band.',
  WRITE_FAILED: (d) =>
    d.restored
      ? `Writing ${d.path} failed (${d.reason}). Every file is as it was before; fix the cause and run again.`
      : `Writing ${d.path} failed (${d.reason}), and so did putting files back. Look at them with your version control before you go on.`,
};

/** The error dc-migrate throws; `code` says what happened and types `details`. */
export class MigrateError<C extends MigrateErrorCode = MigrateErrorCode> extends Error {
  readonly code: C;
  readonly details: MigrateErrorDetails[C];

  constructor(code: C, details: MigrateErrorDetails[C], options?: ErrorOptions) {
    super(sentences[code](details), options);
    this.name = `MigrateError [${code}]`;
    this.code = code;
    this.details = details;
  }
}
