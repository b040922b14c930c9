/** clients/client-paths: where a function reads its client, and what it does with what it finds there. */
import { clientMembers } from '../syntax/globals.ts';
import {
  descendants,
  isDeclarationName,
  isNameOnly,
  isTypePosition,
  type MovableFunction,
  unwrap,
  wrapped,
} from '../syntax/syntax.ts';
import { tokensOf } from '../syntax/tokens.ts';
import { ts } from '../typescript.js';
import { askedOnce } from '../values/value-asked.ts';
import { isFixed } from '../values/value-names.ts';
import { botGlobalOf, pathsIn, type ValuePath } from '../values/value-path.ts';

/**
 * What is done with one member of the client.
 *
 * `one`: a thing is looked up by its id; `some`: by what it is like; `count`: how many there are; `all`: the whole
 * collection is taken; `own`: a member the bot put there, or a global of the bot; `same`: what every shard has alike; `other`: anything else.
 */
export type ReadKind = 'one' | 'some' | 'count' | 'all' | 'own' | 'same' | 'other';

/** One place that reads the client. */
export interface ClientRead {
  readonly kind: ReadKind;
  /** The member as far as it names the collection or the value: `c.guilds.cache`, `c.guilds.cache.size`. */
  readonly node: ts.Expression;
  /** The member of the client that is read; `undefined` where that is not known. */
  readonly member?: string | undefined;
}

/** Caches that the shards of a bot divide among themselves. */
export const dividedMembers: ReadonlySet<string> = new Set(['guilds', 'channels', 'emojis', 'voice', 'users']);

const byId: ReadonlySet<string> = new Set(['get', 'has', 'resolve', 'resolveId']);
const byLikeness: ReadonlySet<string> = new Set(['find', 'some', 'exists', 'first', 'findKey', 'random']);
const alike: ReadonlySet<string> = new Set(['user', 'application', 'token', 'isReady']);

/** The member access around a node, through parentheses, casts and `!`; `null` when there is none. */
function memberOf(node: ts.Expression): ts.PropertyAccessExpression | null {
  const at = wrapped(node);
  return ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at ? at.parent : null;
}

function ofCollection(collection: ts.Expression): ClientRead {
  const access = memberOf(collection);
  if (access === null) return { kind: 'all', node: collection };
  if (access.name.text === 'cache') return ofCollection(access);
  const called = ts.isCallExpression(access.parent) && access.parent.expression === access;
  if (!called && access.name.text === 'size') return { kind: 'count', node: access };
  if (called && byId.has(access.name.text)) return { kind: 'one', node: access };
  if (called && byLikeness.has(access.name.text)) return { kind: 'some', node: access };
  return { kind: 'all', node: collection };
}

function readAt(root: ts.Expression, taken: string | null): ClientRead {
  const access = taken === null ? memberOf(root) : null;
  const member = taken ?? access?.name.text;
  const node = access ?? root;
  if (member === undefined) return { kind: 'other', node };
  if (dividedMembers.has(member)) return { ...ofCollection(node), member };
  if (!clientMembers.has(member)) return { kind: 'own', node, member };
  return { kind: alike.has(member) ? 'same' : 'other', node, member };
}

/** Whether a name is the one that a declaration gives, which reads nothing. */
const isDeclared = (node: ts.Identifier): boolean =>
  isDeclarationName(node) || (ts.isBindingElement(node.parent) && node.parent.name === node);

const isPlain = ({ name, initializer, dotDotDotToken }: ts.BindingElement): boolean =>
  ts.isIdentifier(name) && initializer === undefined && dotDotDotToken === undefined;

/** Whether an expression only gets other names, by which it is read further on: `const a = c`, `const { guilds } = c`. */
function isRenamed(node: ts.Expression, itself: boolean): boolean {
  const { parent } = wrapped(node);
  if (!ts.isVariableDeclaration(parent)) return false;
  if (ts.isIdentifier(parent.name)) return isFixed(parent.name, parent);
  if ((parent.parent.flags & ts.NodeFlags.Const) === 0) return false;
  return itself && ts.isObjectBindingPattern(parent.name) && parent.name.elements.every(isPlain);
}

/** What a node reads of a global of the bot, where it says that by its name or by that of the global object. */
function globalReadAt(node: ts.Expression, paths: readonly ValuePath[]): readonly ClientRead[] {
  const access = memberOf(node);
  const isOwn = paths.some((path) => {
    const ofObject = path.root === 'global' && path.names.length === 0 && access !== null;
    return botGlobalOf(ofObject ? { ...path, names: [access.name.text] } : path) !== null;
  });
  return isOwn && !isRenamed(node, false) ? [{ kind: 'own', node }] : [];
}

/** What a node reads of the client of a function, where it says the client or a member of it by some name. */
function readsAt(fn: MovableFunction, node: ts.Node): readonly ClientRead[] {
  const isName = ts.isIdentifier(node) && !isNameOnly(node) && !isDeclared(node) && !isTypePosition(node);
  if (!isName && node.kind !== ts.SyntaxKind.ThisKeyword) return [];
  const at = node as ts.Expression;
  const paths = pathsIn(fn, at);
  const [path, more] = paths.filter(({ root, names }) => root === 'client' && names.length < 2);
  if (path === undefined) return globalReadAt(at, paths);
  const [first] = path.names;
  if (first === null || more !== undefined || !path.sure) return [{ kind: 'other', node: at }];
  const itself = first === undefined;
  const access = itself ? memberOf(at) : null;
  return isRenamed(access ?? at, itself && access === null) ? [] : [readAt(at, first ?? null)];
}

/** Every place of a function that reads its client, each by the node that says it. */
const placesIn = askedOnce((fn: MovableFunction, within: ts.Node) =>
  descendants(within).flatMap((node) => readsAt(fn, node).map((read) => ({ node, read }))),
);

/** Every place below a node that reads the client of a function. */
export function clientReads(fn: MovableFunction, below: ts.Node = fn.body): readonly ClientRead[] {
  const { body } = fn;
  const isInside = body.pos <= below.pos && below.end <= body.end;
  const places = placesIn(fn, isInside ? body : below);
  return places.flatMap(({ node, read }) => (below.pos <= node.pos && node.end <= below.end ? [read] : []));
}

/** The read that is exactly an expression, or `null`. */
export function readOf(fn: MovableFunction, node: ts.Expression): ClientRead | null {
  const at = unwrap(node);
  return clientReads(fn, at).find((read) => read.node === at) ?? null;
}

const lookups: ReadonlySet<string> = new Set(['get', 'has', 'resolve']);

/** What a chain of members and calls says, however that is written; a `?.` or a `!` in it changes nothing of what it looks up. */
function saidBy(node: ts.Expression): string {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at)) return `${saidBy(at.expression)}.${at.name.text}`;
  if (ts.isElementAccessExpression(at)) return `${saidBy(at.expression)}[${saidBy(at.argumentExpression)}]`;
  if (!ts.isCallExpression(at)) return tokensOf(at).join(' ');
  const callee = unwrap(at.expression);
  const isLookup = ts.isPropertyAccessExpression(callee) && lookups.has(callee.name.text);
  return `${isLookup ? `${saidBy(callee.expression)}.get` : saidBy(callee)}(${at.arguments.map(saidBy).join()})`;
}

const keys = new WeakMap<ts.CallExpression, string>();

/** What a lookup is called by: places that say the same look the same thing up. */
export function lookupKey(call: ts.CallExpression): string {
  const key = keys.get(call) ?? saidBy(call);
  keys.set(call, key);
  return key;
}
