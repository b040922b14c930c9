/** results/noticed-members: where code behind a call notices a member of a result that is `undefined` and not missing. */
import { logs } from '../syntax/logs.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isSent, showing, tells } from './holder-uses.ts';
import { isLost, type Place } from './put-into.ts';
import { restOf } from './result-entries.ts';
import type { Path, Reach } from './result-paths.ts';

/** Something of a result that may be `undefined`, which JSON left out. */
export interface Doubt {
  /** What leads to the object that has it. */
  readonly path: Path;
  readonly member: string;
  /** Whether it counts where the object goes out of sight, since that is surely an object. */
  readonly handedOn: boolean;
  /** The calls that print it count. */
  readonly printed: RegExp | null;
  readonly what: string;
  readonly instead?: string;
}

/** Where something of the results is noticed, and whether that is seen. */
interface Noticed {
  readonly node: ts.Node;
  readonly isSeen: boolean;
}

/** What puts the members of all that is given into one object. */
const merging =
  /(^|\.)(assign|assignIn|extend|merge|mergeWith|mergeDeep|deepmerge|defaults|defaultsDeep)(\.apply|\.all)?$/;

/** `Object.assign({}, ...list)`, `_.merge.apply(null, list)`, and `inspect(list)` where that counts. */
function takesAll({ printed }: Doubt, list: Place['node']): ts.Node | null {
  const at = ts.isExpression(list) ? wrapped(list) : list;
  const call = ts.isSpreadElement(at.parent) ? at.parent.parent : at.parent;
  if (!ts.isCallExpression(call) || call.expression === at) return null;
  const callee = call.expression.getText();
  if (printed?.test(callee) === true) return call;
  return merging.test(callee) && (call !== at.parent || /\.(apply|all)$/.test(callee)) ? call : null;
}

/** The place itself, or the uses of what a pattern leaves of it. */
const restAt = (file: ParsedFile, node: Place['node'], member: string): readonly ts.Expression[] =>
  ts.isExpression(node) ? [node] : ts.isObjectBindingPattern(node) ? restOf(file, node, member) : [];

/** The places that merge, list or ask for what is doubted, or print it. */
function noticers(doubt: Doubt, { holders, around }: ReturnType<Reach>): readonly ts.Node[] {
  const { member, printed } = doubt;
  const takers = around.flatMap(({ node }) => takesAll(doubt, node) ?? []);
  const tellers = holders.flatMap(({ file, node }) => {
    const holding = { file, missing: [member], handedOn: false, isDiscord: isSent, printed };
    return restAt(file, node, member).filter((one) => tells(holding, one));
  });
  return [...tellers, ...takers];
}

/** Whether a place stands in a log, which nothing but people reads as a rule. */
const isLogged = (node: ts.Node): boolean =>
  ts.findAncestor(node, (at) => {
    if (ts.isFunctionLike(at)) return 'quit';
    return ts.isCallExpression(at) && logs.test(at.expression.getText());
  }) !== undefined;

/** Where code notices what is doubted, or has it out of sight. */
export function noticed(doubt: Doubt, reach: Reach): Noticed | null {
  const reached = reach(doubt);
  const [told] = noticers({ ...doubt, printed: null }, reached);
  const found = told ?? noticers(doubt, reached).find((one) => doubt.printed !== showing || !isLogged(one));
  if (found !== undefined) return { node: found, isSeen: true };
  const [gone] = [...reached.lost, ...reached.holders.filter(isLost).map(({ node }) => node)];
  return gone === undefined || !doubt.handedOn ? null : { node: gone, isSeen: false };
}

/** What shows a value in a log, by itself or by a text of it: `console.log(inspect(r))`. */
const inLogs = new RegExp(`${showing.source}|${logs.source}`, 'i');

/** Where a log shows the member that is doubted, if that is one which somebody wrote. */
export const loggedIn = (doubt: Doubt, reach: Reach): Noticed | null =>
  doubt.printed === showing ? noticed({ ...doubt, handedOn: false, printed: inLogs }, reach) : null;
