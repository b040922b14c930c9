/** modules/exported-as: the names under which other files know a function. */
import { isExportsObject } from '../syntax/exported.ts';
import { unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Stands for a module that is the function itself: `module.exports = ask`. */
export const whole = '=';

const hasWord = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((one) => one.kind === kind);

/** The names that the keyword `export` before a declaration gives; none without it. */
export function byKeyword(declaration: ts.Node, name: string | undefined): readonly string[] {
  if (!hasWord(declaration, ts.SyntaxKind.ExportKeyword)) return [];
  if (hasWord(declaration, ts.SyntaxKind.DefaultKeyword)) return ['default'];
  return name === undefined ? [] : [name];
}

/** The name that an assignment to this exports; `null` for anything else. */
export function assignedName(left: ts.Expression): string | null {
  if (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression)) return left.name.text;
  const quoted =
    ts.isElementAccessExpression(left) && isExportsObject(left.expression) ? left.argumentExpression : null;
  if (quoted !== null) return ts.isStringLiteralLike(quoted) ? quoted.text : null;
  return ts.isPropertyAccessExpression(left) && isExportsObject(left) ? whole : null;
}

/** Whether an assignment gives the whole module to `exports` as well: that name alone exports nothing. */
const isAlias = (left: ts.Expression, right: ts.Expression, more: readonly string[] | null): boolean => {
  if (!ts.isIdentifier(left) || left.text !== 'exports') return false;
  const value = unwrap(right);
  return more?.includes(whole) === true || (ts.isBinaryExpression(value) && assignedName(value.left) === whole);
};

/** `module.exports = { ask }`: what the value of one of the properties is exported as. */
function inObject(property: ts.ObjectLiteralElementLike): readonly string[] | null {
  const name = property.name;
  const holder = property.parent;
  if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) return null;
  if (!ts.isObjectLiteralExpression(holder)) return null;
  const outer = asValue(holder);
  return outer?.length === 1 && outer[0] === whole ? [name.text] : null;
}

/**
 * The names under which the place of a value exports it.
 *
 * @returns none where the value goes nowhere, `null` where it goes somewhere that is not understood
 */
export function asValue(value: ts.Expression): readonly string[] | null {
  const { parent } = wrapped(value);
  if (ts.isExpressionStatement(parent)) return [];
  if (ts.isExportAssignment(parent)) return [parent.isExportEquals === true ? whole : 'default'];
  if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent)) {
    return ts.isPropertyAssignment(parent) && parent.initializer !== wrapped(value) ? null : inObject(parent);
  }
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
  if (parent.right !== wrapped(value)) return null;
  const name = assignedName(parent.left);
  const more = asValue(parent);
  if (isAlias(parent.left, parent.right, more)) return more;
  return name === null || more === null ? null : [name, ...more];
}

/** The names of a method that stands in the object a CommonJS file exports. */
export function asMethod(method: ts.MethodDeclaration): readonly string[] | null {
  return ts.isObjectLiteralExpression(method.parent) ? inObject(method) : null;
}
