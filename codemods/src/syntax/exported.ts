/** syntax/exported: whether other files may read what a file declares, however it says so. */
import { ts } from '../typescript.js';
import { isAccess } from './access.ts';
import { declarationOf } from './free-names.ts';
import { placesOf, unwrap, wrapped } from './syntax.ts';

/** Whether an expression is what a CommonJS file exports: `module.exports`, or `exports`. */
export function isExportsObject(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text === 'exports';
  return ts.isPropertyAccessExpression(at) && at.getText().replace(/\s/g, '') === 'module.exports';
}

/** Whether an expression is a member of what a CommonJS file exports, or all of it. */
function isInExports(node: ts.Expression): boolean {
  if (isExportsObject(node)) return true;
  const at = unwrap(node);
  return isAccess(at) && isInExports(at.expression);
}

/** Whether a place exports what stands there: `export { it }`, `export default it`, `exports.it = it`, `module.exports = { it }`. */
function isExportPlace(place: ts.Expression): boolean {
  const at = wrapped(place);
  const { parent } = at;
  if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) return true;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isSpreadAssignment(parent)) return isExportPlace(parent.parent);
  if (ts.isPropertyAssignment(parent)) return parent.initializer === at && isExportPlace(parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return isExportPlace(parent);
  if (!ts.isBinaryExpression(parent) || parent.right !== at) return false;
  return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && (isInExports(parent.left) || isExportPlace(parent));
}

/** Whether other files may read what is declared: by the keyword before it, or by a place of its file that exports its name. */
export function isExported(declared: ts.Declaration): boolean {
  if ((ts.getCombinedModifierFlags(declared) & ts.ModifierFlags.Export) !== 0) return true;
  const name = ts.getNameOfDeclaration(declared);
  if (name === undefined || !ts.isIdentifier(name)) return false;
  const tree = declared.getSourceFile();
  return placesOf(tree, name.text).some(
    (place) =>
      ts.isIdentifier(place) && place !== name && isExportPlace(place) && declarationOf(place, tree) === declared,
  );
}
