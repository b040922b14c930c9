/** doubts/may-lack: whether what a function reads by its name may be missing: of its data, its client or its process. */
import type { CallSite } from '../syntax/call-site.ts';
import { clientMembers, isGlobalName } from '../syntax/globals.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { type MovableFunction, nameText, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { classesGive, classesHold } from '../values/class-members.ts';
import type { ValuePath } from '../values/value-path.ts';

/** Of a value that may be `undefined`: `never`; `likely`, since the text says where it may come from; `open`, since nothing tells. */
export type Nothing = 'never' | 'likely' | 'open';

/** What a call hands over, and the file it stands in; `null` for nothing. */
export interface HandedData {
  readonly file: ParsedFile;
  readonly context: ts.Expression | null;
  /** The calls that give the parameters it is made of, the nearest first, where it stands in a wrapper. */
  readonly callers?: readonly CallSite[];
}

/** A function, and what is handed to it. */
export interface Reading {
  readonly file: ParsedFile;
  readonly fn: MovableFunction;
  readonly data: HandedData;
}

type Names = ValuePath['names'];

/** Whether the value of an expression may be `undefined`. */
type AskValue = (file: ParsedFile, node: ts.Expression) => Nothing;

/** What every process has, by its name. */
export const ofEveryProcess =
  /^(arch|arg0|argv|argv0|config|cwd|env|execArgv|execPath|features|hrtime|memoryUsage|pid|platform|ppid|release|title|uptime|version|versions)$/;

function ofProcess([first, second, ...more]: Names): Nothing | null {
  if (first === 'env' && second !== undefined && (second === null || more.length === 0)) return 'likely';
  return typeof first !== 'string' || second !== undefined ? null : ofEveryProcess.test(first) ? 'never' : 'likely';
}

function ofGlobal([first, ...more]: Names): Nothing | null {
  if (first === undefined || more.length > 0) return null;
  return typeof first === 'string' && isGlobalName(first) ? null : 'likely';
}

/** What a literal holds under a name; `null` where it does not say. */
function heldBy(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | null {
  if (literal.properties.some(ts.isSpreadAssignment)) return null;
  const one = literal.properties.findLast(
    (property) => property.name !== undefined && nameText(property.name) === name,
  );
  if (one === undefined || ts.isShorthandPropertyAssignment(one)) return one?.name ?? null;
  return ts.isPropertyAssignment(one) ? one.initializer : null;
}

/** Only what the call shows is sure to be there. */
function ofData({ file, context }: HandedData, names: Names, ask: AskValue): Nothing {
  if (context === null) return 'likely';
  const [first, ...more] = names;
  const at = unwrap(context);
  if (first === undefined) return ask(file, at) === 'never' ? 'never' : 'likely';
  const held = ts.isObjectLiteralExpression(at) && first !== null ? heldBy(at, first) : null;
  const each = ts.isArrayLiteralExpression(at) && first === null ? at.elements : null;
  if (each !== null && !each.some(ts.isSpreadElement))
    return each.every((one) => ofData({ file, context: one }, more, ask) === 'never') ? 'never' : 'likely';
  return held === null ? 'likely' : ofData({ file, context: held }, more, ask);
}

/** Whether a client may lack what it is asked for: a member that neither discord.js nor a class of the bot gives it. */
export function clientLacks({ source: { path } }: ParsedFile, [first, ...more]: Names): boolean {
  return typeof first === 'string' && more.length === 0 && !clientMembers.has(first) && !classesGive(path, first);
}

/** Whether a path leads to something of a member that the bot gave its client, of which nothing is known but its size. */
const isOfBot = ([first, ...more]: Names): boolean =>
  typeof first === 'string' &&
  !clientMembers.has(first) &&
  more.length > 0 &&
  !/^(length|size)$/.test(more.at(-1) ?? '');

/** What the client of a shard has further in: which cluster it is of, and how many shards there are. */
const ofEveryClient = /^(cluster\.(id|count)|options\.shardCount)$/;

/** What discord.js gives a client is there, be it `null`; so is what a class of the bot always holds. */
function ofClient(file: ParsedFile, names: Names): Nothing | null {
  if (clientLacks(file, names)) return 'likely';
  if (ofEveryClient.test(names.join('.'))) return 'never';
  if (isOfBot(names)) return 'open';
  const [first, ...more] = names;
  if (typeof first !== 'string' || more.length > 0) return null;
  return clientMembers.has(first) || classesHold(file.source.path, first) ? 'never' : null;
}

/** Whether what a path leads to may be missing; `null` where that says nothing. */
export function mayLack({ file, data }: Reading, { root, names, sure }: ValuePath, ask: AskValue): Nothing | null {
  const found = (): Nothing | null => {
    // A list and a text have a length, whatever is in them.
    if (root === 'data')
      return names.length > 1 && /^(length|size)$/.test(names.at(-1) ?? '') ? null : ofData(data, names, ask);
    if (root === 'client') return ofClient(file, names);
    // Who says a name that is not there gets an error.
    if (root === 'named') return null;
    return root === 'process' ? ofProcess(names) : ofGlobal(names);
  };
  const nothing = found();
  return nothing === 'never' && !sure ? null : nothing;
}
