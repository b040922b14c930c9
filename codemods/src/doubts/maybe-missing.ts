/** doubts/maybe-missing: whether the text shows that a value may be `undefined`, in the code that makes a call. */
import { chooses } from '../modules/held.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { leaves } from '../syntax/statements.ts';
import { descendants, dottedNames, nameText, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { mayBeNothing } from './nothing.ts';
import { isFirstShard } from './own-shard.ts';

/** Whether a test says an expression, or asks how long the list is that it is an entry of. */
function says(test: ts.Node, node: ts.Expression): boolean {
  const text = node.getText();
  const list = ts.isElementAccessExpression(node) ? node.expression.getText() : null;
  return descendants(test).some((one) => {
    if (list !== null && ts.isPropertyAccessExpression(one) && one.name.text === 'length')
      return one.expression.getText() === list;
    return ts.isExpression(one) && one.getText() === text;
  });
}

/** Whether a place is reached only by way of a test that looks at what stands there. */
export function isLookedAt(node: ts.Expression): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isFunctionLike(at) && !ts.isArrowFunction(at)) return false;
    if (ts.isConditionalExpression(parent) && parent.condition !== at && says(parent.condition, node)) return true;
    if (ts.isIfStatement(parent) && parent.expression !== at && says(parent.expression, node)) return true;
    const chosen = ts.isBinaryExpression(parent) && parent.right === at && chooses(parent.operatorToken);
    if (chosen && says(parent.left, node)) return true;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) continue;
    const before = parent.statements.filter((one) => one.end <= at.pos);
    if (before.some((one) => ts.isIfStatement(one) && leaves(one.thenStatement) && says(one.expression, node)))
      return true;
  }
  return false;
}

const isOptional = (node: ts.ParameterDeclaration): boolean =>
  node.initializer === undefined &&
  (node.questionToken !== undefined ||
    /(^|\|)\s*undefined\s*(\||$)/.test(node.type?.getText() ?? '') ||
    ts
      .getJSDocParameterTags(node)
      .some((tag) => tag.isBracketed || tag.typeExpression?.type.kind === ts.SyntaxKind.JSDocOptionalType));

/** Lists that may be shorter than what is taken of them: a name, a member, what a text is split into. */
export function isOpenList(node: ts.Expression | null | undefined): boolean {
  if (node === undefined || node === null) return false;
  const at = unwrap(node);
  if (ts.isIdentifier(at) || ts.isPropertyAccessExpression(at)) return true;
  return ts.isCallExpression(at) && /\.(split|slice|splice|match|exec)$/.test(at.expression.getText());
}

function ofName(file: ParsedFile, name: ts.Identifier, depth: number): boolean {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  if (declared === undefined) return false;
  if (ts.isParameter(declared)) return isOptional(declared);
  if (ts.isVariableDeclaration(declared))
    return declared.initializer !== undefined && isMaybe(file, declared.initializer, depth - 1);
  if (!ts.isBindingElement(declared) || declared.initializer !== undefined) return false;
  if (declared.dotDotDotToken !== undefined || !ts.isVariableDeclaration(declared.parent.parent)) return false;
  const from = declared.parent.parent.initializer;
  if (ts.isArrayBindingPattern(declared.parent)) return isOpenList(from) && !isTuple(file, from);
  if (from === undefined) return false;
  const isOfEnv = dottedNames(from)?.join('.') === 'process.env';
  return isOfEnv || mayBeWithout(from, nameText(declared.propertyName ?? declared.name));
}

/** Whether one of the things a value is chosen of is written as an object without a member: `c.user ?? {}`. */
function mayBeWithout(node: ts.Expression, name: string): boolean {
  const at = unwrap(node);
  if (ts.isObjectLiteralExpression(at))
    return !at.properties.some(
      (one) => ts.isSpreadAssignment(one) || (one.name !== undefined && nameText(one.name) === name),
    );
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].some((one) => mayBeWithout(one, name));
  if (ts.isAwaitExpression(at)) return mayBeWithout(at.expression, name);
  return ts.isBinaryExpression(at) && chooses(at.operatorToken) && mayBeWithout(at.right, name);
}

function isTuple({ typed, checker }: ParsedFile, node: ts.Expression | undefined): boolean {
  return typed && node !== undefined && checker.isTupleType(checker.getTypeAtLocation(node));
}

/** An entry of a list by its number, which types take to be there. */
const isEntry = (file: ParsedFile, at: ts.Expression): boolean =>
  ts.isElementAccessExpression(at) &&
  ts.isNumericLiteral(at.argumentExpression) &&
  !isFirstShard(at) &&
  !isTuple(file, at.expression);

function lacks(file: ParsedFile, at: ts.Expression, depth: number): boolean {
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].some((one) => isMaybe(file, one, depth - 1));
  if (ts.isBinaryExpression(at)) {
    const { BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
    const { kind } = at.operatorToken;
    return (kind === BarBarToken || kind === QuestionQuestionToken) && isMaybe(file, at.right, depth - 1);
  }
  if (mayBeNothing(file, at) === 'likely' || isEntry(file, at)) return true;
  if (ts.isIdentifier(at)) return ofName(file, at, depth);
  if (ts.isPropertyAccessExpression(at) && mayBeWithout(at.expression, at.name.text)) return true;
  const names = dottedNames(ts.isElementAccessExpression(at) ? at.expression : at);
  return names?.[0] === 'process' && names[1] === 'env' && (names.length === 3 || ts.isElementAccessExpression(at));
}

function isMaybe(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  return depth >= 0 && lacks(file, at, depth) && !isLookedAt(at);
}

/** Whether a value may be `undefined` as it is written: an entry of a list, a lookup, an optional parameter, a variable. */
export const maybeMissing = (file: ParsedFile, node: ts.Expression): boolean => isMaybe(file, node, 4);
