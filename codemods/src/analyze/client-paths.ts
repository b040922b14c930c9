/** analyze/client-paths: where a function reads its client, and what it does with what it finds there. */
import { ts } from '../typescript.js';
import { clientMembers } from './globals.ts';
import { descendants, isNameOnly, type MovableFunction, unwrap } from './syntax.ts';

/**
 * What is done with one member of the client.
 *
 * `one`: a thing is looked up by its id; `some`: by what it is like; `count`: how many there are; `all`: the whole
 * collection is taken; `own`: a member the bot put there; `same`: what every shard has alike; `other`: anything else.
 */
export type ReadKind = 'one' | 'some' | 'count' | 'all' | 'own' | 'same' | 'other';

/** One place that reads the client. */
export interface ClientRead {
  readonly kind: ReadKind;
  /** The member as far as it names the collection or the value: `c.guilds.cache`, `c.guilds.cache.size`. */
  readonly node: ts.Expression;
}

/** Caches that the shards of a bot divide among themselves. */
export const dividedMembers: ReadonlySet<string> = new Set(['guilds', 'channels', 'emojis', 'voice', 'users']);

const byId: ReadonlySet<string> = new Set(['get', 'has', 'resolve', 'resolveId']);
const byLikeness: ReadonlySet<string> = new Set(['find', 'some', 'exists', 'first', 'findKey', 'random']);
const alike: ReadonlySet<string> = new Set(['user', 'application', 'token', 'isReady']);

/** How the members of the client are named in a function: below its parameter, or taken out of it. */
function rootsOf(fn: MovableFunction): ReadonlyMap<string, string | null> {
  const roots = new Map<string, string | null>(ts.isArrowFunction(fn) ? [['this', null]] : []);
  const name = fn.parameters[0]?.name;
  if (name === undefined) return roots;
  if (ts.isIdentifier(name)) return roots.set(name.text, null);
  if (ts.isArrayBindingPattern(name)) return roots;
  for (const one of name.elements) {
    if (ts.isIdentifier(one.name)) roots.set(one.name.text, (one.propertyName ?? one.name).getText());
  }
  return roots;
}

/** The member access around a node, through parentheses and `!`; `null` when there is none. */
function memberOf(node: ts.Expression): ts.PropertyAccessExpression | null {
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent)) at = at.parent;
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
  if (dividedMembers.has(member)) return ofCollection(node);
  if (!clientMembers.has(member)) return { kind: 'own', node };
  return { kind: alike.has(member) ? 'same' : 'other', node };
}

/** Every place below a node that reads the client of a function. */
export function clientReads(fn: MovableFunction, below: ts.Node = fn.body): readonly ClientRead[] {
  const roots = rootsOf(fn);
  return descendants(below).flatMap((node) => {
    const name = ts.isIdentifier(node) && !isNameOnly(node) ? node.text : null;
    const root = node.kind === ts.SyntaxKind.ThisKeyword ? 'this' : name;
    const taken = root === null ? undefined : roots.get(root);
    return taken === undefined ? [] : [readAt(node as ts.Expression, taken)];
  });
}

/** The read that is exactly an expression, or `null`. */
export function readOf(fn: MovableFunction, node: ts.Expression): ClientRead | null {
  const at = unwrap(node);
  return clientReads(fn, at).find((read) => read.node === at) ?? null;
}
