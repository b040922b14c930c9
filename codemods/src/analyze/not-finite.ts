/** analyze/not-finite: what a function gives that may be NaN or Infinity, which JSON made `null` of. */
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import { consumerOf } from './consumer.ts';
import { fixedValue, isBigInt, isSafe, isTested } from './divisors.ts';
import { wherePassed } from './passed-on.ts';
import type { ParsedFile } from './program.ts';
import { isDatePath } from './result-kinds.ts';
import { descendants, type MovableFunction, unwrap, wrapped } from './syntax.ts';
import { usesOfResult } from './uses.ts';

/** One expression that may be NaN or Infinity and is among what a function gives. */
interface NotFinite {
  readonly text: string;
  /** NaN alone, which is falsy as `null` is, and the whole of what the function gives. */
  readonly falsy: boolean;
}

const { SlashToken, PercentToken, SlashEqualsToken, PercentEqualsToken } = ts.SyntaxKind;

/** What reads as a number that is one. */
const numeric =
  /(^|\.)(size|length|count|ping|ids?|memberCount|shardId|rss|heapUsed|heapTotal|uptime\(\)|now\(\)|pid)$|Timestamp$/;
const nanOf = /^(Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;
const infinite = /^(Number\.)?(Infinity|POSITIVE_INFINITY|NEGATIVE_INFINITY)$/;

/** What is surely a number that is finite, or the text of a number that is looked at where it stands. */
function isNumeric(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isNumericLiteral(at) || ts.isPrefixUnaryExpression(at) || ts.isNewExpression(at)) return true;
  if (ts.isBinaryExpression(at)) return at.operatorToken.kind !== ts.SyntaxKind.BarBarToken || isNumeric(at.right);
  if (
    ts.isCallExpression(at) &&
    /(^|\.)(toFixed|toPrecision|Number|parse(Int|Float)|Math\.\w+)$/.test(at.expression.getText())
  )
    return true;
  return at.kind === ts.SyntaxKind.TrueKeyword || numeric.test(at.getText());
}

type Kind = 'nan' | 'infinite';

/** Whether a date that is made of a value may be none; of a number, a written text, or a date of discord.js it is one. */
const mayBeNoDate = (fn: MovableFunction, node: ts.Expression): boolean => {
  const at = fixedValue(fn, node);
  return !ts.isStringLiteralLike(at) && !isNumeric(at) && !isDatePath(at.getText());
};

/** Whether a call asks a date for its time, and the date is made of what may be none. */
function ofTime(fn: MovableFunction, { expression: callee }: ts.CallExpression): Kind | null {
  if (!ts.isPropertyAccessExpression(callee) || !/^(getTime|valueOf)$/.test(callee.name.text)) return null;
  const made = fixedValue(fn, callee.expression);
  if (!ts.isNewExpression(made) || made.expression.getText() !== 'Date') return null;
  const [first, second] = made.arguments ?? [];
  return first !== undefined && second === undefined && mayBeNoDate(fn, first) ? 'nan' : null;
}

function ofCall(fn: MovableFunction, call: ts.CallExpression): Kind | null {
  const callee = call.expression.getText();
  const [first] = call.arguments;
  if (nanOf.test(callee)) return first === undefined || isNumeric(first) ? null : 'nan';
  if (callee === 'Date.parse') return first !== undefined && mayBeNoDate(fn, first) ? 'nan' : null;
  if (first !== undefined && /^Math\.log(2|10)?$/.test(callee))
    return isSafe(fn, first) || isTested(fn, first) ? null : 'infinite';
  if (/^Math\.(min|max)\.apply$/.test(callee)) return 'infinite';
  if (!/^Math\.(min|max)$/.test(callee) || !call.arguments.some(ts.isSpreadElement)) return ofTime(fn, call);
  return call.arguments.every(ts.isSpreadElement) ? 'infinite' : null;
}

function ofDivision(fn: MovableFunction, node: ts.BinaryExpression): Kind | null {
  const { kind } = node.operatorToken;
  const divides = kind === SlashToken || kind === SlashEqualsToken;
  if (!divides && kind !== PercentToken && kind !== PercentEqualsToken) return null;
  if (isSafe(fn, node.right) || isTested(fn, node.right) || isBigInt(fn, node)) return null;
  return divides ? 'infinite' : 'nan';
}

const ofWord = (text: string): Kind | null =>
  /^(Number\.)?NaN$/.test(text) ? 'nan' : infinite.test(text) ? 'infinite' : null;

/** What an expression may give by itself, whatever is in it. */
function kindOf(fn: MovableFunction, node: ts.Node): Kind | null {
  if (ts.isBinaryExpression(node)) return ofDivision(fn, node);
  if (ts.isCallExpression(node)) return ofCall(fn, node);
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusToken && !isNumeric(node.operand) ? 'nan' : null;
  if (ts.isPropertyAccessExpression(node)) return ofWord(node.getText());
  return ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent) ? ofWord(node.text) : null;
}

/** Looks for what may be NaN or Infinity in what a function gives; `null` when there is nothing like that. */
function notFiniteIn(fn: MovableFunction): NotFinite | null {
  for (const node of descendants(fn.body)) {
    const kind = kindOf(fn, node);
    const passed = kind === null ? null : wherePassed(fn, node as ts.Expression);
    if (passed === null) continue;
    return { text: node.getText().replace(/\s+/g, ' '), falsy: kind === 'nan' && passed === 'whole' };
  }
  return null;
}

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

/** What there is to say where a function may give NaN or Infinity; `call` is `null` where nothing tells who gets it. */
export function notFiniteNotes(file: ParsedFile, call: ts.CallExpression | null, fn: MovableFunction): Finding[] {
  if (call !== null && consumerOf(file, call) === 'ignored') return [];
  const found = notFiniteIn(fn);
  if (found === null || (call !== null && found.falsy && onlyTests(file, call))) return [];
  return [finding('DC-W9', { what: found.text })];
}
