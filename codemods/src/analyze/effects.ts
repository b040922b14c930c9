/** analyze/effects: what a function does to its client and its process, which several shards share now. */
import { ts } from '../typescript.js';
import { assigns, descendants, dottedNames, type MovableFunction, steps } from './syntax.ts';

/** What a function does, as far as its text tells. */
export interface Effects {
  /** What it does to its client or its process: once for each shard, when it runs once for each shard. */
  readonly done: readonly string[];
  /** Members of its client that it sets, calls, or calls a changing method of. */
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

function doneAt(client: string, node: ts.Node): string | null {
  if (ts.isCallExpression(node)) {
    if (node.expression.getText() === 'setInterval') return 'setInterval';
    const [root, method, more] = dottedNames(node.expression) ?? [];
    return root === client && more === undefined && acts.test(method ?? '') ? `${client}.${method}` : null;
  }
  const target = written(node);
  const names = target === null ? null : dottedNames(target);
  if (names === null || names.length < 2) return null;
  return [client, 'global', 'globalThis'].includes(names[0] ?? '') ? `${names.join('.')} = ...` : null;
}

const changing = /^(set|delete|clear|add|push|pop|shift|unshift|splice|sort|reverse|fill|sweep|(re|un)?load)$/;

/** The member of its client that a node sets (`c.mode = m`, `c.hits++`), calls (`c.reload()`) or changes (`c.commands.delete(x)`). */
function actedOn(client: string, node: ts.Node): string | null {
  const called = ts.isCallExpression(node);
  const target = called ? node.expression : written(node);
  const names = target === null ? null : (dottedNames(target) ?? []);
  const [root, member, method] = names ?? [];
  if (root !== client || member === undefined) return null;
  return !called || method === undefined || changing.test(names?.at(-1) ?? '') ? member : null;
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
  const client = clientName(fn);
  return {
    done: [...new Set(nodes.map((node) => doneAt(client, node)).filter((one) => one !== null))],
    actsOn: [...new Set(nodes.map((node) => actedOn(client, node)).filter((one) => one !== null))],
    lasts: nodes.some(lasts),
  };
}
