/** results/telling-words: what operators, tests and methods make of nothing, by what they are alone. */
import { isExported } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { placesOf, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Methods that only ask what their callback gives. */
const testing = new Set(['find', 'filter', 'some', 'every', 'findIndex', 'findLast', 'findLastIndex']);
/** Methods that hand each entry of a list to their callback. */
export const walking: ReadonlySet<string> = new Set([...testing, 'map', 'flatMap', 'forEach']);
/** Methods that give nothing of what a list holds, or the same text for either. */
export const silent = /^(add|clear|join|keys|push|toString|unshift)$/;
/** Functions that make the same of a list whichever of the two it holds. */
export const blind = /^(Array\.isArray|Boolean|JSON\.stringify|Object\.keys)$/;

const { SyntaxKind } = ts;

/** Comparisons for which `null` and `undefined` are the same. */
export const loose: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);
/** Comparisons for which they are two. */
export const strict: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);
/** What gives something else for `undefined` than for `null`, which counts as 0. */
export const counting: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken],
  ...[SyntaxKind.PercentToken, SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken],
  ...[SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken],
  ...[SyntaxKind.PlusEqualsToken, SyntaxKind.MinusEqualsToken, SyntaxKind.AsteriskEqualsToken],
]);
/** `a || b`, `a ?? b`: what is nothing is not given. */
export const replaces: ReadonlySet<ts.SyntaxKind> = new Set([SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken]);

/** Whether what a callback gives is only tested, as `find` does. */
export function isTestOfList(fn: ts.Node): boolean {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== fn) return false;
  return ts.isPropertyAccessExpression(call.expression) && testing.has(call.expression.name.text);
}

/** Whether what is around a value asks only whether it holds, or leaves it: `if (x)`, `!x`, `x;`. */
export function isTestedAt(around: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(around)) return around.operator === SyntaxKind.ExclamationToken;
  if (ts.isExpressionStatement(around)) return true;
  return ts.isIfStatement(around) || ts.isWhileStatement(around) || ts.isDoStatement(around);
}

/** Whether a place tests a value, or lays it out: neither of the two nothings can be gone through. */
export function isBlindPlace(at: ts.Expression): boolean {
  const { parent } = at;
  if (isTestedAt(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) return true;
  return ts.isForOfStatement(parent) && parent.expression === at;
}

/** Whether a function has its arguments in a list: `(...all) => all[0]`, or by `arguments`. */
export function listsArguments(fn: ts.SignatureDeclaration): boolean {
  if (fn.parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)) return true;
  if (ts.isArrowFunction(fn)) return false;
  return placesOf(fn.getSourceFile(), 'arguments').some((one) => fn.pos <= one.pos && one.end <= fn.end);
}

/** Whether other files may read what a name holds. */
export function isExportedName({ checker }: ParsedFile, name: ts.Identifier): boolean {
  const declared = symbolOf(checker, name)?.valueDeclaration;
  return declared === undefined || isExported(declared);
}

/** Whether a name is a list or a map that is made empty, or of what is written, where it is declared. */
export function isOwnList(file: ParsedFile, name: ts.Identifier): boolean {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  const made = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return made !== undefined && (ts.isArrayLiteralExpression(made) || ts.isNewExpression(made));
}
