/** clients/done-to-whole: whether what a function does is another thing for a whole process than for each of its shards. */
import { declarationOf } from '../syntax/free-names.ts';
import { logs } from '../syntax/logs.ts';
import { leaves } from '../syntax/statements.ts';
import { descendants, isNameOnly, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isPromise } from '../values/promise-makers.ts';
import { holdsWithout, isAbsentFalsy } from './absent.ts';
import { clientReads } from './client-paths.ts';
import { changing, type Effects } from './effects.ts';
import { kindsBehind } from './reads-behind.ts';
import { elementwise, isPerElement } from './returned.ts';

/** What a node sets, or changes by a method: `n`, `rows.push(row)`. */
function changedBy(node: ts.Node): ts.Node | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return writtenBy(node);
  return changing.test(node.expression.name.text) ? node.expression.expression : null;
}

/** Whether a loop adds to something that was there before it, and that tells of all of its list then: `n++`, `rows.push(row)`. */
function addsUp(fn: MovableFunction, { statement }: ts.ForOfStatement): boolean {
  return descendants(statement).some((node) => {
    const [root] = [changedBy(node)]
      .flatMap((to) => (to === null ? [] : [to, ...descendants(to)]))
      .filter(ts.isIdentifier);
    const declared = root === undefined ? null : declarationOf(root, fn.body);
    return declared !== null && !(statement.pos <= declared.pos && declared.end <= statement.parent.end);
  });
}

/** Whether a loop is left before its end, so that others of its list are not looked at. */
const isLeft = ({ statement }: ts.ForOfStatement): boolean =>
  descendants(statement).some((node) => {
    if (ts.isReturnStatement(node)) return ts.findAncestor(node, ts.isFunctionLike) === enclosing(statement);
    return ts.isBreakStatement(node) && ts.findAncestor(node, isLoopOrSwitch) === statement.parent;
  });

const enclosing = (node: ts.Node): ts.Node | undefined => ts.findAncestor(node, ts.isFunctionLike);

const isLoopOrSwitch = (node: ts.Node): boolean => ts.isIterationStatement(node, false) || ts.isSwitchStatement(node);

const followed = new Set<ts.VariableDeclaration>();

/** Whether every use of a local constant goes through all of what it holds. */
function areUsesThrough(fn: MovableFunction, variable: ts.VariableDeclaration): boolean {
  const isConst = (variable.parent.flags & ts.NodeFlags.Const) !== 0;
  // Constants that are made of one another end somewhere.
  if (!isConst || !ts.isIdentifier(variable.name) || followed.has(variable)) return false;
  const { text } = variable.name;
  const uses = descendants(fn.body).filter(
    (one): one is ts.Identifier =>
      ts.isIdentifier(one) && one.text === text && one !== variable.name && !isNameOnly(one),
  );
  followed.add(variable);
  try {
    return uses.every((one) => declarationOf(one, fn.body) !== variable || isGoneThrough(fn, one));
  } finally {
    followed.delete(variable);
  }
}

/** Whether what a method of a list gives is made of each entry by itself, and gone through as well. */
function ofMethod(fn: MovableFunction, access: ts.PropertyAccessExpression): boolean {
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access || !isPerElement(fn, call)) return false;
  return /^(forEach|each)$/.test(access.name.text) || (elementwise.has(access.name.text) && isGoneThrough(fn, call));
}

/** Whether a call that gets a list goes through it: `Promise.all(list)`, `Array.from(list, each)`. */
function ofArgument(fn: MovableFunction, call: ts.CallExpression): boolean {
  const callee = call.expression.getText();
  if (/^Promise\.(all|allSettled)$/.test(callee)) return true;
  return callee === 'Array.from' && isPerElement(fn, call) && isGoneThrough(fn, call);
}

/** Whether all of a list is gone through, each entry by itself, or given back as it is. */
function isGoneThrough(fn: MovableFunction, list: ts.Expression): boolean {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isForOfStatement(parent)) return parent.expression === at && !isLeft(parent) && !addsUp(fn, parent);
  if (ts.isSpreadElement(parent))
    return (
      ts.isArrayLiteralExpression(parent.parent) &&
      parent.parent.elements.length === 1 &&
      isGoneThrough(fn, parent.parent)
    );
  if (ts.isVariableDeclaration(parent)) return areUsesThrough(fn, parent);
  if (ts.isPropertyAccessExpression(parent)) return ofMethod(fn, parent);
  if (ts.isCallExpression(parent)) return parent.expression !== at && ofArgument(fn, parent);
  return ts.isReturnStatement(parent) || ts.isExpressionStatement(parent) || parent === fn;
}

/** Whether something is done at a place, beside what is said in a log. */
const isDoneIn = (node: ts.Node): boolean =>
  [node, ...descendants(node)].some((one) =>
    ts.isCallExpression(one) ? !logs.test(one.expression.getText()) : writtenBy(one) !== null,
  );

/** What is done where a test does not hold, by the statement or the expression that tests. */
interface Branches {
  readonly test: ts.Expression;
  readonly yes: ts.Node | undefined;
  readonly no: readonly ts.Node[];
}

/** What comes behind a statement in its block. */
function behind(statement: ts.Statement): readonly ts.Node[] {
  const { parent } = statement;
  return ts.isBlock(parent) ? parent.statements.filter(({ pos }) => pos > statement.pos) : [];
}

function branchesOf(node: ts.Node): Branches | null {
  if (ts.isIfStatement(node)) {
    const rest = leaves(node.thenStatement) ? behind(node) : [];
    const no = node.elseStatement === undefined ? rest : [node.elseStatement, ...rest];
    return { test: node.expression, yes: node.thenStatement, no };
  }
  if (ts.isConditionalExpression(node)) return { test: node.condition, yes: node.whenTrue, no: [node.whenFalse] };
  if (!ts.isBinaryExpression(node)) return null;
  const { kind } = node.operatorToken;
  const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  if (kind === AmpersandAmpersandToken) return { test: node.left, yes: node.right, no: [] };
  const isElse = kind === BarBarToken || kind === QuestionQuestionToken;
  return isElse ? { test: node.left, yes: undefined, no: [node.right] } : null;
}

/** Whether a node does something where a thing is not there: of several shards, all but one do that. */
function doesWithout(fn: MovableFunction, node: ts.Node): boolean {
  const found = branchesOf(node);
  if (found === null || !kindsBehind(fn, found.test).some((kind) => kind === 'one' || kind === 'some')) return false;
  const { test, yes, no } = found;
  const onYes = !isAbsentFalsy(fn, test) && yes !== undefined && isDoneIn(yes);
  return onYes || (!holdsWithout(fn, test) && no.some(isDoneIn));
}

/** Whether a node sets what the shards of a client show, each of which has a presence of its own. */
const setsPresence = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && /\buser[?!]?\.set(Presence|Activity|Status|AFK)$/.test(node.expression.getText());

/** Whether a node tests if a certain thing is there: what is done to all of a list then is done to those of one shard. */
function asksForOne(fn: MovableFunction, node: ts.Node): boolean {
  const found = branchesOf(node);
  return found !== null && kindsBehind(fn, found.test).includes('some');
}

/** Whether a call stands alone, so that it is made for what it does: as a statement, or as all that is done for each entry. */
function standsAlone(call: ts.CallExpression): boolean {
  const waited = wrapped(call);
  const at = ts.isAwaitExpression(waited.parent) || ts.isVoidExpression(waited.parent) ? waited.parent : waited;
  if (ts.isExpressionStatement(at.parent)) return true;
  const each = ts.isArrowFunction(at.parent) && at.parent.body === at ? at.parent.parent : null;
  return each !== null && ts.isCallExpression(each) && goesThrough.test(each.expression.getText());
}

const goesThrough = /\.(forEach|each)$/;

/** Whether a call changes nothing but what the function itself holds: `rows.push(row)`. */
function isOfLocal(fn: MovableFunction, call: ts.CallExpression): boolean {
  const [root] = descendants(call.expression).filter(ts.isIdentifier);
  const declared = root === undefined ? null : declarationOf(root, fn.body);
  if (declared === null || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return false;
  const made = unwrap(declared.initializer);
  return ts.isArrayLiteralExpression(made) || ts.isObjectLiteralExpression(made) || ts.isNewExpression(made);
}

/** Whether a call does something, to Discord or to what its process has; what is said in a log counts for nothing. */
function isAct(fn: MovableFunction, call: ts.CallExpression): boolean {
  const callee = call.expression.getText();
  if (logs.test(callee) || goesThrough.test(callee)) return false;
  return isPromise(call) || (standsAlone(call) && !isOfLocal(fn, call));
}

/** Whether a function does something beside giving a value. */
export const doesMore = (fn: MovableFunction, { done }: Effects): boolean =>
  done.length > 0 || descendants(fn.body).some((node) => ts.isCallExpression(node) && isAct(fn, node));

/**
 * Whether what a function looks at is more than things by their ids, or each of a list by itself: the first that it finds,
 * how many there are, or that a thing is not there. What it does about that is done for each shard.
 */
export function looksAtWhole(fn: MovableFunction): boolean {
  const reads = clientReads(fn);
  const ofSome = reads.some(
    ({ kind, node }) => kind === 'some' || kind === 'count' || (kind === 'all' && !isGoneThrough(fn, node)),
  );
  const nodes = descendants(fn.body);
  const shown = nodes.some(setsPresence) && reads.some(({ kind }) => kind === 'one' || kind === 'all');
  const listed = reads.some(({ kind }) => kind === 'all') && nodes.some((node) => asksForOne(fn, node));
  return ofSome || shown || listed || nodes.some((node) => doesWithout(fn, node));
}
