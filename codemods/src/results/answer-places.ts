/** results/answer-places: small questions about the places where the answer of one cluster stands. */
import { loadersOf, loadsByMadeNames } from '../files/wrapper-files.ts';
import { chooses } from '../modules/held.ts';
import { isExported } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isSetting, nameText, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

/** What an expression is, with what is only said of it: in parentheses, surely there. */
export function saidOf(node: ts.Expression): ts.Expression {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) ? saidOf(parent) : node;
}

/** Whether an operator is about a value that is no list: it calculates, or compares with something that is there. */
export function isOfValue({ left, right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const { InKeyword, InstanceOfKeyword } = ts.SyntaxKind;
  return ![InKeyword, InstanceOfKeyword].includes(kind) && ![left, right].some((one) => isNothing(one) || isText(one));
}

/** Beside a text a list becomes one, too. */
const isText = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** What reading a member says: one that no list has is of the value, and a method of lists is of one. */
export function memberSays(name: string, isCalled: boolean): 'used' | 'indexed' | 'unknown' {
  if (!(name in [])) return 'used';
  return name === 'length' || (isCalled && !(name in {})) ? 'indexed' : 'unknown';
}

/** What a pattern says by the names that it takes, but for the rest. */
export function patternSays(pattern: ts.ObjectBindingPattern | ts.ObjectLiteralExpression) {
  const parts: readonly (ts.BindingElement | ts.ObjectLiteralElementLike)[] = ts.isObjectBindingPattern(pattern)
    ? pattern.elements.filter((one) => one.dotDotDotToken === undefined)
    : pattern.properties;
  const names = parts.flatMap((one) => (ts.isBindingElement(one) ? (one.propertyName ?? one.name) : (one.name ?? [])));
  return names.map((name) => {
    if (ts.isNumericLiteral(name)) return 'indexed';
    return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? memberSays(nameText(name), false) : 'unknown';
  });
}

/** Whether files beside its own may get what one declares. */
export function isShared({ source: { path } }: ParsedFile, declaration: ts.Declaration): boolean {
  return isExported(declaration) && (loadersOf(path).length > 0 || loadsByMadeNames(path));
}

/** Whether a value is one of those that are known, as far as it is not nothing. */
function isOneOf(value: ts.Expression, isKnown: (node: ts.Expression) => boolean): boolean {
  const at = unwrap(value);
  if (isKnown(at) || isNothing(at)) return true;
  return (
    ts.isBinaryExpression(at) && chooses(at.operatorToken) && [at.left, at.right].some((one) => isOneOf(one, isKnown))
  );
}

/** Those of the uses of a name that read it where it may have got another value than the one that is `known`. */
export function usesOfOthers(
  uses: readonly ts.Identifier[],
  isKnown: (node: ts.Expression) => boolean,
): ReadonlySet<ts.Identifier> {
  const all = new Set<ts.Node>(uses);
  const writes = uses.flatMap(({ parent }) =>
    isSetting(parent) && all.has(parent.left) && !isOneOf(parent.right, (node) => all.has(node) || isKnown(node))
      ? parent.right
      : [],
  );
  if (writes.length === 0) return new Set();
  // What makes the other value of this one still reads this one.
  const before = new Set(writes.flatMap((one) => [one, ...descendants(one)]));
  return new Set(uses.filter((one) => !before.has(one)));
}
