/** clients/absent: whether a function that looks something up gives something falsy where it is not. */
import { descendants, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { clientReads } from './client-paths.ts';

const isFalsy = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword ||
  ts.isVoidExpression(node) ||
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  (ts.isStringLiteralLike(node) && node.text === '') ||
  (ts.isNumericLiteral(node) && Number(node.text) === 0);

const isEqual = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken;

/** Whether a test surely holds where the thing is not there: `!guild`, `guild === undefined`. */
export function holdsWithout(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isPrefixUnaryExpression(at))
    return at.operator === ts.SyntaxKind.ExclamationToken && isAbsentFalsy(fn, at.operand);
  if (!ts.isBinaryExpression(at)) return false;
  if (isEqual(at)) return isFalsy(unwrap(at.right)) && isAbsentFalsy(fn, at.left);
  const sides = [at.left, at.right];
  if (at.operatorToken.kind === ts.SyntaxKind.BarBarToken) return sides.some((side) => holdsWithout(fn, side));
  return at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && sides.every((one) => holdsWithout(fn, one));
}

/** Whether a statement only leaves, with nothing or something falsy. */
function leavesEmpty(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (last === undefined) return false;
  if (ts.isThrowStatement(last)) return true;
  return ts.isReturnStatement(last) && (last.expression === undefined || isFalsy(unwrap(last.expression)));
}

/** Whether a place is only reached where the thing has been found. */
function isGuarded(fn: MovableFunction, node: ts.Node): boolean {
  for (let at = node; at !== fn.body && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && isAbsentFalsy(fn, parent.expression)) return true;
    if (!ts.isBlock(parent)) continue;
    const tested = parent.statements.some((one) => {
      if (one.pos >= at.pos || !ts.isIfStatement(one) || !leavesEmpty(one.thenStatement)) return false;
      return holdsWithout(fn, one.expression);
    });
    if (tested) return true;
  }
  return false;
}

/** What a local constant is set to. */
export function constantOf(fn: MovableFunction, name: ts.Identifier): ts.Expression | null {
  const found = descendants(fn.body).flatMap((node) =>
    ts.isVariableDeclaration(node) && node.name.getText() === name.text ? [node] : [],
  );
  const [only] = found;
  const fixed = only !== undefined && found.length === 1 && only.parent.flags & ts.NodeFlags.Const;
  return fixed ? (only.initializer ?? null) : null;
}

function ofBinary(fn: MovableFunction, node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  const sides = [node.left, node.right] as const;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return sides.some((side) => isAbsentFalsy(fn, side));
  if (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken)
    return sides.every((side) => isAbsentFalsy(fn, side));
  const unequal = kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  // `x !== undefined` of something that is not there.
  if (unequal) return isFalsy(unwrap(node.right)) && isAbsentFalsy(fn, node.left);
  return isEqual(node) && !isFalsy(unwrap(node.right)) && !isFalsy(unwrap(node.left)) && isAbsentFalsy(fn, node.left);
}

/** Whether a member or a call gives nothing, or throws, where what it starts from is not there. */
function ofChain(fn: MovableFunction, node: ts.Expression): boolean {
  const reads = clientReads(fn, node).filter(({ kind }) => kind === 'one' || kind === 'some');
  for (let at = node; ; at = unwrap(at.expression)) {
    const read = reads.find((one) => one.node === at);
    // `has` gives false, of which nothing more is read.
    if (read !== undefined) return !/\.(has|some|exists)$/.test(read.node.getText()) || read.node.parent === node;
    if (ts.isIdentifier(at)) return at !== node && isAbsentFalsy(fn, at);
    if (!ts.isPropertyAccessExpression(at) && !ts.isCallExpression(at) && !ts.isElementAccessExpression(at))
      return false;
  }
}

/** Whether what an expression gives where nothing is found is `null` or `undefined`, and not `false`, 0 or a text. */
export function isAbsentNull(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (at.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(at)) return true;
  if (isFalsy(at)) return ts.isIdentifier(at);
  if (ts.isAwaitExpression(at)) return isAbsentNull(fn, at.expression);
  if (ts.isConditionalExpression(at)) return isAbsentNull(fn, at.whenTrue) && isAbsentNull(fn, at.whenFalse);
  if (ts.isBinaryExpression(at)) {
    const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
    const { kind } = at.operatorToken;
    if (kind === BarBarToken || kind === QuestionQuestionToken) return isAbsentNull(fn, at.right);
    return kind === AmpersandAmpersandToken && isAbsentNull(fn, at.left) && isAbsentNull(fn, at.right);
  }
  if (ts.isPrefixUnaryExpression(at)) return false;
  if (ts.isIdentifier(at)) {
    const value = constantOf(fn, at);
    return value === null || isAbsentNull(fn, value);
  }
  return !ts.isCallExpression(at) || !/\.(has|some|every|exists|includes|delete)$/.test(at.expression.getText());
}

/** Whether an expression that is returned is falsy, or an error, where the thing that is looked up is not there. */
export function isAbsentFalsy(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (isFalsy(at) || isGuarded(fn, at)) return true;
  if (ts.isAwaitExpression(at)) return isAbsentFalsy(fn, at.expression);
  if (ts.isConditionalExpression(at)) {
    if (isAbsentFalsy(fn, at.condition)) return isAbsentFalsy(fn, at.whenFalse);
    if (holdsWithout(fn, at.condition)) return isAbsentFalsy(fn, at.whenTrue);
    return isAbsentFalsy(fn, at.whenTrue) && isAbsentFalsy(fn, at.whenFalse);
  }
  if (ts.isBinaryExpression(at)) return ofBinary(fn, at);
  if (ts.isPrefixUnaryExpression(at)) {
    const twice = at.operator === ts.SyntaxKind.ExclamationToken && ts.isPrefixUnaryExpression(at.operand);
    return twice && isAbsentFalsy(fn, (at.operand as ts.PrefixUnaryExpression).operand);
  }
  if (ts.isIdentifier(at)) {
    const value = constantOf(fn, at);
    return value !== null && isAbsentFalsy(fn, value);
  }
  return (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) && ofChain(fn, at);
}
