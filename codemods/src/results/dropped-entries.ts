/** results/dropped-entries: whether a test that a list is sifted by never holds for `null` or `undefined`. */
import { isNeverNull } from '../doubts/never-null.ts';
import { nothingsIn } from '../doubts/nothing-told.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { both, excludedBy, type Nothing } from './guarded-entries.ts';

const { AmpersandAmpersandToken, BarBarToken, EqualsEqualsToken, EqualsEqualsEqualsToken, ExclamationToken } =
  ts.SyntaxKind;

const equal: ReadonlySet<ts.SyntaxKind> = new Set([EqualsEqualsToken, EqualsEqualsEqualsToken]);

/** What an expression is a member of, or calls, step by step; `isSafe` where a `?.` keeps it from throwing. */
function rootOf(node: ts.Expression): { readonly name: string; readonly isSafe: boolean; readonly isMember: boolean } {
  let at = unwrap(node);
  let isSafe = false;
  const whole = at;
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isCallExpression(at)) {
    isSafe = at.questionDotToken !== undefined;
    at = unwrap(at.expression);
  }
  return { name: at.getText(), isSafe, isMember: at !== whole };
}

/** Whether an expression throws where a name is nothing, so that no list comes of it at all. */
function throwsFor(node: ts.Expression, name: string): boolean {
  const root = rootOf(node);
  return root.name === name && root.isMember && !root.isSafe;
}

interface Within {
  readonly file: ParsedFile;
  /** The name of the entry. */
  readonly name: string;
}

/** `x.id === own`, `x?.id === own`: whether a comparison holds only where there is an entry, or throws. */
function asksEntry({ file, name }: Within, { left, right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  if ([left, right].some((one) => throwsFor(one, name))) return true;
  if (!equal.has(kind)) return false;
  if (ts.isTypeOfExpression(unwrap(left))) return false;
  if (rootOf(left).name === name) return isNeverNull(file, right);
  return rootOf(right).name === name && isNeverNull(file, left);
}

/** `[null, undefined].includes(x)` */
function isOfBoth({ file, name }: Within, at: ts.Expression): boolean {
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  const { name: method, expression: list } = at.expression;
  const isAsked = /^(has|includes)$/.test(method.text) && at.arguments[0]?.getText() === name;
  return isAsked && nothingsIn(file, list).size === 2;
}

/** `a && b`, `a || b`, or a comparison. */
function ofTwo(within: Within, at: ts.BinaryExpression, holds: boolean): readonly Nothing[] {
  const { kind } = at.operatorToken;
  const isAnd = kind === AmpersandAmpersandToken;
  if (!isAnd && kind !== BarBarToken) return holds && asksEntry(within, at) ? both : excludedBy(at, within.name, holds);
  const left = droppedBy(within, at.left, holds);
  const right = droppedBy(within, at.right, holds);
  if (isAnd === holds) return both.filter((one) => left.includes(one) || right.includes(one));
  return both.filter((one) => left.includes(one) && right.includes(one));
}

/** What an entry is not where a test of it holds, or where it does not. */
function droppedBy(within: Within, test: ts.Expression, holds: boolean): readonly Nothing[] {
  const at = unwrap(test);
  if (ts.isPrefixUnaryExpression(at) && at.operator === ExclamationToken) return droppedBy(within, at.operand, !holds);
  if (ts.isBinaryExpression(at)) return ofTwo(within, at, holds);
  const [asked] = ts.isCallExpression(at) && at.expression.getText() === 'Boolean' ? at.arguments : [];
  if (asked !== undefined) return droppedBy(within, asked, holds);
  if (throwsFor(at, within.name)) return both;
  if (isOfBoth(within, at)) return holds ? [] : both;
  return holds && rootOf(at).name === within.name ? both : [];
}

/** Whether what `filter` or `find` gives by a test is never an entry that is `null` or `undefined`. */
export function dropsNothing(file: ParsedFile, test: ts.Expression | undefined): boolean {
  if (test === undefined) return false;
  if (ts.isIdentifier(test) && test.text === 'Boolean') return true;
  const called = calledFunction(file, test);
  const [entry] = called?.fn.parameters ?? [];
  if (called === null || entry === undefined || entry.initializer !== undefined) return false;
  // Who takes an entry apart throws where there is none.
  if (!ts.isIdentifier(entry.name)) return true;
  const within: Within = { file: called.file, name: entry.name.text };
  const { body } = called.fn;
  const given = body === undefined ? [] : returnedBy({ body });
  return given.length > 0 && given.every((one) => droppedBy(within, one, true).length === both.length);
}
