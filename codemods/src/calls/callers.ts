/** calls/callers: every call of a function of the bot, in its own file and in all others. */

import type { Caller } from '../clients/handed-parameters.ts';
import { loadersOf, loadsByMadeNames } from '../files/wrapper-files.ts';
import { parseApart } from '../modules/global-owner.ts';
import type { CallersOf } from '../results/result-places.ts';
import type { CallSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { callsByMadeNames } from './made-loads.ts';
import { usesElsewhere, type WrapperGiven } from './wrapper-elsewhere.ts';
import { united } from './wrapper-loads.ts';
import { knownAs, ownUses } from './wrapper-own.ts';

/** What a function is given, and the broadcast's own way to those who hand it over. */
interface Known extends WrapperGiven {
  /** The calls on the way from the broadcast to whom its results are for; of a function on it no other counts. */
  readonly callers?: readonly CallSite[];
}

/** The files that were read, and those that load one of them and ask for no broadcast themselves. */
function withLoaders({ source: { path } }: ParsedFile, files: readonly ParsedFile[]): readonly ParsedFile[] {
  const known = new Set(files.map(({ source }) => source.path));
  return [...files, ...loadersOf(path).flatMap((one) => (known.has(one) ? [] : (parseApart(one) ?? [])))];
}

/** Whether a function that its file exports counts as called by files that load others by names that are made. */
type Counts = 'every caller' | 'callers that say its file';

function callsOf(
  file: ParsedFile,
  fn: ts.SignatureDeclaration,
  { counts, ...given }: WrapperGiven & { readonly counts: Counts },
): readonly Caller[] | null {
  const known = knownAs(fn);
  if (known === null) return null;
  const { found, exported } = ownUses(file, known);
  const isShared = exported.size > 0;
  if (isShared && counts === 'every caller' && loadsByMadeNames(file.source.path)) return null;
  const all = { ...given, files: isShared ? withLoaders(file, given.files) : given.files };
  const { uses, obstacle } = isShared ? united([found, usesElsewhere({ file, names: exported }, all)]) : found;
  const calls = uses.flatMap(({ file: from, node }) => {
    const { parent: call } = wrapped(node);
    return ts.isCallExpression(call) ? [{ file: from, call }] : [];
  });
  // Whoever exports it means it to be called.
  if (obstacle !== null || (isShared && calls.length === 0)) return null;
  const made = isShared && counts !== 'every caller' ? callsByMadeNames({ file, names: exported }, given.files) : [];
  return made === null ? null : [...calls, ...made];
}

type Calls = WeakMap<ts.Node, readonly Caller[] | null>;

// Each member that may be missing asks for the callers of the same functions, and all that load their files are read for it.
const callsFor: Readonly<Record<Counts, WeakMap<readonly ParsedFile[], Calls>>> = {
  'every caller': new WeakMap(),
  'callers that say its file': new WeakMap(),
};

/** Finds the calls of functions among the files of a run, which are looked for once. */
const callsOnce =
  (given: WrapperGiven, counts: Counts): CallersOf =>
  (file, fn) => {
    const ofRun: Calls = callsFor[counts].get(given.files) ?? new WeakMap();
    callsFor[counts].set(given.files, ofRun);
    const found = ofRun.get(fn);
    if (found !== undefined) return found;
    const calls = callsOf(file, fn, { ...given, counts });
    ofRun.set(fn, calls);
    return calls;
  };

/** Finds every call of a function; `null` where some of them are not seen. */
export function callersIn({ callers = [], ...given }: Known): CallersOf {
  const callsIn = callsOnce(given, 'every caller');
  return (file, fn) => {
    const found = callsIn(file, fn);
    const own = found?.filter(({ call }) => callers.some((one) => one.call === call)) ?? [];
    return own.length > 0 ? own : found;
  };
}

const sayingFor = new WeakMap<readonly ParsedFile[], CallersOf>();

/**
 * The same, also beside files that load others by made names: who says a file by its name knows what that takes. What
 * such a file calls of those it may load is told apart. The same files have the same finder.
 */
export function sayingCallersIn({ files, cwd }: WrapperGiven): CallersOf {
  const finder = sayingFor.get(files) ?? callsOnce({ files, cwd }, 'callers that say its file');
  sayingFor.set(files, finder);
  return finder;
}
