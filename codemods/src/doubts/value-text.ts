/** doubts/value-text: what is a text, where no type speaks of numbers: an argument of a command, a part of an id, a query. */
import { bindingOf } from '../modules/bindings.ts';
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { scopeAround, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isTested } from './divisors.ts';
import { areDigits } from './matched-digits.ts';
import { isNumber } from './numbers.ts';
import { type Given, takenFrom, valuesOf } from './value-given.ts';
import { isTestedAsNumber } from './value-tests.ts';

/** A place where a value is asked about, and what the function around it is called with. */
export interface TextLook {
  readonly file: ParsedFile;
  readonly given: Given;
  readonly depth: number;
  /** The names that were followed. */
  readonly seen: Set<string>;
}

const lists = /(^|\.)(args?|argv|arguments|params|words|parts)$/i;
const parting = /\.(split|slice|splice|filter|trim)$/;
const queries = /(^|\.)(query|params)$/;
const texts = /\.(getString|getTextInputValue)$/;
const taking = /\.(shift|pop|at)$/;
const durations = /^(@lukeed\/|enhanced-)?ms$|^parse-duration$/;

/** Whether every entry of a list is a text: what a command is called with, what something is split into. */
function isOfTexts(look: TextLook, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (look.depth < 0) return false;
  if (ts.isCallExpression(at)) {
    const { expression: callee } = at;
    if (!ts.isPropertyAccessExpression(callee) || !parting.test(callee.getText())) return false;
    return callee.name.text === 'split' || isOfTexts(look, callee.expression);
  }
  if (!ts.isIdentifier(at)) return lists.test(at.getText());
  const values = valuesOf(look.file, at);
  const deeper = { ...look, depth: look.depth - 1 };
  return values.length === 0 ? lists.test(at.text) : values.some((one) => isOfTexts(deeper, one));
}

/** Whether a name is taken out of a list of texts, or out of a query. */
function isTaken(look: TextLook, name: ts.Identifier): boolean {
  const taken = takenFrom(look.file, name);
  if (taken === null || taken.element.dotDotDotToken !== undefined) return false;
  if (taken.element.initializer !== undefined && !isOpenText(look, taken.element.initializer)) return false;
  return ts.isArrayBindingPattern(taken.element.parent)
    ? isOfTexts(look, taken.from)
    : isQuery(taken.from) || unwrap(taken.from).getText() === 'process.env';
}

const isQuery = (node: ts.Expression): boolean => /\breq(uest)?\b/.test(node.getText()) && queries.test(node.getText());

const isEnvironment = (at: ts.Expression): boolean => /^process\.env\.\w+$/.test(at.getText());

/** What is a text by itself, or nothing. */
function isText(look: TextLook, at: ts.Expression): boolean {
  if (ts.isElementAccessExpression(at))
    return (
      (ts.isNumericLiteral(at.argumentExpression) && !areDigits(look.file, at) && !isNumber(look.file, at)) ||
      isOfTexts(look, at.expression)
    );
  if (ts.isCallExpression(at)) {
    const { expression: callee } = at;
    if (texts.test(callee.getText())) return true;
    return ts.isPropertyAccessExpression(callee) && taking.test(callee.getText()) && isOfTexts(look, callee.expression);
  }
  if (ts.isPropertyAccessExpression(at)) return isQuery(at.expression) || isEnvironment(at);
  return false;
}

/** Whether being there is enough: what an environment says is a number, and so is an entry of a list of nobody knows what. */
function isTrusted(look: TextLook, at: ts.Expression): boolean {
  return isEnvironment(at) || (ts.isElementAccessExpression(at) && !isOfTexts(look, at.expression));
}

function ofName(look: TextLook, name: ts.Identifier): boolean {
  const declared = declarationOf(name, look.file.tree);
  const given = declared === null ? undefined : look.given.get(declared);
  if (given !== undefined) return isOpenText({ ...look, file: given.file }, given.value);
  if (look.seen.has(name.text)) return false;
  look.seen.add(name.text);
  return isTaken(look, name) || valuesOf(look.file, name).some((one) => isOpenText(look, one));
}

function ofChoice(look: TextLook, { left, right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const { BarBarToken, AmpersandAmpersandToken, QuestionQuestionToken } = ts.SyntaxKind;
  if (kind === AmpersandAmpersandToken) return isOpenText(look, right);
  if (kind !== BarBarToken && kind !== QuestionQuestionToken) return false;
  return (!isTrusted(look, unwrap(left)) && isOpenText(look, left)) || isOpenText(look, right);
}

/** Whether a value may be a text that nothing before it has looked at as a number. */
export function isOpenText(from: TextLook, node: ts.Expression): boolean {
  const at = unwrap(node);
  const look = { ...from, depth: from.depth - 1 };
  if (look.file.typed || look.depth < 0) return false;
  const open = ts.isConditionalExpression(at)
    ? [at.whenTrue, at.whenFalse].some((one) => isOpenText(look, one))
    : ts.isBinaryExpression(at)
      ? ofChoice(look, at)
      : ts.isIdentifier(at)
        ? ofName(look, at)
        : isText(look, at);
  if (!open || isTestedAsNumber(at)) return false;
  return !isTrusted(look, at) || !isTested(scopeAround(at), at);
}

/** Whether a call reads a duration out of a text, which is `undefined` where it says none. */
export function readsDuration(look: TextLook, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at))
    return (
      valuesOf(look.file, at).some((one) => readsDuration({ ...look, depth: look.depth - 1 }, one)) &&
      !isTested(scopeAround(at), at)
    );
  if (look.depth < 0 || !ts.isCallExpression(at) || !ts.isIdentifier(at.expression)) return false;
  const [first] = at.arguments;
  const declared = declarationOf(at.expression, look.file.tree);
  const module = declared === null ? undefined : bindingOf(declared as ts.Declaration)?.specifier;
  const isJoined = (one: ts.Expression): boolean => /\.join\(.*\)$/s.test(one.getText());
  return first !== undefined && durations.test(module ?? '') && (isJoined(unwrap(first)) || isOpenText(look, first));
}
