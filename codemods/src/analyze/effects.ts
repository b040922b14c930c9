/** analyze/effects: what a function does to its client and its process, which several shards share now. */
import { ts } from '../typescript.js';
import { type Access, isAccess } from './asks-client.ts';
import { assigns, descendants, dottedNames, type MovableFunction, steps, unwrap } from './syntax.ts';
import { botGlobalOf, nameAt, pathsIn, type ValuePath } from './value-path.ts';

/** What a function does, as far as its text tells. */
export interface Effects {
  /** What it does to its client or its process: once for each shard, when it runs once for each shard. */
  readonly done: readonly string[];
  /** Members of its client and globals of the bot (`global.x`) that it sets, calls, or calls a changing method of. */
  readonly actsOn: readonly string[];
  /** Does one thing after the other and waits for each, so that it may take longer than a request waits. */
  readonly lasts: boolean;
}

/** A function of which nothing is known, or that is none. */
export const noEffects: Effects = { done: [], actsOn: [], lasts: false };

const acts =
  /^(on|once|off|addListener|prependListener|removeListener|removeAllListeners|emit|destroy|login|setMaxListeners)$/;

function clientName(fn: MovableFunction): string {
  const name = fn.parameters[0]?.name;
  return name !== undefined && ts.isIdentifier(name) ? name.text : 'this';
}

/** What a node gives a value: `x = 1`, `x += 1`, `x++`. */
function written(node: ts.Node): ts.Expression | null {
  if (ts.isBinaryExpression(node)) return assigns(node) ? node.left : null;
  const counts = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node);
  return counts && steps(node) ? node.operand : null;
}

/** The paths to a member of what an expression is itself; a copy of it is something else. */
const pathsTo = (fn: MovableFunction, access: Access): readonly ValuePath[] =>
  pathsIn(fn, access.expression).map((path) => ({ ...path, names: [...path.names, nameAt(access)] }));

/** What a node sets or calls, where that is a member of something. */
function memberAt(node: ts.Node): Access | null {
  const target = ts.isCallExpression(node) ? node.expression : written(node);
  const at = target === null ? null : unwrap(target);
  return at !== null && isAccess(at) ? at : null;
}

function doneAt(fn: MovableFunction, node: ts.Node): string | null {
  if (ts.isCallExpression(node) && node.expression.getText() === 'setInterval') return 'setInterval';
  const member = memberAt(node);
  if (member === null) return null;
  const paths = pathsTo(fn, member);
  if (!ts.isCallExpression(node)) {
    const lasting = paths.some(({ root, names }) => /^(client|global|named)$/.test(root) && !names.includes(null));
    return lasting ? `${dottedNames(member)?.join('.') ?? member.getText()} = ...` : null;
  }
  const done = paths.find(
    ({ root, names: [first, more] }) => root === 'client' && more === undefined && acts.test(first ?? ''),
  );
  return done === undefined ? null : `${clientName(fn)}.${done.names.join('.')}`;
}

const changing = /^(set|delete|clear|add|push|pop|shift|unshift|splice|sort|reverse|fill|sweep|(re|un)?load)$/;

/**
 * The member of its client that a node sets (`c.mode = m`, `c.hits++`), calls (`c.reload()`) or changes
 * (`c.commands.delete(x)`), or the global of the bot.
 */
function actedOn(fn: MovableFunction, node: ts.Node): string | null {
  const member = memberAt(node);
  const paths = member === null ? [] : pathsTo(fn, member);
  const found = paths.flatMap((path) => {
    const { root, names } = path;
    const acted = !ts.isCallExpression(node) || names.length === 1 || changing.test(names.at(-1) ?? '');
    const global = botGlobalOf(path);
    const name = root === 'client' ? names[0] : global === null ? null : `global.${global}`;
    return acted && typeof name === 'string' ? [name] : [];
  });
  return found[0] ?? null;
}

const many = /^(Promise\.(all|allSettled)|setTimeout|sleep|delay|wait)$/;

/** Waits within a loop, for many at once, or for a time. */
function lasts(node: ts.Node): boolean {
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (ts.isIterationStatement(node, false)) return descendants(node.statement).some(ts.isAwaitExpression);
  return ts.isCallExpression(node) && many.test(node.expression.getText());
}

/** Reads what a function does. */
export function effectsOf(fn: MovableFunction): Effects {
  const nodes = descendants(fn.body);
  return {
    done: [...new Set(nodes.map((node) => doneAt(fn, node)).filter((one) => one !== null))],
    actsOn: [...new Set(nodes.map((node) => actedOn(fn, node)).filter((one) => one !== null))],
    lasts: nodes.some(lasts),
  };
}
