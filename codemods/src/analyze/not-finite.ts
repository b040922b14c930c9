/** analyze/not-finite: what a function gives that may be NaN or Infinity, which JSON made `null` of. */
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import { consumerOf } from './consumer.ts';
import { wherePassed } from './passed-on.ts';
import type { ParsedFile } from './program.ts';
import { descendants, type MovableFunction, unwrap, wrapped } from './syntax.ts';
import { usesOfResult } from './uses.ts';

/** One expression that may be NaN or Infinity and is among what a function gives. */
interface NotFinite {
  readonly text: string;
  /** NaN alone, which is falsy as `null` is, and the whole of what the function gives. */
  readonly falsy: boolean;
}

const { SlashToken, PercentToken, SlashEqualsToken, PercentEqualsToken } = ts.SyntaxKind;

/** Things of which there is one at least. */
const some = /\b(cpus\(\)\.length|totalmem\(\)|heapTotal|shard[!?]*\.count|shardCount|process\.uptime\(\))$/;
/** What reads as a number that is one. */
const numeric =
  /(^|\.)(size|length|count|ping|ids?|memberCount|shardId|rss|heapUsed|heapTotal|uptime\(\)|now\(\)|pid)$|Timestamp$/;
const nanOf = /^(Number|parseInt|parseFloat|Number\.parse(Int|Float))$/;
const infinite = /^(Number\.)?(Infinity|POSITIVE_INFINITY|NEGATIVE_INFINITY)$/;

/** What a name that is set once, in the function, is set to. */
function setTo(fn: MovableFunction, name: ts.Identifier): ts.Expression | null {
  const found = descendants(fn.body).filter(
    (one): one is ts.VariableDeclaration => ts.isVariableDeclaration(one) && one.name.getText() === name.text,
  );
  const [only] = found;
  const fixed = only !== undefined && found.length === 1 && only.parent.flags & ts.NodeFlags.Const;
  return fixed ? (only.initializer ?? null) : null;
}

/** `x ? x : 1` is what `x || 1` is. */
function isSafeChoice(fn: MovableFunction, { condition, whenTrue, whenFalse }: ts.ConditionalExpression): boolean {
  const tested = unwrap(condition).getText() === unwrap(whenTrue).getText();
  return (tested || isSafe(fn, whenTrue)) && isSafe(fn, whenFalse);
}

/** Whether a divisor is surely not 0 and a number. */
function isSafe(fn: MovableFunction, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isNumericLiteral(at)) return Number(at.text) !== 0;
  if (ts.isPrefixUnaryExpression(at)) return isSafe(fn, at.operand);
  if (ts.isIdentifier(at)) {
    const value = setTo(fn, at);
    return value !== null && isSafe(fn, value);
  }
  if (ts.isCallExpression(at) && at.expression.getText() === 'Math.max')
    return at.arguments.some((one) => ts.isNumericLiteral(one) && Number(one.text) > 0);
  if (ts.isConditionalExpression(at)) return isSafeChoice(fn, at);
  if (!ts.isBinaryExpression(at)) return some.test(at.getText());
  const { kind } = at.operatorToken;
  if (kind === ts.SyntaxKind.BarBarToken) return isSafe(fn, at.right);
  const product = kind === ts.SyntaxKind.AsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskToken;
  return product && isSafe(fn, at.left) && isSafe(fn, at.right);
}

/** Whether a test of the function, before or around a place, looks at what stands there. */
function isTested(fn: MovableFunction, node: ts.Expression): boolean {
  const said = unwrap(node).getText();
  return descendants(fn.body).some((one) => {
    if (one.pos > node.pos) return false;
    const binary = ts.isBinaryExpression(one) && one.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    const test = ts.isConditionalExpression(one)
      ? one.condition
      : ts.isIfStatement(one)
        ? one.expression
        : binary && one.right.pos <= node.pos && node.end <= one.end
          ? one.left
          : null;
    return test !== null && test.end <= node.pos && descendants(test).some((at) => at.getText() === said);
  });
}

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

function ofCall(call: ts.CallExpression): Kind | null {
  const callee = call.expression.getText();
  const [first] = call.arguments;
  if (nanOf.test(callee)) return first === undefined || isNumeric(first) ? null : 'nan';
  if (!/^Math\.(min|max)$/.test(callee) || !call.arguments.some(ts.isSpreadElement)) return null;
  return call.arguments.every(ts.isSpreadElement) ? 'infinite' : null;
}

/** A bigint is never NaN, and divides by no 0n. */
const hasBigInt = (node: ts.Node): boolean =>
  descendants(node).some((at) => ts.isBigIntLiteral(at) || (ts.isIdentifier(at) && /^BigInt$/.test(at.text)));

function ofDivision(fn: MovableFunction, node: ts.BinaryExpression): Kind | null {
  const {
    operatorToken: { kind },
    right,
  } = node;
  const divides = kind === SlashToken || kind === SlashEqualsToken;
  if ((!divides && kind !== PercentToken && kind !== PercentEqualsToken) || hasBigInt(node)) return null;
  if (isSafe(fn, right) || isTested(fn, right)) return null;
  return divides ? 'infinite' : 'nan';
}

const ofWord = (text: string): Kind | null =>
  /^(Number\.)?NaN$/.test(text) ? 'nan' : infinite.test(text) ? 'infinite' : null;

/** What an expression may give by itself, whatever is in it. */
function kindOf(fn: MovableFunction, node: ts.Node): Kind | null {
  if (ts.isBinaryExpression(node)) return ofDivision(fn, node);
  if (ts.isCallExpression(node)) return ofCall(node);
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
