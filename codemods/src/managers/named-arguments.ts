/** managers/named-arguments: arguments that discord.js 11 and 12 take in an order, and later ones by name. */
import { ValueFlow } from '../clients/owner.ts';
import { libraryClassOf } from '../modules/bindings.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import { accessName } from '../values/puts.ts';
import { type Owner, typedOwner } from '../values/typed-owner.ts';
import type { PlacedSplice } from './cluster-types.ts';

/**
 * The names of the arguments, in their old order.
 *
 * @see https://discordjs.guide/additional-info/changes-in-v13.html
 */
const orders: ReadonlyMap<string, readonly string[]> = new Map([
  ['spawn', ['amount', 'delay', 'timeout']],
  ['respawnAll', ['shardDelay', 'respawnDelay', 'timeout']],
]);

const listens = /^(?:on|once|off|addListener|removeListener)$/;

/** What listens goes on with the same manager: `manager.on('shardCreate', f).spawn(2)`. */
function listenedTo(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  const goesOn = ts.isCallExpression(at) && isAccess(at.expression) && listens.test(accessName(at.expression));
  return goesOn && isAccess(at.expression) ? listenedTo(at.expression.expression) : at;
}

/** Whose method is called: a class of the bot's own may bring one of that name, which takes what it takes. */
function ownerOf(file: ParsedFile, receiver: ts.Expression, method: string): Owner {
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) {
    const base = extendedBy(ts.findAncestor(receiver, ts.isClassLike) as ts.ClassLikeDeclaration);
    return (base === undefined ? null : libraryClassOf(file.checker, base)) ?? 'unknown';
  }
  const typed = file.typed ? typedOwner(file, receiver, method) : 'unknown';
  if (typed !== 'unknown') return typed;
  return new ValueFlow(file, { method, hybrid: false, asksClient: false }).ownerOf(receiver);
}

/** Bots respawn all shards through their own end as well. */
function isOfDiscord(file: ParsedFile, { access, method }: OrderedCall): boolean {
  const owner = ownerOf(file, listenedTo(access.expression), method);
  return owner === 'ShardingManager' || (method === 'respawnAll' && (owner === 'ShardClientUtil' || owner === 'both'));
}

interface OrderedCall {
  readonly access: Access;
  readonly method: string;
  readonly names: readonly string[];
  readonly given: readonly ts.Expression[];
}

/** A call whose arguments go by their order; one that is an object already is of a later version. */
function orderedCall(node: ts.Node): OrderedCall | null {
  if (!ts.isCallExpression(node) || !isAccess(node.expression)) return null;
  const method = accessName(node.expression);
  const names = orders.get(method);
  const given = [...node.arguments];
  const [first] = given;
  if (names === undefined || first === undefined || given.length > names.length) return null;
  if (ts.isObjectLiteralExpression(unwrap(first)) || given.some(ts.isSpreadElement)) return null;
  return { access: node.expression, method, names, given };
}

/** How long a start may take; once one could only say whether it is waited for at all. */
const waits: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.TrueKeyword]: 'undefined',
  [ts.SyntaxKind.FalseKeyword]: '-1',
};

/** `spawn(4, 5000)` -> `spawn({ amount: 4, delay: 5000 })` */
function namedSplices({ names, given }: OrderedCall): readonly Splice[] {
  return given.flatMap((argument, i) => {
    const [name = '', start] = [names[i], argument.getStart()];
    const begin = `${i === 0 ? '{ ' : ''}${argument.getText() === name ? '' : `${name}: `}`;
    const close = i === given.length - 1 ? ' }' : '';
    const waited = name === 'timeout' ? waits[unwrap(argument).kind] : undefined;
    if (waited !== undefined) return [{ start, end: argument.end, text: `${begin}${waited}${close}` }];
    return [
      { start, end: start, text: begin },
      { start: argument.end, end: argument.end, text: close },
    ].filter(({ text }) => text !== '');
  });
}

/** Whether a mention of a method is no call of it, or one whose arguments nobody can name. */
function isUnclear(access: Access): boolean {
  const at = wrapped(access);
  const call = ts.isCallExpression(at.parent) && at.parent.expression === at ? at.parent : null;
  return call === null ? !ts.isExpressionStatement(at.parent) : call.arguments.some(ts.isSpreadElement);
}

const shards = /(^|\.)shards\b|(^|\.)shard$/;

/** Whether a call starts one shard anew with what discord.js 12 takes in an order: a delay, and a time limit. */
function respawnsOrdered({ expression: callee, arguments: [first] }: ts.CallExpression): boolean {
  if (!isAccess(callee) || accessName(callee) !== 'respawn' || first === undefined) return false;
  if (ts.isObjectLiteralExpression(unwrap(first))) return false;
  const receiver = unwrap(callee.expression);
  if (shards.test(receiver.getText())) return true;
  const fn = ts.findAncestor(
    callee,
    (one) => ts.isFunctionLike(one) && one.parameters[0]?.name.getText() === receiver.getText(),
  );
  const around = fn?.parent;
  if (around === undefined || !ts.isCallExpression(around) || !isAccess(around.expression)) return false;
  return (
    shards.test(around.expression.expression.getText()) || around.arguments[0]?.getText().slice(1, -1) === 'shardCreate'
  );
}

/** Places where arguments may go by their order, and that stay as they are. */
export function unnamedArguments(files: readonly ParsedFile[], cwd: string): readonly string[] {
  return files.flatMap((file) =>
    descendants(file.tree).flatMap((node) => {
      const method = isAccess(node) ? accessName(node) : '';
      const unclear = isAccess(node) && orders.has(method) && isUnclear(node);
      const found = unclear
        ? ownerOf(file, listenedTo(node.expression), method) === 'ShardingManager'
        : ts.isCallExpression(node) && respawnsOrdered(node);
      return found ? [shownPlace({ path: file.source.path, tree: file.tree, at: node.getStart() }, cwd)] : [];
    }),
  );
}

// What is found holds for one run, and each run reads its files anew.
const found = new WeakMap<readonly ParsedFile[], readonly PlacedSplice[]>();

/**
 * The edits that name the arguments of `spawn` and `respawnAll` in files of a package that has discord.js 11 or 12: what
 * comes from `shardlift/compat` takes them as discord.js 13 and later do, and would start another number of shards.
 */
export function namedArguments(files: readonly ParsedFile[]): readonly PlacedSplice[] {
  const all =
    found.get(files) ??
    files.flatMap((file) =>
      descendants(file.tree).flatMap((node) => {
        const call = orderedCall(node);
        if (call === null || !isOfDiscord(file, call)) return [];
        return namedSplices(call).map((splice) => ({ path: file.source.path, splice }));
      }),
    );
  found.set(files, all);
  return all;
}
