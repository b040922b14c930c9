/** syntax/written-names: names as the text of one file says them, without a program around it. */
import { ts } from '../typescript.js';
import { type Access, isAccess } from './access.ts';
import { placesOf, unwrap } from './syntax.ts';
import { writtenAt } from './writes.ts';

/** Every variable, parameter and part of a pattern that a file declares under a name, in whichever scope. */
const declaredAs = (tree: ts.SourceFile, name: string): readonly ts.Declaration[] =>
  placesOf(tree, name).flatMap((one): readonly ts.Declaration[] => {
    const { parent } = one;
    const isLocal = ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent);
    return isLocal && parent.name === one ? [parent] : [];
  });

const isAtTop = (
  node: ts.Declaration,
): node is ts.VariableDeclaration & { readonly parent: ts.VariableDeclarationList } =>
  ts.isVariableDeclaration(node) &&
  ts.isVariableStatement(node.parent.parent) &&
  ts.isSourceFile(node.parent.parent.parent);

/** The one value of a variable at the top of a file: of a `const`, or of what nothing writes to. */
export function topConst(tree: ts.SourceFile, name: string): ts.Expression | undefined {
  const [found, more] = declaredAs(tree, name).filter(isAtTop);
  if (found === undefined || more !== undefined) return undefined;
  const isConst = (found.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConst || !isWrittenAgain(tree, name) ? found.initializer : undefined;
}

/** Whether something may give a variable another value: a write, or a second `var` further in. */
const isWrittenAgain = (tree: ts.SourceFile, name: string): boolean =>
  placesOf(tree, name).some((one) => writtenAt(one).length > 0) ||
  declaredAs(tree, name).filter(ts.isVariableDeclaration).length > 1;

/** The text an expression stands for: a literal, or a `const` of the file that nothing hides. */
export function textOf(value: ts.Expression): string | null {
  const at = unwrap(value);
  if (!ts.isIdentifier(at)) return ts.isStringLiteralLike(at) ? at.text : null;
  const tree = at.getSourceFile();
  const local = declaredAs(tree, at.text).length === 1 ? topConst(tree, at.text) : undefined;
  return local === undefined || ts.isIdentifier(unwrap(local)) ? null : textOf(local);
}

/** The name of a member of an object, where the text says it. */
export function plainName(name: ts.PropertyName | undefined): string | null {
  if (name === undefined) return null;
  if (ts.isComputedPropertyName(name)) return textOf(name.expression);
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : null;
}

/** The member that an access names: `a.b`, `a['b']`, `a[KEY]`. */
export const memberOf = (access: Access): string | null =>
  ts.isPropertyAccessExpression(access) ? access.name.text : textOf(access.argumentExpression);

/** The names along a value, in quotes or not: `a?.b['c']`; `null` for anything else. */
export function writtenPath(value: ts.Expression): readonly string[] | null {
  const at = unwrap(value);
  if (ts.isIdentifier(at)) return [at.text];
  const name = isAccess(at) ? memberOf(at) : null;
  const left = name !== null && isAccess(at) ? writtenPath(at.expression) : null;
  return left === null || name === null ? null : [...left, name];
}

/** Whether a node is the member `name` of something, in quotes or not. */
export function isMemberNamed(node: ts.Node, name: string): node is Access {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === name;
  const quoted = ts.isElementAccessExpression(node) ? node.argumentExpression : null;
  return quoted !== null && ts.isStringLiteralLike(quoted) && quoted.text === name;
}
