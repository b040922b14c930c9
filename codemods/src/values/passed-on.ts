/** values/passed-on: whether a number that is made somewhere in a function is among what the function gives. */
import { declarationOf } from '../syntax/free-names.ts';
import { assigns, descendants, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { askedNodes } from './asked-nodes.ts';

/** What the function gives is the number (`whole`), or holds it (`part`); `null` where it does not come so far. */
export type Passed = 'whole' | 'part' | null;

interface Way {
  readonly fn: MovableFunction;
  readonly passed: Exclude<Passed, null>;
  /** Whether the number is falsy, so that `|| 0` takes its place. */
  readonly falsy: boolean;
  /** Names that were followed already. */
  readonly seen: ReadonlySet<string>;
}

/** Methods whose result is made of what their callback gives. */
const making = /^(map|flatMap|reduce|reduceRight|then|catch|mapValues|from)$/;
/** Methods whose result holds what their list holds. */
const keeping =
  /^(filter|sort|slice|flat|concat|reverse|map|flatMap|reduce|reduceRight|find|at|values|then|toSorted|toReversed|toSpliced|with|pop|shift)$/;
const collecting = /^(push|unshift|set|add|concat|assign|all|resolve|fromEntries|of)$/;
const counting = /^(Math\.(?!sign)\w+|Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;

const nameOf = (callee: ts.Expression): string =>
  ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();

/** Whether a test looks at a name: who tests a number knows what it may be. */
const isTestedName = (uses: readonly ts.Identifier[], fn: MovableFunction): boolean =>
  descendants(fn.body).some((one) => {
    const test = ts.isConditionalExpression(one) ? one.condition : ts.isIfStatement(one) ? one.expression : null;
    return test !== null && askedNodes(test).some((node) => uses.some((use) => use === node));
  });

/** Every place of a function that says a name and means the same variable by it. */
function usesOfName({ fn }: Way, name: ts.Identifier): readonly ts.Identifier[] {
  const declaration = declarationOf(name, fn);
  return descendants(fn.body).filter(
    (one): one is ts.Identifier =>
      ts.isIdentifier(one) && one.text === name.text && declarationOf(one, fn) === declaration,
  );
}

function ofName(way: Way, name: ts.Identifier): Passed {
  const uses = usesOfName(way, name);
  if (way.seen.has(name.text) || isTestedName(uses, way.fn)) return null;
  const seen = new Set([...way.seen, name.text]);
  for (const one of uses) {
    const { parent } = one;
    if (ts.isVariableDeclaration(parent) && parent.name === one) continue;
    if (ts.isPropertyAccessExpression(parent) && parent.name === one) continue;
    if (ts.isPropertyAssignment(parent) && parent.name === one) continue;
    if (ts.isBinaryExpression(parent) && parent.left === one && assigns(parent)) continue;
    const passed = follow({ ...way, seen }, one);
    if (passed !== null) return passed;
  }
  return null;
}

/** What becomes of a number by being put somewhere: `x = number`, `x /= 2`. */
const ofAssignment = (way: Way, node: ts.BinaryExpression): Passed =>
  ts.isIdentifier(node.left) ? (ofName(way, node.left) ?? follow(way, node)) : 'part';

function ofBinary(way: Way, node: ts.BinaryExpression, side: ts.Expression): Passed {
  const { kind } = node.operatorToken;
  if (assigns(node)) return node.left === side ? null : ofAssignment(way, node);
  const other = node.left === side ? node.right : node.left;
  const text = ts.isStringLiteralLike(other) || ts.isTemplateExpression(other);
  if (kind === ts.SyntaxKind.PlusToken) return text ? null : follow(way, node);
  const arithmetic =
    kind === ts.SyntaxKind.MinusToken ||
    (kind >= ts.SyntaxKind.AsteriskToken && kind <= ts.SyntaxKind.PercentToken) ||
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandToken;
  // `x || 0`: whoever writes that means a number, and gets it where x is NaN.
  const passes = kind === ts.SyntaxKind.BarBarToken && (node.right === side || !way.falsy);
  return arithmetic || passes ? follow(way, node) : null;
}

/** What becomes of a number as an argument of a call. */
function ofArgument(way: Way, call: ts.CallExpression): Passed {
  const callee = call.expression;
  if (counting.test(callee.getText())) return follow(way, call);
  if (!collecting.test(nameOf(callee))) return null;
  const part = { ...way, passed: 'part' } as const;
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const holder = callee.expression;
  return ts.isIdentifier(holder) ? (ofName(part, holder) ?? follow(part, call)) : follow(part, call);
}

/** What becomes of a number by a member that is read of it, or of what holds it. */
function ofMember(way: Way, access: ts.PropertyAccessExpression): Passed {
  const { parent } = access;
  const name = access.name.text;
  if (!ts.isCallExpression(parent) || parent.expression !== access)
    return /^(length|size)$/.test(name) ? null : follow(way, access);
  if (/^to(Fixed|Precision)$/.test(name)) {
    // `Number(x.toFixed(2))` is a number again.
    const around = wrapped(parent).parent;
    const again = ts.isCallExpression(around) && counting.test(around.expression.getText());
    const plus = ts.isPrefixUnaryExpression(around) && around.operator === ts.SyntaxKind.PlusToken;
    return again || plus ? follow(way, around) : null;
  }
  return keeping.test(name) ? follow(way, parent) : null;
}

/** What becomes of what a function gives: of the one that is looked at, a callback, or a local one. */
function ofFunction(way: Way, fn: ts.Node): Passed {
  if (fn === way.fn) return way.passed;
  if (ts.isFunctionDeclaration(fn)) return fn.name === undefined ? null : ofCalls(way, fn.name.text);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return null;
  const at = wrapped(fn);
  const { parent } = at;
  if (ts.isVariableDeclaration(parent)) return ofCalls(way, parent.name.getText());
  if (!ts.isCallExpression(parent)) return null;
  if (parent.expression === at) return follow(way, parent);
  const name = nameOf(parent.expression);
  if (!making.test(name)) return null;
  return follow(/^(map|flatMap|mapValues|from)$/.test(name) ? { ...way, passed: 'part' } : way, parent);
}

function ofCalls(way: Way, name: string): Passed {
  if (way.seen.has(name)) return null;
  const next = { ...way, seen: new Set([...way.seen, name]) };
  for (const one of descendants(way.fn.body)) {
    if (!ts.isCallExpression(one)) continue;
    const called = one.expression.getText() === name;
    const handed = one.arguments.some((at) => at.getText() === name) && making.test(nameOf(one.expression));
    const passed = called || handed ? follow(next, one) : null;
    if (passed !== null) return passed;
  }
  return null;
}

function ofReturn(way: Way, node: ts.Node): Passed {
  let fn = node;
  while (!ts.isFunctionLike(fn) && !ts.isSourceFile(fn)) fn = fn.parent;
  return ofFunction(way, fn);
}

function ofLiteral(way: Way, parent: ts.Node): Passed {
  const literal = ts.isArrayLiteralExpression(parent) ? parent : parent.parent;
  return follow({ ...way, passed: 'part' }, literal);
}

const isInLiteral = (parent: ts.Node): boolean =>
  ts.isArrayLiteralExpression(parent) ||
  ts.isPropertyAssignment(parent) ||
  ts.isShorthandPropertyAssignment(parent) ||
  ts.isSpreadAssignment(parent);

/** What an operator, a member or a call around a value makes of it. */
function ofExpression(way: Way, at: ts.Expression, parent: ts.Node): Passed {
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : follow(way, parent);
  if (ts.isBinaryExpression(parent)) return ofBinary(way, parent, at);
  if (ts.isAwaitExpression(parent) || ts.isSpreadElement(parent)) return follow(way, parent);
  if (ts.isPrefixUnaryExpression(parent)) {
    const sign = parent.operator === ts.SyntaxKind.MinusToken || parent.operator === ts.SyntaxKind.PlusToken;
    return sign ? follow(way, parent) : null;
  }
  if (ts.isPropertyAccessExpression(parent)) return ofMember(way, parent);
  if (ts.isElementAccessExpression(parent)) return parent.expression === at ? follow(way, parent) : null;
  return ts.isCallExpression(parent) && parent.expression !== at ? ofArgument(way, parent) : null;
}

/** What the place around a value makes of it. */
function follow(way: Way, node: ts.Node): Passed {
  const at = wrapped(node as ts.Expression);
  const { parent } = at;
  if (ts.isArrowFunction(parent) && parent.body === at) return ofFunction(way, parent);
  if (ts.isReturnStatement(parent)) return ofReturn(way, parent);
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? ofName(way, parent.name) : null;
  return isInLiteral(parent) ? ofLiteral(way, parent) : ofExpression(way, at, parent);
}

/** Follows a value from where it is made to what the function gives. */
export function wherePassed(fn: MovableFunction, node: ts.Expression, falsy: boolean): Passed {
  const way: Way = { fn, passed: 'whole', falsy, seen: new Set() };
  return ts.isBinaryExpression(node) && assigns(node) ? ofAssignment(way, node) : follow(way, node);
}
