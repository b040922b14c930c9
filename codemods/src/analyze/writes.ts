/** analyze/writes: everything a file puts into one variable, or into one member of an object. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { dottedNames, placesOf, symbolOf, unwrap } from './syntax.ts';

/** What is put there; `null` where the text does not say (taken out of a list or an object, counted, computed). */
export type Written = ts.Expression | null;

const setting = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;

/** Whether a node stands in a pattern that values are taken apart into: `[x] = ...`, `for ({ x } of ...)`. */
function isInPattern(node: ts.Node): boolean {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (isAssignment(parent)) return parent.left === at;
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === at;
    const deeper =
      ts.isArrayLiteralExpression(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === at) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isParenthesizedExpression(parent);
    if (!deeper) return false;
    at = parent;
  }
}

/** What one mention of a variable or a member puts into it: a list of one, or nothing when it only reads. */
export function writtenAt(node: ts.Node): readonly Written[] {
  const { parent } = node;
  if (isAssignment(parent) && parent.left === node) {
    return [setting.has(parent.operatorToken.kind) ? parent.right : null];
  }
  const counts =
    (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) &&
    [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(parent.operator);
  return counts || ts.isDeleteExpression(parent) || isInPattern(node) ? [null] : [];
}

const classAround = (node: ts.Node): ts.Node => {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) at = at.parent;
  return at;
};

/** Everything a file assigns to a variable after its declaration. */
export function writesToVariable(file: ParsedFile, symbol: ts.Symbol): readonly Written[] {
  return placesOf(file.tree, symbol.name).flatMap((node) => {
    if (!ts.isIdentifier(node) || symbolOf(file.checker, node) !== symbol) return [];
    return writtenAt(node);
  });
}

/** Everything a file puts into a dotted path (`this.manager = new ShardingManager()`), fields of the class included. */
export function writesToPath(target: ts.Node, path: string): readonly Written[] {
  const mine = path.startsWith('this.') ? classAround(target) : null;
  const last = path.slice(path.lastIndexOf('.') + 1);
  const isHere = (node: ts.Node): boolean => mine === null || classAround(node) === mine;
  return placesOf(target.getSourceFile(), last).flatMap(({ parent: node }): readonly Written[] => {
    if (ts.isPropertyDeclaration(node)) {
      const holds = path === `this.${node.name.getText()}` && isHere(node.parent);
      return holds && node.initializer !== undefined ? [node.initializer] : [];
    }
    if (!ts.isPropertyAccessExpression(node)) return [];
    const written = writtenAt(node);
    return written.length > 0 && dottedNames(node)?.join('.') === path && isHere(node) ? written : [];
  });
}

/** `null` and `undefined` say that nothing is there, not what is. */
export function isNothing(node: ts.Expression): boolean {
  const at = unwrap(node);
  return (
    at.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(at) || (ts.isIdentifier(at) && at.text === 'undefined')
  );
}
