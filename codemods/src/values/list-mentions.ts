/** values/list-mentions: whether the name of a list tells what is in there: only where nobody else puts something in. */
import { isExported, isExportsObject } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, placesOf, symbolOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isWrittenOut, putting } from './collection.ts';
import type { Root } from './roots.ts';

/** Methods that put nothing in, and hand on no more than what they give. */
const reading =
  /^(?:get|has|at|first|last|random|pop|shift|values|keys|entries|delete|clear|forEach|each|map|flatMap|filter|find(?:Last)?(?:Index|Key)?|some|every|reduce|join|slice|includes|indexOf|sort|toSorted|reverse|toJSON|sweep|partition)$/;

/** Functions that only read what they are given. */
const readers =
  /^(?:Object\.(?:keys|values|entries|freeze)|Array\.(?:from|isArray)|Promise\.all(?:Settled)?|console\.\w+)$/;

const isDone = (node: ts.Node): boolean =>
  ts.isExpressionStatement(node) || ts.isArrowFunction(node) || ts.isReturnStatement(node);

/** `list.push(x)`, `list.length`; a call that gives the list itself must not go on. */
function isMemberRead(access: ts.PropertyAccessExpression): boolean {
  const method = access.name.text;
  const at = wrapped(access);
  const call = at.parent;
  if (!ts.isCallExpression(call) || call.expression !== at) return /^(?:length|size)$/.test(method);
  return reading.test(method) || (putting.test(method) && isDone(wrapped(call).parent));
}

/** Whether a place of a list does nothing but read it, or put something in that is written there. */
function isUnderstood(place: ts.Expression): boolean {
  const at = wrapped(place);
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === at && isMemberRead(parent);
  if (ts.isElementAccessExpression(parent)) return parent.expression === at;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent) || ts.isIfStatement(parent)) return true;
  if (ts.isSpreadElement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isTypeOfExpression(parent)) return true;
  // `list = []` is one more way it is made, which is looked at apart.
  if (ts.isBinaryExpression(parent)) return parent.left === at || !assigns(parent);
  if (ts.isVariableDeclaration(parent)) return parent.initializer !== at || ts.isArrayBindingPattern(parent.name);
  return ts.isCallExpression(parent) && parent.expression !== at && readers.test(parent.expression.getText());
}

/** The places of a file that are a variable, or end in a member of some name. */
function placesNamed(file: ParsedFile, name: ts.Node): readonly ts.Expression[] {
  const symbol = ts.isIdentifier(name) ? symbolOf(file.checker, name) : undefined;
  const isVariable = symbol?.valueDeclaration !== undefined && !ts.isPropertyDeclaration(symbol.valueDeclaration);
  return placesOf(file.tree, name.getText()).flatMap((place): readonly ts.Expression[] => {
    const { parent } = place;
    if (place === name || !ts.isIdentifier(place)) return [];
    if (ts.isPropertyAccessExpression(parent) && parent.name === place) return isVariable ? [] : [parent];
    return isVariable && symbolOf(file.checker, place) === symbol ? [place] : [];
  });
}

/** The name that a list gets where it is made. */
function nameAt({ parent }: ts.Node): ts.Node | null {
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return ts.isIdentifier(parent.name) ? parent.name : null;
  if (ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name;
  if (!ts.isBinaryExpression(parent)) return null;
  return ts.isPropertyAccessExpression(parent.left) ? parent.left.name : parent.left;
}

const isNamedOnly = (node: ts.Node): boolean =>
  ts.isIdentifier(node) ||
  ts.isParameter(node) ||
  ts.isPropertyAccessExpression(node) ||
  ts.isElementAccessExpression(node) ||
  node.kind === ts.SyntaxKind.ThisKeyword;

/**
 * Whether the name of a list tells what is in there: it does of a parameter and of a member nothing sets, and of a list
 * that is written out where all that is done with it is seen.
 */
export function isToldByName(root: Root): boolean {
  if (root.kind !== 'open' && root.kind !== 'package' && root.kind !== 'value') return true;
  const { file, node } = root;
  if (node === null || isNamedOnly(node)) return true;
  const name = isWrittenOut(node) ? nameAt(node) : null;
  return name !== null && !isForOthers(name) && placesNamed(file, name).every(isUnderstood);
}

/** Others may fill what a file exports. */
function isForOthers({ parent }: ts.Node): boolean {
  if (ts.isVariableDeclaration(parent)) return isExported(parent);
  return ts.isPropertyAccessExpression(parent) && isExportsObject(parent.expression);
}
