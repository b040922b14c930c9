/** values/changed-values: whether a file puts something into the object or the list that a variable holds. */
import { isAccess } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isDeclarationName, isNameOnly, placesOf, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** Calls that leave what they are given as it is. */
const onlyLook = /^(console\.\w+|JSON\.stringify|Object\.(keys|values|entries|freeze|assign))$/;

const fills = /^(push|unshift|splice|pop|shift|fill|reverse|sort|copyWithin)$/;

function changedByCall(call: ts.CallExpression, at: ts.Node): boolean {
  const callee = call.expression.getText();
  return !onlyLook.test(callee) || (callee === 'Object.assign' && call.arguments[0] === at);
}

const nameOf = (access: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | null => {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : null;
};

/** Whether one use of a variable changes what it holds, or goes where that may happen. */
function changes(file: ParsedFile, use: ts.Identifier, member: string | null): boolean {
  let at = wrapped(use);
  const path: (string | null)[] = [];
  let { parent } = at;
  while (isAccess(parent) && parent.expression === at) {
    path.push(nameOf(parent));
    at = wrapped(parent);
    parent = at.parent;
  }
  const [first = member] = path;
  if (member !== null && first !== null && first !== member) return false;
  if (writtenAt(at).length > 0) return true;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return isChanged(file, parent.name, member);
  if (!ts.isCallExpression(parent)) return false;
  return parent.expression === at ? fills.test(path.at(-1) ?? '') : changedByCall(parent, at);
}

/**
 * Whether a file changes what a variable holds, beside its declaration; never for what is no variable.
 *
 * @param member - the one member of it that is asked about, if it is one
 */
export function isChanged(file: ParsedFile, variable: ts.Expression, member: string | null = null): boolean {
  const name = unwrap(variable);
  if (!ts.isIdentifier(name)) return false;
  const symbol = symbolOf(file.checker, name);
  return placesOf(file.tree, name.text).some(
    (use) =>
      ts.isIdentifier(use) &&
      use !== name &&
      !isNameOnly(use) &&
      !isDeclarationName(use) &&
      symbolOf(file.checker, use) === symbol &&
      changes(file, use, member),
  );
}
