/** results/made-dates: whether the code behind a broadcast makes a Date of each date it gets, which it may be as well as its text. */
import { isOnlyTested } from '../doubts/only-tested.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { nameText, wrapped } from '../syntax/syntax.ts';
import { usesOf } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { usesOfList } from './list-places.ts';
import { placesOf } from './result-entries.ts';

/** What is asked about: the file behind the call, and the members of each result that are dates. */
interface Dates {
  readonly file: ParsedFile;
  /** `null` where a result is a date itself. */
  readonly names: ReadonlySet<string> | null;
}

/** `new Date(x)`, which takes a Date to the millisecond; `Date.parse(x)` makes a text of it, without them. */
const isMade = (at: ts.Expression): boolean => {
  const { parent } = at;
  if (!ts.isNewExpression(parent) || parent.expression.getText() !== 'Date') return false;
  return parent.arguments?.length === 1 && parent.arguments[0] === at;
};

/** Whether a place only asks if there is a date; the type of one is another than that of its text. */
function isAsked(at: ts.Expression): boolean {
  const { parent } = at;
  if (ts.isTypeOfExpression(parent)) return false;
  const { AmpersandAmpersandToken } = ts.SyntaxKind;
  const isFirst = ts.isBinaryExpression(parent) && parent.left === at;
  return (isFirst && parent.operatorToken.kind === AmpersandAmpersandToken) || isOnlyTested(at);
}

/** Whether a date is only made again, where it stands or by the name it gets. */
const ofDate = (file: ParsedFile, date: ts.Expression): boolean =>
  placesOf(file, date).every((place) => isMade(wrapped(place)) || isAsked(wrapped(place)));

/** What one result does with its dates, given a place that says it. */
function ofResult({ file, names }: Dates, result: ts.Expression): boolean {
  if (names === null) return ofDate(file, result);
  const at = wrapped(result);
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent)) return !names.has(parent.name.text) || ofDate(file, parent);
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name))
    return ofName({ file, names }, parent.name);
  return isAsked(at);
}

/** The same by what a result is called, or how it is taken apart. */
function ofName(dates: Dates, name: ts.BindingName): boolean {
  const { file, names } = dates;
  if (ts.isIdentifier(name)) return usesOf(file, name).every((use) => ofResult(dates, use));
  if (ts.isArrayBindingPattern(name) || names === null) return false;
  return name.elements.every((one) => {
    if (one.dotDotDotToken !== undefined) return false;
    if (!names.has(nameText(one.propertyName ?? one.name))) return true;
    return ts.isIdentifier(one.name) && usesOf(file, one.name).every((use) => ofDate(file, use));
  });
}

/** What a function does with each of a list that it is called for. */
function ofCallback(dates: Dates, callback: ts.Expression | undefined): boolean {
  const called = callback === undefined ? null : calledFunction(dates.file, callback);
  const [entry, , list] = called?.fn.parameters ?? [];
  if (called === null || entry === undefined || list !== undefined) return callback?.getText() === 'Boolean';
  return ofName({ ...dates, file: called.file }, entry.name);
}

function ofMethod(dates: Dates, call: ts.CallExpression, method: string): boolean {
  if (method === 'at') return placesOf(dates.file, call).every((one) => ofResult(dates, one));
  if (!/^(?:map|forEach|filter)$/.test(method) || !ofCallback(dates, call.arguments[0])) return false;
  return method !== 'filter' || placesOf(dates.file, call).every((one) => ofList(dates, one));
}

/** What a place does with the list of results. */
function ofList(dates: Dates, list: ts.Expression): boolean {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isForOfStatement(parent) && ts.isVariableDeclarationList(parent.initializer))
    return parent.initializer.declarations.every(({ name }) => ofName(dates, name));
  if (ts.isElementAccessExpression(parent) && parent.expression === at)
    return placesOf(dates.file, parent).every((one) => ofResult(dates, one));
  if (ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name))
    return parent.name.elements.every(
      (one) => ts.isOmittedExpression(one) || (one.dotDotDotToken === undefined && ofName(dates, one.name)),
    );
  if (!ts.isPropertyAccessExpression(parent)) return isAsked(at);
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent) return parent.name.text === 'length';
  return ofMethod(dates, call, parent.name.text);
}

/** Whether the code behind a call makes a Date of each date among its results, and does nothing else with them. */
export function remakesDates({ file, names }: Dates, call: ts.CallExpression, isOne: boolean): boolean {
  const uses = usesOfList(file, call);
  if (uses === null || uses.length === 0) return false;
  return uses.every((use) => (isOne ? ofResult({ file, names }, use) : ofList({ file, names }, use)));
}
