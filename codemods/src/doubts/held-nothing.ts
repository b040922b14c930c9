/** doubts/held-nothing: whether the lists of a value may hold `undefined`, and where one is made that can be filled. */
import { declarationOf } from '../syntax/free-names.ts';
import { isNameOnly, placesOf, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';
import { entriesIn, type Meaning, meaningsIn } from '../values/value-path.ts';
import type { Reading } from './may-lack.ts';
import { anyIsNothing, mayBeNothing } from './nothing.ts';

/** Methods that give entries of their list, and nothing else. */
const keeping = /^(filter|flat|reverse|slice|sort|toReversed|toSorted)$/;
const unequal = new Set([ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);
/** What may give a list that is made elsewhere. */
const asked = new Set([
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.PropertyAccessExpression,
]);
/** Lists in lists are looked into so far. */
const deepest = 3;

/** Whether a test holds for nothing that is `undefined`: `x`, `x && y`, `x !== undefined`, `typeof x !== 'undefined'`. */
function isOfSome(test: ts.Expression, name: string): boolean {
  const at = unwrap(test);
  if (ts.isIdentifier(at)) return at.text === name;
  if (ts.isPrefixUnaryExpression(at)) return at.getText() === `!!${name}`;
  if (!ts.isBinaryExpression(at)) return false;
  const { left, right, operatorToken } = at;
  if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return isOfSome(left, name);
  if (!unequal.has(operatorToken.kind)) return false;
  if (ts.isTypeOfExpression(left))
    return left.expression.getText() === name && ts.isStringLiteral(right) && right.text === 'undefined';
  const isLoose = operatorToken.kind === ts.SyntaxKind.ExclamationEqualsToken;
  const isCompared = isNothing(right) && (isLoose || right.kind !== ts.SyntaxKind.NullKeyword);
  return left.getText() === name && isCompared;
}

/** Whether an expression is a list without what is `undefined`: `list.filter(Boolean)`. */
export function isWithoutNothing(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [test] = node.arguments;
  if (node.expression.name.text !== 'filter' || test === undefined) return false;
  if (ts.isIdentifier(test)) return test.text === 'Boolean';
  if (!ts.isArrowFunction(test) || ts.isBlock(test.body)) return false;
  const [entry] = test.parameters;
  if (entry === undefined || entry.initializer !== undefined || !ts.isIdentifier(entry.name)) return false;
  return isOfSome(test.body, entry.name.text);
}

/** Whether what a node gives to a list is taken out of that again in the same expression. */
function isTakenOut(node: ts.Node): boolean {
  for (let at = node; !ts.isStatement(at) && !ts.isSourceFile(at); at = at.parent)
    if (at !== node && isWithoutNothing(at) && (at as ts.CallExpression).expression.end >= node.end) return true;
  return false;
}

/** `new Array(4)` holds nothing at all. */
function isOfHoles(node: ts.Expression): boolean {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const [count, more] = node.arguments ?? [];
  if (node.expression.getText() !== 'Array' || count === undefined || more !== undefined) return false;
  return ts.isNumericLiteral(count) || /\.(length|size)$/.test(count.getText());
}

/** What an expression chooses among; `null` where it is no choice. */
function choicesOf(at: ts.Expression): readonly ts.Expression[] | null {
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse];
  if (!ts.isBinaryExpression(at)) return null;
  const { kind } = at.operatorToken;
  if (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken) return [at.left, at.right];
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.CommaToken ? [at.right] : [];
}

function inLiteral(reading: Reading, at: ts.Expression, depth: number): boolean {
  const inside = (one: ts.Expression): boolean => holdsNothing(reading, one, depth - 1);
  if (ts.isArrayLiteralExpression(at))
    return at.elements.some((one) => {
      if (ts.isOmittedExpression(one)) return true;
      if (ts.isSpreadElement(one)) return inside(one.expression);
      return mayBeNothing(reading.file, one, reading) === 'likely' || inside(one);
    });
  if (!ts.isObjectLiteralExpression(at)) return isOfHoles(at);
  return at.properties.some((one) => {
    if (ts.isPropertyAssignment(one)) return inside(one.initializer);
    return ts.isShorthandPropertyAssignment(one) && inside(one.name);
  });
}

const isOfRows = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === 'Object.fromEntries';

interface Within {
  readonly reading: Reading;
  /** JSON dropped what is nothing of an object. */
  readonly isOfObject: boolean;
}

/** Whether an entry of a list is nothing, or a list that holds such a one. What is handed over has been JSON before. */
function isLost({ reading, isOfObject }: Within, entry: Meaning, depth: number): boolean {
  if ('root' in entry || entry.is === 'origin' || isTakenOut(entry.node)) return false;
  if (!isOfObject && anyIsNothing(reading, [entry])) return true;
  return entry.is === 'value' && ts.isExpression(entry.node) && holdsNothing(reading, entry.node, depth - 1);
}

/** Whether a list that an expression gives, or holds, may hold `undefined`. */
export function holdsNothing(reading: Reading, node: ts.Expression, depth = deepest): boolean {
  const outer = unwrap(node);
  const at = ts.isAwaitExpression(outer) ? unwrap(outer.expression) : outer;
  if (depth === 0 || isWithoutNothing(at)) return false;
  if (inLiteral(reading, at, depth)) return true;
  const choices = choicesOf(at);
  if (choices !== null) return choices.some((one) => holdsNothing(reading, one, depth));
  if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    const { name, expression } = at.expression;
    if (keeping.test(name.text)) return holdsNothing(reading, expression, depth);
  } else if (!asked.has(at.kind)) return false;
  const values = meaningsIn(reading.fn, at).flatMap((one) =>
    'is' in one && one.is === 'value' && ts.isExpression(one.node) ? [unwrap(one.node)] : [],
  );
  if (values.some((one) => inLiteral(reading, one, depth))) return true;
  // Rows are made members there.
  if ([at, ...values].some(isOfRows)) return false;
  const isOfObject = values.length > 0 && values.every(ts.isObjectLiteralExpression);
  return entriesIn(reading.fn, at).some((one) => isLost({ reading, isOfObject }, one, depth));
}

/** Whether a call gives what one async function of the text promises, whatever happens. */
export function isOfAsync(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || (node.flags & ts.NodeFlags.OptionalChain) !== 0) return false;
  const callee = unwrap(node.expression);
  const declared = ts.isIdentifier(callee) ? declarationOf(callee, callee.getSourceFile()) : null;
  if (declared === null || !ts.isIdentifier(callee) || !isFixed(callee, declared)) return false;
  const fn = ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) || ts.isFunctionDeclaration(fn)))
    return false;
  return fn.asteriskToken === undefined && (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) !== 0;
}

/** What a constant is made by that is read at one place alone; `null` for any other name. */
export function madeFor(name: ts.Identifier): ts.Expression | null {
  const tree = name.getSourceFile();
  const declared = declarationOf(name, tree);
  if (declared === null || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  if ((declared.parent.flags & ts.NodeFlags.Const) === 0 || !ts.isIdentifier(declared.name)) return null;
  const others = placesOf(tree, name.text).filter(
    (one) =>
      one !== name &&
      one !== declared.name &&
      ts.isIdentifier(one) &&
      !isNameOnly(one) &&
      declarationOf(one, tree) === declared,
  );
  return others.length === 0 ? declared.initializer : null;
}
