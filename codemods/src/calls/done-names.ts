/** calls/done-names: names of what a function does by several statements: `if (g) { await g.leave(); }` -> guildLeave. */
import { logs } from '../syntax/logs.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { camelCase, nameOfValue } from './value-names.ts';

/** Names a function by the last thing that it does or gives; `null` where that is not something of its client. */
export const nameOfDone = (fn: MovableFunction): string | null =>
  ts.isBlock(fn.body) ? ofStatements(fn, fn.body.statements) : null;

function ofStatements(fn: MovableFunction, statements: readonly ts.Statement[]): string | null {
  for (const one of [...statements].reverse()) {
    const name = ofStatement(fn, one);
    if (name !== null) return name;
  }
  return null;
}

function ofStatement(fn: MovableFunction, statement: ts.Statement): string | null {
  if (ts.isBlock(statement)) return ofStatements(fn, statement.statements);
  if (ts.isIfStatement(statement)) return ofStatement(fn, statement.thenStatement);
  if (ts.isTryStatement(statement)) return ofStatement(fn, statement.tryBlock);
  if (ts.isForOfStatement(statement)) return ofStatement(fn, statement.statement);
  const isDone = ts.isExpressionStatement(statement) || ts.isReturnStatement(statement);
  return isDone && statement.expression !== undefined ? ofDone(fn, unwrap(statement.expression)) : null;
}

function ofDone(fn: MovableFunction, at: ts.Expression): string | null {
  const value = ts.isAwaitExpression(at) ? unwrap(at.expression) : at;
  if (ts.isCallExpression(value) && logs.test(value.expression.getText())) return null;
  const target = writtenBy(value);
  if (target === null) return nameOfValue(fn, value);
  const name = nameOfValue(fn, target);
  return name === null ? null : camelCase(['set', name]);
}
