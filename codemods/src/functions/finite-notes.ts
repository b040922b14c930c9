/** functions/finite-notes: what there is to say where a function may give NaN or Infinity to a call. */
import { kindOf } from '../doubts/not-finite.ts';
import { consumerOf } from '../results/consumer.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { usesOfResult } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { wherePassed } from '../values/passed-on.ts';

/** One expression that may be NaN or Infinity and is among what a function gives. */
interface NotFinite {
  readonly text: string;
  /** NaN alone, which is falsy as `null` is, and the whole of what the function gives. */
  readonly falsy: boolean;
  /** The greatest of what may be nothing, -Infinity, and the whole of what the function gives. */
  readonly lowest: boolean;
}

/** What may be NaN or Infinity in what a function gives. */
const notFiniteIn = (fn: MovableFunction): readonly NotFinite[] =>
  descendants(fn.body).flatMap((node) => {
    const kind = kindOf(fn, node);
    const passed = kind === null ? null : wherePassed(fn, node as ts.Expression, kind === 'nan');
    if (passed === null) return [];
    const whole = passed === 'whole';
    const lowest = whole && ts.isCallExpression(node) && /^Math\.max\b/.test(node.expression.getText());
    return [{ text: node.getText().replace(/\s+/g, ' '), falsy: kind === 'nan' && whole, lowest }];
  });

const testing = /^(find|filter|some|every|findIndex|findLast|findLastIndex)$/;

/** `Boolean`, `(n) => n`, `(n) => !n`. */
function isTruth(fn: ts.Expression | undefined): boolean {
  if (fn === undefined || ts.isIdentifier(fn)) return fn?.text === 'Boolean';
  if (!ts.isArrowFunction(fn) || ts.isBlock(fn.body)) return false;
  const body = unwrap(fn.body);
  const said = ts.isPrefixUnaryExpression(body) ? body.operand : body;
  const [entry, index] = fn.parameters;
  return index === undefined && entry?.name.getText() === said.getText();
}

/** Whether the code behind a call only asks of each result whether it is there. */
function onlyTests(file: ParsedFile, call: ts.CallExpression): boolean {
  const uses = usesOfResult(file, wrapped(call));
  return (
    uses?.every((use) => {
      const access = wrapped(use).parent;
      if (!ts.isPropertyAccessExpression(access) || !testing.test(access.name.text)) return false;
      return ts.isCallExpression(access.parent) && isTruth(access.parent.arguments[0]);
    }) ?? false
  );
}

/** `(a, b) => Math.max(a, b)` */
function choosesGreatest(fn: ts.Expression | undefined): boolean {
  if (fn === undefined || !ts.isArrowFunction(fn) || ts.isBlock(fn.body) || fn.parameters.length !== 2) return false;
  const body = unwrap(fn.body);
  if (!ts.isCallExpression(body) || body.expression.getText() !== 'Math.max') return false;
  const names = fn.parameters.map(({ name }) => name.getText());
  return body.arguments.length === 2 && body.arguments.every((one) => names.includes(one.getText()));
}

/** Whether a place asks for the greatest of a list and of a number from 0 on: what was `null`, as 0, is none of it then. */
function takesGreatest(list: ts.Expression): boolean {
  const { parent } = wrapped(list);
  const call = parent.parent;
  if (!ts.isCallExpression(call)) return false;
  if (ts.isSpreadElement(parent))
    return call.expression.getText() === 'Math.max' && call.arguments.some((one) => ts.isNumericLiteral(one));
  const [fn, start] = call.arguments;
  if (call.expression !== parent || !ts.isPropertyAccessExpression(parent) || parent.name.text !== 'reduce')
    return false;
  return start !== undefined && ts.isNumericLiteral(start) && choosesGreatest(fn);
}

/** What there is to say where a function may give NaN or Infinity to a call. */
export function notFiniteNotes(file: ParsedFile, call: ts.CallExpression, fn: MovableFunction): Finding[] {
  if (consumerOf(file, call) === 'ignored') return [];
  const all = notFiniteIn(fn);
  const isGreatest =
    all.some(({ lowest }) => lowest) && usesOfResult(file, wrapped(call))?.every(takesGreatest) === true;
  const [found] = all.filter(({ lowest }) => !lowest || !isGreatest);
  if (found === undefined || (found.falsy && onlyTests(file, call))) return [];
  return [finding('DC-W9', { what: found.text })];
}
