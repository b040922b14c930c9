/** verify/compare: the errors a file has after the edits and did not have before. */
import { dirname } from 'node:path';
import { isBotGlobal } from '../modules/global-owner.ts';
import { oldDiscord } from '../project/discord-version.ts';
import type { Splice } from '../syntax/edits.ts';
import { isFileBound, isGlobalName } from '../syntax/globals.ts';
import { ts } from '../typescript.js';

/** An error that the edits brought, at a position of the new text. */
export interface NewError {
  readonly at: number;
  readonly text: string;
  /** It says that nothing reads a name any more (`noUnusedLocals`). */
  readonly unread?: boolean;
  /** It is a `@ts-expect-error` that hides nothing. */
  readonly unused?: boolean;
}

/** Where a position of the new text was in the old one; inside an edit, where that edit starts. */
export function originalPosition(splices: readonly Splice[], at: number): number {
  let shift = 0;
  for (const { start, end, text } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (at < start + shift) break;
    if (at < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return at - shift;
}

/** Whether a position of the new text stands in what leads to a cluster there, and was written once more for that. */
const leadsToCluster = (splices: readonly Splice[], at: number): boolean => {
  const start = originalPosition(splices, at);
  return splices.some((one) => one.start === start && one.end > start && /\.cluster$/.test(one.text));
};

const sentence = (diagnostic: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');

// Names are only resolved, never typed, in JavaScript: of its errors these are about names.
const nameErrors = new Set([2300, 2304, 2451, 2552, 18004]);

// A door of shardlift that this version's declarations do not have yet is `any`, which hides nothing but its own types.
const isMissingDoor = (diagnostic: ts.Diagnostic): boolean =>
  [2307, 2792, 7016].includes(diagnostic.code) && /['"]shardlift(\/[\w-]+)*['"]/.test(sentence(diagnostic));

// The `client.shard` of an older discord.js does not fit shardlift's declarations, which are those of the discord.js that
// the bot has to have from now on.
const shardMisfit =
  /import\("[^"]*\bdiscord\.js\b[^"]*"\)\.ShardClientUtil' is not assignable to type 'import\("[^"]*\bshardlift\b[^"]*"\)\.ShardClientUtil'/;

const isOlderShard = (diagnostic: ts.Diagnostic, path: string): boolean =>
  shardMisfit.test(sentence(diagnostic)) && oldDiscord(dirname(path)) !== null;

// `noUnusedLocals`: a variable, a type, all of an import, of a pattern or of a list.
const unreadErrors = new Set([6133, 6192, 6196, 6198, 6199]);

const unusedDirectiveError = 2578;

const counts = (diagnostic: ts.Diagnostic, typed: boolean): boolean =>
  diagnostic.category === ts.DiagnosticCategory.Error &&
  !isMissingDoor(diagnostic) &&
  (typed || nameErrors.has(diagnostic.code));

function take(pool: ts.Diagnostic[], fits: (one: ts.Diagnostic) => boolean): boolean {
  const index = pool.findIndex(fits);
  if (index >= 0) pool.splice(index, 1);
  return index >= 0;
}

/** The name an error is about. */
export const nameIn = (diagnostic: ts.Diagnostic): string => /'([^']+)'/.exec(sentence(diagnostic))?.[1] ?? '';

/** In JavaScript an edit may repeat or drop a name nobody declares; only a name that was declared until now is an error. */
function newNames(
  before: readonly ts.Diagnostic[],
  after: readonly ts.Diagnostic[],
  path: string,
): readonly ts.Diagnostic[] {
  const known = new Set(before.map(nameIn));
  const harmless = (name: string): boolean =>
    known.has(name) || isGlobalName(name) || isFileBound(name) || isBotGlobal(path, name);
  return after.filter((one) => !harmless(nameIn(one)));
}

function newTypeErrors(
  before: readonly ts.Diagnostic[],
  after: readonly ts.Diagnostic[],
  splices: readonly Splice[],
): readonly ts.Diagnostic[] {
  const pool = [...before];
  const place = (one: ts.Diagnostic): number => originalPosition(splices, one.start ?? 0);
  return after
    .filter((one) => !take(pool, (old) => old.code === one.code && old.start === place(one)))
    .filter((one) => !take(pool, (old) => old.code === one.code && sentence(old) === sentence(one)))
    .filter((one) => !leadsToCluster(splices, one.start ?? 0) || !isRepeated(before, one));
}

/**
 * Whether an error was said elsewhere: what leads to a client stands once more where its cluster is asked. Of the cluster
 * itself nothing was said that counts.
 */
const isRepeated = (before: readonly ts.Diagnostic[], one: ts.Diagnostic): boolean =>
  nameIn(one) !== 'cluster' && before.some((old) => old.code === one.code && sentence(old) === sentence(one));

/** The new errors of one file. An old error keeps its code and its place, or at least its code and its words. */
export function newErrors(
  before: readonly ts.Diagnostic[],
  after: readonly ts.Diagnostic[],
  { path, splices, typed }: { readonly path: string; readonly splices: readonly Splice[]; readonly typed: boolean },
): readonly NewError[] {
  const old = before.filter((one) => counts(one, typed));
  const now = after.filter((one) => counts(one, typed) && !isOlderShard(one, path));
  const found = typed ? newTypeErrors(old, now, splices) : newNames(old, now, path);
  return found.map((one) => ({
    ...{ at: one.start ?? 0, text: sentence(one) },
    ...{ unread: unreadErrors.has(one.code), unused: one.code === unusedDirectiveError },
  }));
}
