/** functions/refused-values: functions, symbols and promises among values: JSON hid them, and a handler is refused with them. */
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { heldPromise } from '../syntax/json-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { cutText } from '../syntax/short-text.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { importOf } from '../values/sources.ts';
import type { Found } from '../values/value-next.ts';
import { partsOf, partsOfResult } from '../values/value-parts.ts';
import { resultType } from './types.ts';

type Where = 'context' | 'result';

/** Methods that give the event emitter itself, which holds its listeners, by how much they are given at least. */
const listening: readonly (readonly [name: RegExp, given: number])[] = [
  [/^(on|once|off|(add|remove)Listener|prepend(Once)?Listener)$/, 2],
  [/^(removeAllListeners|setMaxListeners)$/, 0],
];

function givesEmitter({ expression, arguments: given }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  const [, heard] = given;
  if (!ts.isPropertyAccessExpression(callee) || (heard !== undefined && ts.isLiteralExpression(heard))) return false;
  return listening.some(([name, least]) => name.test(callee.name.text) && given.length >= least);
}

/** Whether a name is one of the file and no global. */
function isDeclaredHere(callee: ts.Expression): boolean {
  if (!ts.isIdentifier(callee)) return false;
  return declarationOf(callee, callee.getSourceFile()) !== null || importOf(callee) !== null;
}

/** What no JSON can be made of, or what it drops: a function, a symbol, a timer; `null` for anything else. */
export function droppedBy(node: ts.Node): string | null {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return 'a function';
  if (!ts.isCallExpression(node)) return null;
  const text = isDeclaredHere(node.expression) ? '' : node.expression.getText();
  if (/^Symbol(\.for)?$/.test(text)) return 'a symbol';
  if (/^set(Timeout|Interval|Immediate)$/.test(text)) return `a timer (${cutText(node)})`;
  return givesEmitter(node) ? `an event emitter (${cutText(node)})` : null;
}

/** Whether something is a function, a symbol, a timer or an event emitter: no value that can be sent, and no promise. */
export const isNoValue = (node: ts.Node): boolean => droppedBy(node) !== null;

const promised = (what: Where, where: string): Finding => finding('DC-W11', { what, where });

/** @param byTypes - types tell of promises, so that what is written need not */
function refusedIn(parts: Iterable<Found>, what: Where, byTypes: boolean): Finding | null {
  for (const { node, is } of parts) {
    const value = is === 'value' ? droppedBy(node) : null;
    if (value !== null) return finding('DC-W8', { what, value });
    if (is === 'promise' && !byTypes) return promised(what, cutText(node));
  }
  return null;
}

/** What the type of a value says of promises in it. */
function promiseInType(file: ParsedFile, type: ts.Type | null, what: Where): Finding | null {
  const held = type === null ? null : heldPromise(file.checker, type);
  return held === null ? null : promised(what, held);
}

/** Whether types tell what is in a value: of `any`, and of a list of it, they tell nothing. */
function isTold(checker: ts.TypeChecker, type: ts.Type | null): boolean {
  if (type === null || (type.flags & ts.TypeFlags.Any) !== 0) return false;
  const held = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
  return held === undefined || isTold(checker, held);
}

/** Why a call has to stay whose context holds what a handler is refused with; `null` when it holds nothing like that. */
export function refusedContext(file: ParsedFile, context: ts.Expression | null): Finding | null {
  if (context === null) return null;
  const type = file.typed && knowsDiscord(file) ? file.checker.getTypeAtLocation(context) : null;
  return promiseInType(file, type, 'context') ?? refusedIn(partsOf(context), 'context', isTold(file.checker, type));
}

/** Why a call has to stay whose function gives what is refused; `null` when it gives nothing like that. */
export function refusedResult({ file, fn }: FunctionSite): Finding | null {
  const type = file.typed && knowsDiscord(file) ? resultType(file.checker, fn) : null;
  return promiseInType(file, type, 'result') ?? refusedIn(partsOfResult(fn), 'result', isTold(file.checker, type));
}

/** The same of a function that a text became, of which no checker knows. */
export const refusedOfText = (fn: MovableFunction): Finding | null => refusedIn(partsOfResult(fn), 'result', false);
