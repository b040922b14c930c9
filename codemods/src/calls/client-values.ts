/** calls/client-values: the path a fetchClientValues call reads. */

import { pathAssumptions } from '../assumptions/of-values.ts';
import { factsOfSome } from '../clients/facts.ts';
import { factsOfPath } from '../clients/path-facts.ts';
import { facts } from '../doubts/known-entries.ts';
import { clientLacks } from '../doubts/may-lack.ts';
import { isDatePath } from '../doubts/result-kinds.ts';
import type { Reference } from '../functions/callee.ts';
import { functionsOn } from '../functions/function-holders.ts';
import { keptOnClient } from '../functions/kept-on-client.ts';
import { remakesDates } from '../results/made-dates.ts';
import { mergedPathNotes } from '../results/merged-results.ts';
import { type Finding, finding, throwing } from '../rules/reasons.ts';
import type { CallSite } from '../syntax/call-site.ts';
import { withoutDirective } from '../syntax/comments.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import { clientMembers } from '../syntax/globals.ts';
import { moveText, oneLine } from '../syntax/moved-text.ts';
import { nameToCome } from '../syntax/name-to-come.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import { callersIn } from './callers.ts';
import { ofText } from './evaluated-text.ts';
import { pathKey } from './handler-text.ts';
import { textArgument } from './legacy.ts';
import { type Nulls, nullsOf } from './nulls-told.ts';
import { idArgument } from './options.ts';
import { isDottedPath, lookupText, type PathLeaf, pathLeaves } from './path-argument.ts';
import { type Closure, type Given, type HandlerSource, isFinding, type Understood } from './understood.ts';
import { pathName } from './value-names.ts';

/** Whether a path that may lead nowhere gives `null` then: where that is looked at, or nobody has put anything there. */
function isFilled(file: ParsedFile, names: readonly string[], nulls: Nulls | null): boolean {
  if (nulls?.entries !== true || nulls.told === 'no') return false;
  if (nulls.told !== 'strict') return clientLacks(file, names);
  return !clientMembers.has(names[0] ?? '') || !facts.test(names.at(-1) ?? '');
}

/** A member of the bot's own is not in the type of a client: the path to a value of type `leaf` is written into a cast. */
function castRead(names: readonly string[], leaf: string): string {
  const cast = names.reduceRight((inner, name) => `{ ${name}: ${inner} }`, leaf);
  return `(client as unknown as ${cast}).${names.join('.')}`;
}

/** The call a path belongs to, and what is known of its results. */
interface Asked extends CallSite {
  readonly hybrid: boolean;
  readonly nulls: Nulls | null;
}

/**
 * The type that a handler says of what it gives. A cache arrives as a list of values whose JSON nobody knows, which is
 * cast to less than `unknown` can be: `as Map<string, Guild>[]`.
 */
const typeOfCache = (names: readonly string[], hybrid: boolean): string =>
  names.at(-1) === 'cache' ? (hybrid ? ': any' : ': unknown') : '';

/** A path as a handler. */
function handlerOf({ file, hybrid, nulls }: Asked, path: string, reference: Reference | null) {
  const names = path.split('.');
  const facts = factsOfPath(names, file.source.path);
  const own = file.typed && !clientMembers.has(names[0] ?? '');
  const filled = isFilled(file, names, nulls);
  const read = own ? castRead(names, hybrid ? 'any' : 'unknown') : `client.${path}`;
  const type = file.typed && !own ? typeOfCache(names, hybrid) : '';
  const handler: HandlerSource = {
    key: pathKey(names) + (filled ? ' ?? null' : ''),
    hints: [pathName(names)],
    text: oneLine(`(client)${type} => ${read}${filled ? ' ?? null' : ''}`),
    imports: [],
    dataDoc: null,
    lead: null,
    comments: reference?.comments ?? [],
    from: file.source.path,
  };
  return { path, handler, facts, filled };
}

/** One of several paths, chosen when the call runs. */
function chosen(asked: Asked, argument: ts.Expression, leaves: readonly PathLeaf[]) {
  const { file } = asked;
  const parts = leaves.flatMap(({ node, paths, reference }) =>
    paths.map((path) => {
      const [start, end] = [node.getStart(), node.end];
      // A name that chooses stays.
      const movedFrom = { start: paths.length > 1 ? end : node.pos, end };
      return { made: handlerOf(asked, path, reference), at: { start, end, reference, movedFrom } };
    }),
  );
  const keys = new Map(parts.map(({ made: { path, handler } }) => [path, handler.key] as const));
  const nameOf = (path: string): string => nameToCome(keys.get(path) ?? '');
  const edits = leaves.map((leaf) => {
    const [only = '', more] = leaf.paths;
    const text = more === undefined ? nameOf(only) : lookupText(file, leaf, nameOf);
    return { start: leaf.node.getStart(), end: leaf.node.end, text };
  });
  const closures = parts.map(({ made, at }): Closure => ({ ...at, path: file.source.path, handler: made.handler }));
  return { made: parts.map(({ made }) => made), choice: { text: moveText(argument, edits), closures } };
}

/** The handlers that a call needs. */
function understood(asked: Asked, argument: ts.Expression, leaves: readonly PathLeaf[]) {
  const [leaf] = leaves;
  const [path = '', more] = leaf?.paths ?? [];
  if (leaves.length > 1 || more !== undefined) return chosen(asked, argument, leaves);
  const reference = leaf?.reference ?? null;
  // Its import may be of no more use here.
  return { made: [handlerOf(asked, path, reference)], movedFrom: argument, ...(reference !== null && { reference }) };
}

interface PathsGiven {
  readonly isOne: boolean;
  readonly given: Given;
}

/** What there is to say of the values that paths lead to. */
function pathNotes(
  { file, call }: CallSite,
  paths: readonly string[],
  { isOne, given }: PathsGiven,
): readonly Finding[] {
  const kept = paths.flatMap((path) => keptOnClient(file.source.path, path.split('.'))?.changed ?? []);
  const [names] = paths.some(isDatePath) ? ['a Date'] : kept;
  const isRemade = names === 'a Date' && remakesDates({ file, names: null }, call, isOne);
  const changed = names === undefined || isRemade ? [] : [finding('DC-W3', { names })];
  const [value] = paths.flatMap((path) => functionsOn(file.source.path, path) ?? []);
  const taken = { site: { file, call }, isOne, callersOf: callersIn(given) };
  const merged = paths.flatMap((path) => mergedPathNotes(path, taken)).slice(0, 1);
  const held = value === undefined ? [] : [finding('DC-W7', { what: 'result', value })];
  return [...changed, ...held, ...merged, ...pathAssumptions(paths)];
}

const ofThis = { what: 'it begins with `this`, where its path begins at the client already: leave that out' };

const asCode = { option: '--legacy', how: 'It is code: run dc-migrate with --legacy to turn it into a handler' };

/** Why a path is left: it is not known, or it is code that a run with --legacy is seen to rewrite. */
function noPath(at: CallSite, path: ts.Expression | undefined, given: Given): Finding {
  const isCode = !given.legacy && path !== undefined && textArgument(at.file, path) !== null;
  const helps = isCode && !isFinding(ofFetchClientValues(at, { ...given, legacy: true }));
  return finding('DC-D5', helps ? asCode : {});
}

/** Understands the arguments of fetchClientValues. */
export function ofFetchClientValues(at: CallSite, given: Given): Understood | Finding {
  const { file, call } = at;
  const { hybrid, legacy, keepDirectives } = given;
  const [path, shardNode] = call.arguments;
  const pieces = legacy && path !== undefined ? textArgument(file, path) : null;
  // These versions evaluate `this.` and the text, so it need not be a path.
  if (pieces !== null && !(path !== undefined && ts.isStringLiteralLike(path) && isDottedPath(path.text)))
    return ofText(at, given, ['this.', ...pieces]);
  const leaves = path === undefined ? null : pathLeaves(file, path);
  if (path === undefined || leaves === null) return noPath(at, path, given);
  if (leaves.some(({ paths }) => paths.some((one) => /^this\b/.test(one)))) return throwing(finding('DC-D7', ofThis));
  const options = idArgument(file, shardNode, hybrid ? 'cluster' : 'shard');
  if (isFinding(options)) return options;
  const { made, ...rest } = understood({ ...at, hybrid, nulls: nullsOf(at, given, options) }, path, leaves);
  const [first] = made;
  if (first === undefined) return finding('DC-D5');
  const bare = file.typed && !keepDirectives && knowsDiscord(file) ? withoutDirective({ ...at, fn: null }) : null;
  return {
    ...rest,
    handler: first.handler,
    facts: made.length === 1 ? first.facts : factsOfSome(made.map(({ facts }) => facts)),
    options,
    notes: pathNotes(
      at,
      made.map((one) => one.path),
      { isOne: options.aim !== null, given },
    ),
    keptArguments: [path, options.aim?.node ?? null],
    removals: bare ?? [],
    silenced: bare !== null,
    filled: made.some((one) => one.filled),
  };
}
