/** functions/not-given: what a function gives by the way, as arrow functions do, where nobody looks at it. */
import { consumerOf } from '../results/consumer.ts';
import { isAccess } from '../syntax/access.ts';
import type { CallSite, FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { isTypeScript } from '../syntax/program.ts';
import { descendants, isInert, isNameOnly, type MovableFunction, returnsOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { givesPlain } from './plain-values.ts';
import { refusedResult } from './refused-values.ts';
import { isWaited } from './waited.ts';

/** What may stand alone as a statement, and begins no other one there, nor goes on with the line before. */
const standsAlone = (text: string): boolean => !/^(?:[^\p{ID_Start}$_]|(?:function|class|let|async)\b)/u.test(text);

/** What stands in front of an expression, and behind it, to make a statement of it. */
function aroundOf(node: ts.Expression, waits: boolean, isFirst: boolean): readonly [before: string, after: string] {
  const isOne = ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) || ts.isParenthesizedExpression(node);
  if (waits) return isOne || ts.isIdentifier(node) ? ['await ', ''] : ['await (', ')'];
  const text = node.getText();
  if (standsAlone(text) || (isFirst && text.startsWith('('))) return ['', ''];
  return ts.isParenthesizedExpression(node) ? ['void ', ''] : ['void (', ')'];
}

/** A body that is an expression becomes one of a statement. */
function ofExpression(at: FunctionSite, body: ts.Expression): readonly Splice[] {
  const [start, end] = [body.getStart(), body.end];
  const [before, after] = aroundOf(body, isWaited(at, body), true);
  return [
    { start, end: start, text: `{ ${before}` },
    { start: end, end, text: `${after}; }` },
  ];
}

/** Whether nothing of a body comes behind a statement, so that it need not say that it ends there. */
function isLast(node: ts.Statement, body: ts.Block): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return isLast(parent, body);
  if (!ts.isBlock(parent) || parent.statements.at(-1) !== node) return false;
  return parent === body || (ts.isIfStatement(parent.parent) && isLast(parent, body));
}

/** Whether an expression may go as a whole: nothing is done by it, nothing can be missing, and no name is left unused by that. */
function isIdle({ file, fn }: FunctionSite, node: ts.Expression): boolean {
  if (!isInert(node)) return false;
  const parts = descendants(node);
  if (parts.some(isAccess)) return false;
  // What the function declares for this alone would be a variable that nothing reads.
  const own = parts.filter(ts.isIdentifier).filter((name) => declarationOf(name, fn) !== null);
  const uses = (name: string): number =>
    descendants(fn).filter((one) => ts.isIdentifier(one) && one.text === name && !isNameOnly(one)).length;
  return !isTypeScript(file.source.path) || own.every(({ text }) => uses(text) > 2);
}

/** A `return` gives nothing: what it gave is done before it, where it does something. */
function ofReturn(at: FunctionSite, body: ts.Block, one: ts.ReturnStatement): readonly Splice[] {
  const { expression, parent } = one;
  if (expression === undefined) return [];
  const waits = isWaited(at, expression);
  const word = { start: one.getStart(), end: one.getStart() + 'return'.length };
  const close = (text: string): Splice => ({ start: expression.end, end: expression.end, text });
  if (waits && isCaught(one, at.fn)) {
    const list = ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.CommaToken;
    const start = expression.getStart();
    const open: Splice = { start, end: start, text: list ? 'Promise.resolve((' : 'Promise.resolve(' };
    return [open, close(`${list ? ')' : ''}).then(() => undefined)`)];
  }
  if (!waits && isIdle(at, expression)) return [{ start: word.end, end: expression.end, text: '' }];
  const [before, after] = aroundOf(expression, waits, false);
  const text = at.file.tree.text;
  const gap = /^\s*/.exec(text.slice(word.end))?.[0].length ?? 0;
  const isEnd = isLast(one, body);
  const braced = !isEnd && !ts.isBlock(parent) && !ts.isCaseOrDefaultClause(parent);
  const lead: Splice = { start: word.start, end: word.end + gap, text: `${braced ? '{ ' : ''}${before}` };
  const tail = `${text[one.end - 1] === ';' ? '' : ';'} return;${braced ? ' }' : ''}`;
  return [lead, close(after), ...(isEnd ? [] : [{ start: one.end, end: one.end, text: tail }])];
}

/** Whether a function asks itself: then it looks at what it gives. */
function asksItself(fn: MovableFunction): boolean {
  const name = fn.name ?? (ts.isVariableDeclaration(fn.parent) ? fn.parent.name : undefined);
  if (name === undefined || !ts.isIdentifier(name)) return false;
  return descendants(fn).some(
    (one) => one !== name && ts.isIdentifier(one) && one.text === name.text && !isNameOnly(one),
  );
}

/** The edits around a body whose value goes: `async` where it waits now, and no type of what it gave. */
function ofHead(fn: MovableFunction, waits: boolean): readonly Splice[] {
  const isAsync = fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const start = fn.getStart();
  const type = fn.type === undefined ? [] : [{ start: fn.type.pos - 1, end: fn.type.end, text: '' }];
  return waits && !isAsync ? [{ start, end: start, text: 'async ' }, ...type] : type;
}

/** Whether waiting here would have an error caught that goes to the caller: then the promise is given, without its value. */
function isCaught(node: ts.Node, fn: MovableFunction): boolean {
  for (let at = node; at !== fn; at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return true;
  return false;
}

/** The edits that make a function give nothing; `null` where it is to give what it gives, since that is plain or cannot be left out. */
export function withoutValue(at: FunctionSite): readonly Splice[] | null {
  if (givesPlain(at)) return null;
  const { fn } = at;
  const { body } = fn;
  const returns = ts.isBlock(body) ? returnsOf(body).flatMap((one) => one.expression ?? []) : [body];
  const waited = returns.filter((one) => isWaited(at, one) && !isCaught(one, fn));
  if (fn.asteriskToken !== undefined || asksItself(fn)) return null;
  const edits = ts.isBlock(body) ? returnsOf(body).flatMap((one) => ofReturn(at, body, one)) : ofExpression(at, body);
  return [...ofHead(fn, waited.length > 0), ...edits];
}

/**
 * Makes the values of a function statements where nobody asks for them, and nothing shows that they can be sent:
 * `(c) => setTimeout(...)`, `(c, { n }) => c.commands.set(n, ...)`.
 *
 * @param answered - the broadcast that gets what it gives
 * @returns `null` where the function gives what it gives, and where a promise in it would be lost without a word
 */
export function notGiven(at: FunctionSite, answered: CallSite): readonly Splice[] | null {
  if (consumerOf(answered.file, answered.call) !== 'ignored') return null;
  return refusedResult(at)?.code === 'DC-W11' ? null : withoutValue(at);
}
