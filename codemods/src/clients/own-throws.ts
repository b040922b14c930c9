/** clients/own-throws: whether a function calls what may fail, or throws itself, with words that whoever catches them may show. */
import { isAct } from '../doubts/no-promise.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { logs } from '../syntax/logs.ts';
import { descendants, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { meaningsOf } from '../values/value-parts.ts';
import { isReading } from './only-reads.ts';

/** Whether a promise is caught where it is made: `channel.send(text).catch(() => null)`. */
function isHandled(at: ts.Node): boolean {
  const { parent } = at;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at || parent.name.text !== 'catch') return false;
  return ts.isCallExpression(parent.parent) && parent.parent.arguments.length > 0;
}

/** Whether an error that is thrown at a node is caught in the function itself. */
function isCaught(node: ts.Node, fn: ts.Node): boolean {
  for (let at = node; at !== fn && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause !== undefined) return true;
    if (isHandled(at)) return true;
  }
  return false;
}

/** The functions of the bot's files that a call names. */
const calledIn = (within: ts.Node, { expression }: ts.CallExpression): readonly ts.Node[] =>
  ts.isIdentifier(unwrap(expression))
    ? meaningsOf(within, expression).flatMap(({ node, is }) =>
        is === 'value' && ts.isFunctionLike(node) ? [node] : [],
      )
    : [];

/** Methods of lists, maps, texts and promises that fail for nothing a bot does, beside those that only read. */
const mild =
  /^(push|pop|shift|unshift|set|add|delete|clear|forEach|each|sort|reverse|fill|then|catch|finally|mapValues|array|keyArray|random|size|sweep|partition|reduceRight|findLastIndex|findIndex|padStart|padEnd|repeat|substr|substring|charAt|now|bind|emit|isReady|isTextBased|isText)$/;

/** Functions that fail for nothing a bot does. */
const known =
  /^(parse(Int|Float)|is(NaN|Finite)|(set|clear)(Timeout|Interval|Immediate)|Object\.(assign|freeze)|Promise\.\w+|process\.\w+|os\.\w+|performance\.now|Array\.of)$/;

/** Whether a call may fail with words of its own: what asks Discord, what a package or the bot does, `JSON.parse`. */
function mayFail(call: ts.CallExpression, fn: ts.Node): boolean {
  const callee = unwrap(call.expression);
  if (isReading(call) || known.test(callee.getText()) || logs.test(callee.getText())) return false;
  // Nobody waits for it, so nobody who calls the function gets its error.
  if (ts.isExpressionStatement(wrapped(call).parent) && isAct(call)) return false;
  // What a function declares itself is looked at with it.
  if (ts.isIdentifier(callee)) return declarationOf(callee, fn) === null && callee.text !== 'require';
  return !ts.isPropertyAccessExpression(callee) || !mild.test(callee.name.text);
}

/** Whether a function throws, rejects, or calls what may, itself or in a function of the bot's files that it calls. */
export function mayThrow(fn: ts.Node, seen: Set<ts.Node> = new Set()): boolean {
  seen.add(fn);
  return descendants(fn).some((node) => {
    if (ts.isThrowStatement(node)) return !isCaught(node, fn);
    if (!ts.isCallExpression(node)) return false;
    if (node.expression.getText() === 'Promise.reject') return true;
    if (isCaught(node, fn)) return false;
    const called = calledIn(fn, node);
    if (called.length === 0) return mayFail(node, fn);
    return called.some((one) => !seen.has(one) && mayThrow(one, seen));
  });
}
