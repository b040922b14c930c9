/** doubts/open-places: members, places of lists and parts of patterns that need not be there, whatever their types say. */
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isNameOnly, placesOf, steps, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** The constant that a name is: its declaration, or the pattern that it is a part of. */
function constantOf(name: ts.Identifier): ts.VariableDeclaration | ts.BindingElement | null {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null) return null;
  const holder = ts.isBindingElement(declared) ? declared.parent.parent : declared;
  if (!ts.isVariableDeclaration(holder) || (holder.parent.flags & ts.NodeFlags.Const) === 0) return null;
  return ts.isVariableDeclaration(declared) || ts.isBindingElement(declared) ? declared : null;
}

/** What a constant is made by; `null` for any other name, and for a part of a pattern. */
export function madeBy(name: ts.Identifier): ts.Expression | null {
  const declared = constantOf(name);
  return declared !== null && ts.isVariableDeclaration(declared) ? (declared.initializer ?? null) : null;
}

/** Operators that leave a number or a text in what they set. */
const computes = /^(?:[-+*/%&|^]|\*\*|<<|>>>?)=$/;

/** What a mention of a variable sets it to: nothing to speak of where it is counted, `null` where the text does not say. */
function setAt(place: ts.Identifier): readonly ts.Expression[] | null {
  const { parent } = place;
  const isComputed = ts.isBinaryExpression(parent) && computes.test(parent.operatorToken.getText());
  if (isComputed && parent.left === place) return [];
  const isCounted = (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && steps(parent);
  if (isCounted) return [];
  const written = writtenAt(place);
  return written.every((one) => one !== null) ? written : null;
}

/** Whether a name holds all that is left of a list or an object: `(...all) => all`. */
export function isRest(name: ts.Identifier): boolean {
  const declared = declarationOf(name, name.getSourceFile());
  const isPart = declared !== null && (ts.isParameter(declared) || ts.isBindingElement(declared));
  return isPart && declared.dotDotDotToken !== undefined;
}

/** All that a variable is ever set to; `null` for any other name, and where something else may be put into it. */
export function setBy(name: ts.Identifier): readonly ts.Expression[] | null {
  const tree = name.getSourceFile();
  const declared = declarationOf(name, tree);
  if (declared === null || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  const places = placesOf(tree, name.text).filter(
    (one): one is ts.Identifier => ts.isIdentifier(one) && !isNameOnly(one) && declarationOf(one, tree) === declared,
  );
  const set = places.map(setAt);
  return set.includes(null) ? null : [declared.initializer, ...set.flatMap((one) => one ?? [])];
}

/** The list that a name is a part of: `const [first] = list`; `null` for any other name. */
function listOf(name: ts.Identifier): ts.Expression | null {
  const declared = constantOf(name);
  if (declared === null || !ts.isBindingElement(declared) || !ts.isArrayBindingPattern(declared.parent)) return null;
  if (declared.initializer !== undefined || declared.dotDotDotToken !== undefined) return null;
  const { initializer } = declared.parent.parent as ts.VariableDeclaration;
  return initializer === undefined ? null : unwrap(initializer);
}

/** A list that is written, or one that is waited for: `[a, b]`, `await Promise.all([a, b])`. */
function isWritten(list: ts.Expression): boolean {
  const at = ts.isAwaitExpression(list) ? unwrap(list.expression) : list;
  if (!ts.isCallExpression(at)) return ts.isArrayLiteralExpression(at);
  const [first] = at.arguments;
  return /^Promise\.all(Settled)?$/.test(at.expression.getText()) && first !== undefined && isWritten(unwrap(first));
}

/** Whether a name is a part of a list that may be shorter. */
export function isOfList(node: ts.Expression): boolean {
  const list = ts.isIdentifier(node) ? listOf(node) : null;
  return list !== null && !isWritten(list);
}

/** Whether a place is counted by a loop, or by a method that goes through a list: `for (let i = 0; ...) list[i]`. */
export function isCounted({ argumentExpression }: ts.ElementAccessExpression): boolean {
  const key = unwrap(argumentExpression);
  const declared = ts.isIdentifier(key) ? declarationOf(key, key.getSourceFile()) : null;
  if (declared === null) return false;
  if (ts.isParameter(declared)) return declared.parent.parameters.indexOf(declared) > 0 && isCallback(declared.parent);
  const holder = ts.isVariableDeclaration(declared) ? declared.parent.parent : null;
  return holder !== null && (ts.isForStatement(holder) || ts.isForInStatement(holder));
}

const isCallback = (fn: ts.Node): boolean => ts.isCallExpression(fn.parent);

/** Whether a type says of a member by its key that it is there only since any key is: `Record<string, number>`. */
function isByIndex({ checker }: ParsedFile, of: ts.Expression, key: string | null): boolean {
  const type = checker.getApparentType(checker.getTypeAtLocation(of));
  if (key !== null && checker.getPropertyOfType(type, key) !== undefined) return false;
  return checker.getIndexInfosOfType(type).length > 0;
}

/** Whether the type of an expression takes something to be there that nothing checks. */
export function isUnchecked(file: ParsedFile, node: ts.Expression): boolean {
  if (node.flags & ts.NodeFlags.OptionalChain) return true;
  if (file.compilation.options.noUncheckedIndexedAccess === true) return false;
  if (ts.isPropertyAccessExpression(node)) return isByIndex(file, node.expression, node.name.text);
  if (ts.isElementAccessExpression(node)) {
    const key = unwrap(node.argumentExpression);
    const text = ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : null;
    return isByIndex(file, node.expression, text);
  }
  if (!ts.isIdentifier(node)) return false;
  const list = listOf(node);
  if (list !== null) return !file.checker.isTupleType(file.checker.getTypeAtLocation(list));
  const declared = constantOf(node);
  const value = declared !== null && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value !== undefined && isUnchecked(file, unwrap(value));
}
