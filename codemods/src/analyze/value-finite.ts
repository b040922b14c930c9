/** analyze/value-finite: whether a value is NaN or Infinity perhaps, looked at where it is made and not where it goes. */
import { ts } from '../typescript.js';
import { isTested } from './divisors.ts';
import { entriesMade, listOf, makesNumbers } from './made-entries.ts';
import { areDigits } from './matched-digits.ts';
import { isOpenList } from './maybe-missing.ts';
import { type Kind, kindOf } from './not-finite.ts';
import { isNumber } from './numbers.ts';
import type { ParsedFile } from './program.ts';
import { type Scope, symbolOf, unwrap } from './syntax.ts';
import { writesToVariable } from './writes.ts';

/** What an expression may be by itself, whatever is in it. */
type Itself = (scope: Scope, node: ts.Node) => Kind | null;

interface Look {
  readonly file: ParsedFile;
  readonly scope: Scope;
  readonly itself: Itself;
  readonly depth: number;
  /** The names that were followed. */
  readonly seen: Set<string>;
}

const counting = /^(Math\.\w+|Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;

/** The function around a place, or its file: what tests stand there. */
function scopeAround(node: ts.Node): Scope {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) && 'body' in at && at.body !== undefined) return at as Scope;
  }
  const tree = node.getSourceFile();
  return { pos: tree.pos, end: tree.end, body: tree };
}

const worst = (found: readonly (Kind | null)[]): Kind | null =>
  found.includes('infinite') ? 'infinite' : (found.find((one) => one !== null) ?? null);

function ofBinary(look: Look, { left, right, operatorToken: { kind } }: ts.BinaryExpression): Kind | null {
  const { BarBarToken, AmpersandAmpersandToken, QuestionQuestionToken, PlusToken, MinusToken } = ts.SyntaxKind;
  if (kind === BarBarToken || kind === AmpersandAmpersandToken) return of(look, right);
  const product = kind >= ts.SyntaxKind.AsteriskToken && kind <= ts.SyntaxKind.PercentToken;
  const both = product || kind === QuestionQuestionToken || kind === PlusToken || kind === MinusToken;
  return both ? worst([of(look, left), of(look, right)]) : null;
}

// A name may stand thousands of times in one list.
const valuesFor = new WeakMap<ts.Declaration, readonly ts.Expression[]>();

/** Every value that a variable is given. */
function valuesOf(file: ParsedFile, name: ts.Identifier): readonly ts.Expression[] {
  const symbol = symbolOf(file.checker, name);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined || !ts.isVariableDeclaration(declared)) return [];
  const known = valuesFor.get(declared);
  if (known !== undefined) return known;
  const values = [declared.initializer ?? null, ...writesToVariable(file, symbol)].flatMap((one) => one ?? []);
  valuesFor.set(declared, values);
  return values;
}

/** What the entries of a list may be. */
const ofList = (look: Look, list: ts.Expression): Kind | null =>
  worst(
    entriesMade(look.file, list).map((one) => of({ ...look, scope: scopeAround(one), depth: look.depth - 1 }, one)),
  );

function ofName(look: Look, name: ts.Identifier): Kind | null {
  if (makesNumbers(name)) return 'nan';
  // A variable that is made of itself says nothing more the second time.
  if (look.seen.has(name.text)) return null;
  look.seen.add(name.text);
  const declared = symbolOf(look.file.checker, name)?.valueDeclaration;
  const list = declared === undefined ? null : listOf(declared);
  if (list !== null) return ofList(look, list);
  return worst(valuesOf(look.file, name).map((one) => of({ ...look, depth: look.depth - 1 }, one)));
}

/** Whether an expression is the number of a text that a pattern says to be one of digits. */
function countsDigits(file: ParsedFile, at: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(at)) return signs.has(at.operator) && areDigits(file, at.operand);
  const text = ts.isCallExpression(at) && counting.test(at.expression.getText()) ? at.arguments[0] : undefined;
  return text !== undefined && areDigits(file, text);
}

/** What one of the entries of a list may be: `list[0]`, `list.at(0)`. */
function ofEntry(look: Look, at: ts.Expression): Kind | null {
  if (ts.isElementAccessExpression(at)) return ofList(look, at.expression);
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return null;
  return /^(at|pop|shift|find|findLast)$/.test(at.expression.name.text) ? ofList(look, at.expression.expression) : null;
}

function ofParts(look: Look, at: ts.Expression): Kind | null {
  if (countsDigits(look.file, at)) return null;
  const own = look.itself(look.scope, at) ?? (countsText(look, at) ? 'nan' : null);
  if (own !== null) return own;
  if (ts.isConditionalExpression(at)) return worst([of(look, at.whenTrue), of(look, at.whenFalse)]);
  if (ts.isBinaryExpression(at)) return ofBinary(look, at);
  if (ts.isPrefixUnaryExpression(at)) return signs.has(at.operator) ? of(look, at.operand) : null;
  if (ts.isIdentifier(at)) return ofName(look, at);
  if (ts.isPropertyAccessExpression(at)) return makesNumbers(at) ? 'nan' : null;
  if (!ts.isCallExpression(at) || !counting.test(at.expression.getText())) return ofEntry(look, at);
  return worst(at.arguments.map((one) => (ts.isSpreadElement(one) ? ofList(look, one.expression) : of(look, one))));
}

function of(look: Look, node: ts.Expression): Kind | null {
  const at = unwrap(node);
  const found = look.depth === 0 ? null : ofParts(look, at);
  // Tests are looked for only where there is something to doubt: that goes through the whole function.
  return found === null || isTested(look.scope, at) ? null : found;
}

/** A name that is one entry of a list, or of such a value: `const [a] = text.split(' ')`. */
function isNameOfText(file: ParsedFile, name: ts.Identifier): boolean {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  if (declared === undefined) return false;
  if (ts.isBindingElement(declared)) return declared.initializer === undefined && isOpenList(listOf(declared));
  if (!ts.isVariableDeclaration(declared) || declared.initializer === undefined) return false;
  const from = unwrap(declared.initializer);
  return !ts.isIdentifier(from) && isText(file, from) && !isTested(scopeAround(from), from);
}

/** What is a text, or nothing, where no type speaks of numbers: an entry of a list, a variable of the environment. */
function isText(file: ParsedFile, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (file.typed) return false;
  if (ts.isIdentifier(at)) return isNameOfText(file, at);
  if (ts.isElementAccessExpression(at))
    return ts.isNumericLiteral(at.argumentExpression) && !areDigits(file, at) && !isNumber(file, at);
  if (ts.isCallExpression(at)) return /\.(getString|getTextInputValue)$/.test(at.expression.getText());
  return /^process\.env\.\w+$/.test(at.getText());
}

/** Arithmetic with a text makes a number of it. */
function countsText({ file, scope }: Look, at: ts.Expression): boolean {
  const isOpen = (one: ts.Expression): boolean => isText(file, one) && !isTested(scope, one);
  if (ts.isCallExpression(at)) return /^Math\.\w+$/.test(at.expression.getText()) && at.arguments.some(isOpen);
  if (!ts.isBinaryExpression(at)) return false;
  const { kind } = at.operatorToken;
  const product = kind >= ts.SyntaxKind.AsteriskToken && kind <= ts.SyntaxKind.PercentToken;
  return (product || kind === ts.SyntaxKind.MinusToken) && [at.left, at.right].some(isOpen);
}

const signs = new Set<ts.SyntaxKind>([ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken]);

/** What a value may be that is no finite number, as far as its expression and the names in it tell. */
export const notFiniteValue = (file: ParsedFile, node: ts.Expression): Kind | null =>
  of({ file, scope: scopeAround(node), itself: kindOf, depth: 5, seen: new Set() }, node);

/** Whether a node says nothing but a name that this file does not declare: of such a value nothing tells. */
const isUnknown = ({ checker }: ParsedFile, node: ts.Node): boolean => {
  const given = ts.isCallExpression(node) ? node.arguments[0] : ts.isPrefixUnaryExpression(node) ? node.operand : null;
  return given != null && ts.isIdentifier(given) && symbolOf(checker, given)?.valueDeclaration === undefined;
};

/** Whether a value is a number of a text, which need not be one. What a number is divided by is taken to be there. */
export const mayBeNoNumber = (file: ParsedFile, node: ts.Expression): boolean => {
  const itself: Itself = (scope, one) =>
    ts.isBinaryExpression(one) || isUnknown(file, one) ? null : kindOf(scope, one);
  return of({ file, scope: scopeAround(node), itself, depth: 5, seen: new Set() }, node) === 'nan';
};
