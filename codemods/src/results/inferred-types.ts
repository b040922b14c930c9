/** results/inferred-types: whether the type of what a call gives may be inferred by other files, which nobody checks here. */
import { isExported } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { returnsOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

type WithBody = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

const hasBody = (node: ts.Node): node is WithBody =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** Whether a function gives something whose type is written nowhere. */
const isInferred = ({ type, body }: WithBody): boolean =>
  type === undefined && (!ts.isBlock(body) || returnsOf(body).some(({ expression }) => expression !== undefined));

/** What the type of a function goes to: to nobody where it is handed over, as to `client.on`. */
const isHandedOver = ({ parent }: ts.Node): boolean => ts.isCallExpression(parent) || ts.isNewExpression(parent);

/** Whether the results of a call may be anything by their type, so that nobody infers that they are there. */
export function areOfAny({ checker }: ParsedFile, call: ts.CallExpression): boolean {
  const own = checker.getTypeAtLocation(call);
  const type = checker.getAwaitedType(own) ?? own;
  const one = checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type;
  return (one.flags & ts.TypeFlags.Any) !== 0;
}

/** Whether other files may take the type of what is given at a place: by a function without a written type, or an export. */
export function isTypeInferred(place: ts.Node): boolean {
  let outermost: WithBody | null = null;
  let at = place;
  for (; !ts.isSourceFile(at); at = at.parent) {
    if (hasBody(at)) outermost = at;
    const isDeclared = ts.isPropertyDeclaration(at) || (ts.isVariableDeclaration(at) && isExported(at));
    if (outermost === null && isDeclared) return true;
  }
  return outermost !== null && !isHandedOver(outermost) && isInferred(outermost);
}
