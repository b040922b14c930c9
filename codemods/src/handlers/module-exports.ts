/** handlers/module-exports: the places of a file that say what its module exports, and what places do to an object there. */
import { thisScope } from '../clients/receiver.ts';
import { isAccess } from '../syntax/access.ts';
import { isExportsObject } from '../syntax/exported.ts';
import { descendants, isNameOnly, isSetting } from '../syntax/syntax.ts';
import { isMemberNamed } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';

/** Everything in a node that is what its module exports, or leads there: `exports`, `module`, `this` outside of functions. */
export const exportsIn = (node: ts.Node): readonly ts.Expression[] =>
  descendants(node).flatMap((one): readonly ts.Expression[] => {
    if (one.kind === ts.SyntaxKind.ThisKeyword) return ts.isSourceFile(thisScope(one)) ? [one as ts.Expression] : [];
    if (!ts.isIdentifier(one) || isNameOnly(one) || !/^(exports|module)$/.test(one.text)) return [];
    const { parent } = one;
    return one.text === 'module' && isMemberNamed(parent, 'exports') ? [parent] : [one];
  });

/** `Object.defineProperty(exports, '__esModule', ...)`, which compilers write: a spread does not copy it. */
export const marksModule = (node: ts.Node): boolean =>
  /^Object\.defineProperty\((module\.)?exports,\s*['"]__esModule['"]/.test(node.getText());

const comparing = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

const isAnd = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.AmpersandAmpersandToken;

/** Whether a place copies an object, tests it or exports it, and so leaves it as it is. */
export function onlyLooks(parent: ts.Node, at: ts.Node): boolean {
  if (ts.isBinaryExpression(parent)) {
    const { left, right, operatorToken } = parent;
    if (isSetting(parent))
      return right === at && (isExportsObject(left) || (isAccess(left) && isExportsObject(left.expression)));
    return comparing.has(operatorToken.kind) || (isAnd(operatorToken) && left === at);
  }
  if (ts.isVariableDeclaration(parent)) return ts.isObjectBindingPattern(parent.name);
  return (
    ts.isSpreadAssignment(parent) ||
    ts.isForInStatement(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isTypeQueryNode(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isIfStatement(parent) && parent.expression === at)
  );
}
