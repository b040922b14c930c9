/** doubts/value-finite: whether a value is NaN or Infinity perhaps, looked at where it is made and not where it goes. */
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { returnedBy, type Scope, scopeAround, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isTested } from './divisors.ts';
import { entriesMade, listOf, makesNumbers } from './made-entries.ts';
import { areDigits } from './matched-digits.ts';
import { type Kind, kindOf } from './not-finite.ts';
import { isNumber } from './numbers.ts';
import { calledIn, type Given, valuesOf } from './value-given.ts';
import { isTestedAsNumber, madeOf, numberOf } from './value-tests.ts';
import { isOpenText, readsDuration } from './value-text.ts';

/** What an expression may be by itself, whatever is in it. */
type Itself = (look: Pick<Look, 'file' | 'scope'>, node: ts.Node) => Kind | null;

interface Look {
  readonly file: ParsedFile;
  readonly scope: Scope;
  readonly itself: Itself;
  readonly depth: number;
  /** The names that were followed. */
  readonly seen: Set<string>;
  /** What the parameters of functions are that were followed. */
  readonly given: Given;
}

const counting = /^(Math\.\w+|Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;

const worst = (found: readonly (Kind | null)[]): Kind | null =>
  found.includes('infinite') ? 'infinite' : (found.find((one) => one !== null) ?? null);

function ofBinary(look: Look, { left, right, operatorToken: { kind } }: ts.BinaryExpression): Kind | null {
  const { BarBarToken, AmpersandAmpersandToken, QuestionQuestionToken, PlusToken, MinusToken } = ts.SyntaxKind;
  if (kind === BarBarToken || kind === AmpersandAmpersandToken) return of(look, right);
  const product = kind >= ts.SyntaxKind.AsteriskToken && kind <= ts.SyntaxKind.PercentToken;
  const both = product || kind === QuestionQuestionToken || kind === PlusToken || kind === MinusToken;
  return both ? worst([of(look, left), of(look, right)]) : null;
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

/** What a function of the bot gives for what it is called with. */
function ofFunction(look: Look, call: ts.CallExpression): Kind | null {
  const called = calledIn(look.file, call);
  if (called === null) return null;
  const { file, fn } = called;
  const given = new Map(look.given);
  for (const [i, one] of call.arguments.entries()) {
    const parameter = fn.parameters[i];
    if (parameter !== undefined && !ts.isSpreadElement(one)) given.set(parameter, { file: look.file, value: one });
  }
  const inside = { ...look, file, scope: fn as Scope, depth: look.depth - 1, given };
  return worst(returnedBy(fn as { readonly body: ts.ConciseBody }).map((one) => of(inside, one)));
}

/** What one of the entries of a list may be: `list[0]`, `list.at(0)`. */
function ofEntry(look: Look, at: ts.Expression): Kind | null {
  if (ts.isElementAccessExpression(at)) return ofList(look, at.expression);
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return null;
  return /^(at|pop|shift|find|findLast)$/.test(at.expression.name.text) ? ofList(look, at.expression.expression) : null;
}

function ofParts(look: Look, at: ts.Expression): Kind | null {
  const own = isOfNumberText(look, at) ? null : (look.itself(look, at) ?? (countsText(look, at) ? 'nan' : null));
  if (own !== null) return own;
  if (ts.isConditionalExpression(at)) return worst([of(look, at.whenTrue), of(look, at.whenFalse)]);
  if (ts.isBinaryExpression(at)) return ofBinary(look, at);
  if (ts.isPrefixUnaryExpression(at)) return signs.has(at.operator) ? of(look, at.operand) : null;
  if (ts.isIdentifier(at)) return ofName(look, at);
  if (ts.isPropertyAccessExpression(at)) return makesNumbers(at) ? 'nan' : null;
  if (!ts.isCallExpression(at)) return ofEntry(look, at);
  if (!counting.test(at.expression.getText())) return ofEntry(look, at) ?? ofFunction(look, at);
  return worst(at.arguments.map((one) => (ts.isSpreadElement(one) ? ofList(look, one.expression) : of(look, one))));
}

/** What a number is made of, as the caller gives it to the function that makes it. */
function madeOfGiven({ file, given }: Look, at: ts.Expression): ts.Expression | null {
  let made = madeOf(at);
  for (let depth = 0, tree = file.tree; made !== null && depth < 5; depth += 1) {
    const name = unwrap(made);
    const declared = ts.isIdentifier(name) ? declarationOf(name, tree) : null;
    const from = declared === null ? undefined : given.get(declared);
    if (from === undefined) break;
    made = from.value;
    tree = from.file.tree;
  }
  return made;
}

/** Whether a number is made of what a test has looked at as one. */
function isProven(look: Look, at: ts.Expression): boolean {
  const made = madeOf(at);
  if (made === null) return false;
  const given = madeOfGiven(look, at);
  if (given !== null && given !== made && isTestedAsNumber(given)) return true;
  if (isTestedAsNumber(made)) return true;
  const inner = unwrap(made);
  const values = ts.isIdentifier(inner) ? valuesOf(look.file, inner) : [];
  return values.length > 0 && values.every((one) => isTestedAsNumber(one));
}

function of(look: Look, node: ts.Expression): Kind | null {
  const at = unwrap(node);
  const found = look.depth === 0 ? null : ofParts(look, at);
  // Tests are looked for only where there is something to doubt: that goes through the whole function.
  return found === null || isTested(look.scope, at) || isProven(look, at) ? null : found;
}

/** Texts that are a number: the id of something of Discord, and what an environment says or else is written. */
function isNumberText(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isStringLiteralLike(at) || ts.isNumericLiteral(at)) return /^\d+$/.test(at.text);
  if (!ts.isBinaryExpression(at))
    return /\.(guild|channel|user|message|owner|application)Id$|^process\.env\.\w+$/.test(at.getText());
  const { BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  const chooses = at.operatorToken.kind === BarBarToken || at.operatorToken.kind === QuestionQuestionToken;
  return chooses && isNumberText(at.left) && isNumberText(at.right);
}

/** Whether a number is made of such a text; one of the environment alone need not be there. */
function isOfNumberText(look: Look, at: ts.Expression): boolean {
  const made = madeOfGiven(look, at);
  if (made !== null && made === madeOf(at) && areDigits(look.file, made)) return true;
  return made !== null && isNumberText(made) && !/^process\.env\.\w+$/.test(unwrap(made).getText());
}

/** Arithmetic with a text makes a number of it. */
function countsText({ file, given }: Look, at: ts.Expression): boolean {
  const look = { file, given, depth: 5, seen: new Set<string>() };
  const isOpen = (one: ts.Expression): boolean => isOpenText({ ...look, seen: new Set() }, one);
  const isGap = (one: ts.Expression): boolean => readsDuration(look, one);
  if (ts.isCallExpression(at)) {
    const callee = at.expression.getText();
    const [first] = at.arguments;
    return numberOf.test(callee)
      ? first !== undefined && isOpen(first)
      : /^Math\.\w+$/.test(callee) && at.arguments.some((one) => isOpen(one) || isGap(one));
  }
  if (ts.isPrefixUnaryExpression(at)) return signs.has(at.operator) && isOpen(at.operand);
  if (!ts.isBinaryExpression(at)) return false;
  const { kind } = at.operatorToken;
  const sides = [at.left, at.right];
  if (kind === ts.SyntaxKind.PlusToken) return sides.some(isGap);
  const product = kind >= ts.SyntaxKind.AsteriskToken && kind <= ts.SyntaxKind.PercentToken;
  return (product || kind === ts.SyntaxKind.MinusToken) && sides.some((one) => isOpen(one) || isGap(one));
}

const signs = new Set<ts.SyntaxKind>([ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken]);

/** What a value may be that is no finite number, as far as its expression and the names in it tell. */
export const notFiniteValue = (file: ParsedFile, node: ts.Expression): Kind | null =>
  of(
    {
      file,
      scope: scopeAround(node),
      itself: ({ scope }, one) => kindOf(scope, one),
      depth: 5,
      seen: new Set(),
      given: new Map(),
    },
    node,
  );

/** Whether a node says nothing but a name that this file does not declare: of such a value nothing tells. */
const isUnknown = ({ checker }: ParsedFile, node: ts.Node): boolean => {
  const given = ts.isCallExpression(node) ? node.arguments[0] : ts.isPrefixUnaryExpression(node) ? node.operand : null;
  return given != null && ts.isIdentifier(given) && symbolOf(checker, given)?.valueDeclaration === undefined;
};

/** Whether a number is made of a parameter that is called an id, which proves no number: `Number(id)`. */
function isOfGivenId(file: ParsedFile, node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !counting.test(node.expression.getText())) return false;
  const [first] = node.arguments;
  const given = first === undefined ? undefined : unwrap(first);
  if (given === undefined || !ts.isIdentifier(given) || given.text !== 'id') return false;
  const declared = symbolOf(file.checker, given)?.valueDeclaration;
  return declared !== undefined && ts.isParameter(declared) && !isNumber(file, given);
}

/** Whether a value is a number of a text, which need not be one. What a number is divided by is taken to be there. */
export const mayBeNoNumber = (file: ParsedFile, node: ts.Expression): boolean => {
  const itself: Itself = ({ file: at, scope }, one) =>
    isOfGivenId(at, one) ? 'nan' : ts.isBinaryExpression(one) || isUnknown(at, one) ? null : kindOf(scope, one);
  return of({ file, scope: scopeAround(node), itself, depth: 5, seen: new Set(), given: new Map() }, node) === 'nan';
};
