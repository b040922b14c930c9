/** doubts/value-given: what a name may stand for: every value that it is given, and the function that it calls. */
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { type CalledFunction, calledFunction } from '../values/called-function.ts';

// A name may stand thousands of times in one list.
const valuesFor = new WeakMap<ts.Declaration, readonly ts.Expression[]>();

const declarationFor = (file: ParsedFile, name: ts.Identifier): ts.Declaration | undefined =>
  symbolOf(file.checker, name)?.valueDeclaration;

function allValues(file: ParsedFile, name: ts.Identifier): readonly ts.Expression[] {
  const symbol = symbolOf(file.checker, name);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined || !ts.isVariableDeclaration(declared)) return [];
  const known = valuesFor.get(declared);
  if (known !== undefined) return known;
  const values = [declared.initializer ?? null, ...writesToVariable(file, symbol)].flatMap((one) => one ?? []);
  valuesFor.set(declared, values);
  return values;
}

/** Whether a value takes the place of what is nothing, or no number, of the variable itself: `x ||= 1`, `x = x || 1`. */
function mends(value: ts.Expression): boolean {
  const { parent } = value;
  if (!ts.isBinaryExpression(parent) || parent.right !== value) return false;
  if (parent.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken) return true;
  const at = unwrap(value);
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isBinaryExpression(at)) return false;
  return at.operatorToken.kind === ts.SyntaxKind.BarBarToken && at.left.getText() === parent.left.getText();
}

/** Whether what stands at a value has been run whenever a place behind it is reached. */
function isPassed(value: ts.Expression, place: ts.Node): boolean {
  const statement = value.parent.parent;
  const { parent } = statement;
  return (
    ts.isExpressionStatement(statement) && value.end <= place.pos && parent.pos <= place.pos && place.end <= parent.end
  );
}

/** Every value that a variable may have at a place: what was mended since counts no more. */
export function valuesOf(file: ParsedFile, name: ts.Identifier): readonly ts.Expression[] {
  const values = allValues(file, name);
  const last = values.findLastIndex((one) => mends(one) && isPassed(one, name));
  return last === -1 ? values : values.slice(last);
}

/** A value that a function is called with, and the file of the call. */
export interface GivenValue {
  readonly file: ParsedFile;
  readonly value: ts.Expression;
}

/** What the parameters of functions are that were followed. */
export type Given = ReadonlyMap<ts.Node, GivenValue>;

type Called = CalledFunction['fn'];

/** The function of the same file that a call runs. */
function calledHere(file: ParsedFile, { expression: callee }: ts.CallExpression): Called | null {
  const declared = ts.isIdentifier(callee) ? declarationFor(file, callee) : undefined;
  const made =
    declared !== undefined && ts.isVariableDeclaration(declared) && declared.initializer !== undefined
      ? unwrap(declared.initializer)
      : declared;
  if (made === undefined || made.getSourceFile() !== file.tree) return null;
  const isOne = ts.isArrowFunction(made) || ts.isFunctionExpression(made) || ts.isFunctionDeclaration(made);
  return isOne ? made : null;
}

/** The function of the bot that a call runs, and the file it stands in; `null` where the text does not say. */
export function calledIn(file: ParsedFile, call: ts.CallExpression): Pick<CalledFunction, 'file' | 'fn'> | null {
  const here = calledHere(file, call);
  const called = here === null ? calledFunction(file, call.expression) : { file, fn: here };
  return called?.fn.body === undefined || called.fn.asteriskToken !== undefined ? null : called;
}

/** What a name is taken out of: the list or object, and the pattern's element. */
export function takenFrom(
  file: ParsedFile,
  name: ts.Identifier,
): { readonly from: ts.Expression; readonly element: ts.BindingElement } | null {
  const element = declarationFor(file, name);
  if (element === undefined || !ts.isBindingElement(element)) return null;
  const declared = element.parent.parent;
  if (!ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  return { from: declared.initializer, element };
}
