/** calls/idioms/direct: a call that one of shardlift's own methods does, so that it needs no handler. */
import type { Consumer } from '../../results/consumer.ts';
import type { Finding } from '../../rules/reasons.ts';
import type { Splice } from '../../syntax/edits.ts';
import { applySplices } from '../../syntax/edits.ts';
import type { ParsedFile } from '../../syntax/program.ts';
import type { MovableFunction } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';
import type { HandlerPlan } from '../call.ts';

/** What is written instead of the call and of what took its result apart. */
export interface DirectPlan {
  readonly splices: readonly Splice[];
  readonly notes: readonly Finding[];
  /** The method, for the report. */
  readonly method: string;
}

/** One call, as far as it is understood. */
export interface Understanding {
  readonly file: ParsedFile;
  readonly call: ts.CallExpression;
  readonly plan: HandlerPlan;
  readonly consumer: Consumer;
  /** The function the call sends, when it stands in this file. */
  readonly fn: MovableFunction | null;
  readonly context: ts.Expression | null;
}

/** Whether the call is made by a bot's own client and asks everybody, so that `client.cluster` can do the same. */
export function asksThroughClient({ plan }: Understanding): boolean {
  const { id, timeout, optional, nested, receiverSplices, comments } = plan;
  const plain = id === null && timeout === null && !optional && nested.length === 0 && comments.length === 0;
  return plain && receiverSplices.some(({ text }) => /(^|\.)cluster$/.test(text));
}

/** The receiver as it is written after the rewrite: `client.cluster`. */
export function newReceiver({ file, call, plan }: Understanding): string {
  const start = call.getStart();
  const own = plan.receiverSplices.filter((one) => start <= one.start && one.end <= plan.accessStart);
  const shifted = own.map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
  return applySplices(file.source.text.slice(start, plan.accessStart), shifted);
}

/** The call itself as one of the cluster's methods, line breaks before the dot kept. */
export function askedBy({ file, plan }: Understanding, method: string): readonly Splice[] {
  const gap = /^\s*/.exec(file.source.text.slice(plan.accessStart))?.[0].length ?? 0;
  return [...plan.receiverSplices, { start: plan.accessStart + gap, end: plan.callEnd, text: `.${method}` }];
}

/** Whether `await x` can stand where an expression is, without parentheses. */
export function standsAlone(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    (ts.isCallExpression(parent) && parent.arguments.includes(node)) ||
    (ts.isBinaryExpression(parent) && parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}

/** Whether a range of a file has comments in it, which an edit of the whole range would drop. */
export function hasComments({ source }: ParsedFile, node: ts.Node): boolean {
  return /\/\/|\/\*/.test(source.text.slice(node.getStart(), node.end));
}
