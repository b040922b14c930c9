/** clients/log-words: calls that only tell somebody who reads a log, and not those of a logger of the bot's own that sends messages. */
import { dirname } from 'node:path';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { isAccess } from '../syntax/access.ts';
import { logs } from '../syntax/logs.ts';
import { descendants, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import { writtenUnder } from '../values/written-functions.ts';
import { clientReads } from './client-paths.ts';

/** What sends something to where people read it, or to another server. */
const sending = /(^|\.)(send|createMessage|executeWebhook|fetch|axios|got|undici\.request|axios\.\w+)$/;

/** Whether a function is one of a logger, by the name of its class, or by one that stands around it or that of its file. */
function isOfLogger(fn: ts.Node): boolean {
  const owner = ts.findAncestor(fn, ts.isClassLike)?.name;
  if (owner !== undefined) return /log/i.test(owner.text);
  const around = ts.findAncestor(fn, (at) => {
    if (ts.isVariableDeclaration(at)) return /log/i.test(at.name.getText());
    return ts.isBinaryExpression(at) && /log/i.test(at.left.getText());
  });
  return around !== undefined || /log[^/\\]*$/i.test(fn.getSourceFile().fileName);
}

/** Whether a logger's function sends what it gets, by itself or by another one of the logger. */
function sends(folder: string, name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const bodies = writtenUnder(folder, name).methods.filter(isOfLogger);
  return bodies.some((one) =>
    descendants(one).some((node) => {
      if (!ts.isCallExpression(node)) return false;
      if (sending.test(node.expression.getText().replaceAll('?', ''))) return true;
      const callee = unwrap(node.expression);
      const isOwn = isAccess(callee) && unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword;
      return isOwn && sends(folder, accessName(callee), seen);
    }),
  );
}

const askedFor = askedOnce<{ readonly sends: boolean }>();

/** Whether a call is one of the bot's own logger, whose file shows that it sends a message. */
function isSent(fn: MovableFunction, { expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (!isAccess(callee) || !clientReads(fn, callee).some(({ kind }) => kind === 'own')) return false;
  const manifest = packageFile(dirname(fn.body.getSourceFile().fileName));
  if (manifest === null) return false;
  const folder = dirname(manifest);
  const name = accessName(callee);
  return askedFor(`${folder}#log#${name}`, () => ({ sends: sends(folder, name, new Set()) })).sends;
}

/** Whether a call only says a word in a log. */
export const isLogWord = (fn: MovableFunction, call: ts.CallExpression): boolean =>
  logs.test(call.expression.getText()) && !isSent(fn, call);
