/** functions/captured-use: one use of a captured variable: what it reads, and whether it only reads. */
import { assigns, steps, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** One use: the longest `x.a.b` that is read there, and what is called on it. */
export interface Use {
  readonly read: ts.Expression;
  readonly names: readonly string[];
}

// They change nothing, and only texts and lists have them, so that what they are called on is data.
const plainMethods = new Set(
  (
    'includes indexOf lastIndexOf join startsWith endsWith toLowerCase toUpperCase trim trimStart trimEnd split replace ' +
    'replaceAll padStart padEnd repeat substring charAt charCodeAt codePointAt match normalize localeCompare toFixed'
  ).split(' '),
);
// The same where the type or the value itself says that it is a text or a list; a Collection has these as well.
const listMethods = new Set(
  'map filter find findIndex findLast some every reduce flatMap flat forEach slice concat at keys entries values toString'.split(
    ' ',
  ),
);

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** The member access around a node, with `!`, casts and parentheses in between. */
function accessOf(node: ts.Expression): Access | null {
  const outer = wrapped(node);
  const { parent } = outer;
  const access = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  return access && parent.expression === outer ? parent : null;
}

/** Whether an expression is given a value: by an operator, a pattern, a loop or `delete`. */
function isWritten(node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isBinaryExpression(parent)) return parent.left === at && assigns(parent);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return steps(parent);
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === at;
  return inPattern(at);
}

/** Whether a node is a target in `[a, { b }] = value` or in `for ([a] of list)`. */
function inPattern(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === node)) {
    return isTarget(parent.parent);
  }
  if (ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) return isTarget(parent.parent);
  return ts.isArrayLiteralExpression(parent) && isTarget(parent);
}

const isTarget = (node: ts.Node): boolean =>
  (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)) && isWritten(node);

/** Whether the first argument of a call is changed by it. */
const changesArgument = (node: ts.Expression): boolean => {
  const { parent } = node;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments[0] === node &&
    /^(Object\.(assign|define\w+|setPrototypeOf)|Reflect\.\w+)$/.test(parent.expression.getText())
  );
};

/** `a?.b` ends the whole chain it begins; what follows it cannot be read of the value alone. */
const cutShort = (read: ts.Expression): boolean => read.getText().includes('?.');

/** Whether an expression is what a call, `new` or a tagged template calls. */
function isCalled(node: ts.Expression): boolean {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isTaggedTemplateExpression(parent)) return true;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === at;
}

/** The accesses that begin at a node, from the inside out. */
function chainOf(node: ts.Expression): readonly Access[] {
  const chain: Access[] = [];
  for (let access = accessOf(node); access !== null; access = accessOf(access)) chain.push(access);
  return chain;
}

/** The names at the beginning of a chain, up to the first that is computed or private. */
function namesOf(chain: readonly Access[]): readonly string[] {
  const odd = chain.findIndex((one) => !ts.isPropertyAccessExpression(one) || ts.isPrivateIdentifier(one.name));
  const plain = odd < 0 ? chain : chain.slice(0, odd);
  return plain.map((one) => (one as ts.PropertyAccessExpression).name.text);
}

/** Reads one use; `null` where the variable is changed, called, or used through a method that may change it. */
export function useOf(node: ts.Identifier, isList: boolean): Use | null {
  const chain = chainOf(node);
  const outer = chain.at(-1) ?? node;
  const called = isCalled(outer);
  if (isWritten(outer) || changesArgument(wrapped(outer))) return null;
  const method = called ? namesOf(chain.slice(-1))[0] : undefined;
  if (called) {
    const harmless =
      method !== undefined && (plainMethods.has(method) || (chain.length === 1 && isList && listMethods.has(method)));
    if (!harmless || !ts.isCallExpression(wrapped(outer).parent)) return null;
  }
  const names = namesOf(called ? chain.slice(0, -1) : chain);
  const read = chain[names.length - 1] ?? node;
  return names.length < chain.length && cutShort(read) ? null : { read, names };
}

/** Whether a place calls what a name holds, or a method of it that neither texts nor lists have. */
export const isCalledAt = (node: ts.Identifier): boolean =>
  isCalled(chainOf(node).at(-1) ?? node) && useOf(node, false) === null;
