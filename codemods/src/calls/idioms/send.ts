/** calls/idioms/send: a message to one channel, wherever it is, is `cluster.channels.send(id, message)`. */
import { finding } from '../../rules/reasons.ts';
import { descendants, dottedNames, isNameOnly, type MovableFunction, unwrap } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';
import { losesNothing, textHere, valueHere } from './data-values.ts';
import { askedBy, asksThroughClient, type DirectPlan, hasComments, type Understanding } from './direct.ts';

/** The id and the message of a send, as the far function writes them. */
interface Sending {
  readonly id: ts.Expression;
  readonly message: ts.Expression;
}

/** `c.channels.cache.get(id)`: the id. */
function channelLookedFor(node: ts.Expression, client: string): ts.Expression | null {
  const at = unwrap(node);
  if (!ts.isCallExpression(at) || at.arguments.length !== 1) return null;
  return dottedNames(at.expression)?.join('.') === `${client}.channels.cache.get` ? (at.arguments[0] ?? null) : null;
}

/** `x.send(message)` and its `x`; `optional` says whether a missing channel is passed over. */
function sendOf(node: ts.Expression) {
  const bare = unwrap(node);
  const at = ts.isAwaitExpression(bare) ? unwrap(bare.expression) : bare;
  if (!ts.isCallExpression(at) || at.arguments.length !== 1 || !ts.isPropertyAccessExpression(at.expression))
    return null;
  const { expression: channel, name, questionDotToken } = at.expression;
  const [message] = at.arguments;
  if (name.text !== 'send' || message === undefined) return null;
  return { channel, message, optional: questionDotToken !== undefined };
}

/** The one expression of a statement: `x;`, `return x;`, `{ x; }`. */
function only(statement: ts.Statement | undefined): ts.Expression | null {
  if (statement === undefined) return null;
  if (ts.isExpressionStatement(statement)) return statement.expression;
  if (ts.isReturnStatement(statement)) return statement.expression ?? null;
  return ts.isBlock(statement) && statement.statements.length === 1 ? only(statement.statements[0]) : null;
}

/** `const channel = c.channels.cache.get(id); if (channel) channel.send(message);` */
function ofBlock(body: ts.Block, client: string): Sending | null {
  const [first, second, more] = body.statements;
  if (first === undefined || second === undefined || more !== undefined || !ts.isVariableStatement(first)) return null;
  const [declaration, another] = first.declarationList.declarations;
  if (declaration?.initializer === undefined || another !== undefined) return null;
  const id = channelLookedFor(declaration.initializer, client);
  const name = declaration.name.getText();
  const guarded = ts.isIfStatement(second) && second.elseStatement === undefined ? second : null;
  if (guarded !== null && guarded.expression.getText() !== name) return null;
  const expression = only(guarded === null ? second : guarded.thenStatement);
  const sent = expression === null ? null : sendOf(expression);
  const fits = sent !== null && sent.channel.getText() === name && (guarded !== null || sent.optional);
  return fits && id !== null ? { id, message: sent.message } : null;
}

function sendingOf(fn: MovableFunction): Sending | null {
  const client = fn.parameters[0]?.name;
  if (client === undefined || !ts.isIdentifier(client)) return null;
  if (ts.isBlock(fn.body) && fn.body.statements.length > 1) return ofBlock(fn.body, client.text);
  const expression = ts.isBlock(fn.body) ? only(fn.body) : fn.body;
  const sent = expression === null ? null : sendOf(expression);
  const id = sent === null ? null : channelLookedFor(sent.channel, client.text);
  return sent?.optional === true && id !== null ? { id, message: sent.message } : null;
}

/** Whether the message and the id use each piece of data once, so that nothing is made twice. */
function usesOnce({ id, message }: Sending): boolean {
  const names = [id, message].flatMap((part) =>
    descendants(part)
      .filter(ts.isIdentifier)
      .flatMap((node) => (isNameOnly(node) ? [] : [node.text])),
  );
  return new Set(names).size === names.length;
}

/** Whether each value that is written into the message is only looked at, so that nothing happens twice or in another order. */
const isCalm = (text: string): boolean => !/\bawait\b|\+\+|--|[^=!<>]=[^=>]/.test(text);

/** Finds sends to one channel whose result nobody reads. */
export function channelSend(given: Understanding): DirectPlan | null {
  const { file, call, fn, consumer } = given;
  if (fn === null || consumer !== 'ignored' || !asksThroughClient(given) || hasComments(file, call)) return null;
  const sending = sendingOf(fn);
  const id = sending === null ? null : (valueHere(given, sending.id)?.getText() ?? literalId(sending.id));
  const message = sending === null ? null : textHere(given, sending.message);
  if (sending === null || id === null || message === null) return null;
  if (/\(/.test(`${id} ${message}`) && !usesOnce(sending)) return null;
  if (!isCalm(`${id} ${message}`) || !losesNothing(given, [sending.id, sending.message])) return null;
  const method = `channels.send(${id}, ${message})`;
  return { splices: askedBy(given, method), notes: [finding('DC-W5')], method: 'channels.send(id, message)' };
}

const literalId = (node: ts.Expression): string | null => (ts.isStringLiteralLike(node) ? node.getText() : null);
