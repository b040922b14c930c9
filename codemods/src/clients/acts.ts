/** clients/acts: what a function does beside giving a value. */
import { isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isPromise } from '../values/promise-makers.ts';
import { isFixed } from '../values/value-names.ts';
import { changing, type Effects, reading } from './effects.ts';
import { isLogWord } from './log-words.ts';
import { isMadeHere } from './made-here.ts';
import { isReading } from './only-reads.ts';

/** Whether a call stands alone, so that it is made for what it does: as a statement, or as all that is done for each entry. */
function standsAlone(call: ts.CallExpression): boolean {
  const waited = wrapped(call);
  const at = ts.isAwaitExpression(waited.parent) || ts.isVoidExpression(waited.parent) ? waited.parent : waited;
  if (ts.isExpressionStatement(at.parent)) return true;
  const each = ts.isArrowFunction(at.parent) && at.parent.body === at ? at.parent.parent : null;
  return each !== null && ts.isCallExpression(each) && goesThrough.test(each.expression.getText());
}

const goesThrough = /\.(forEach|each)$/;

/** Whether a call changes nothing but what the function itself has made: `rows.push(row)`. */
const isOfLocal = (fn: MovableFunction, { expression: callee }: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(callee) && isMadeHere(fn, callee.expression);

/** Whether a call does something, to Discord or to what its process has; what is said in a log counts for nothing. */
function isAct(fn: MovableFunction, call: ts.CallExpression): boolean {
  const callee = call.expression.getText();
  if (isLogWord(fn, call) || goesThrough.test(callee)) return false;
  return isPromise(call) || (standsAlone(call) && !isOfLocal(fn, call));
}

/** Whether a function does something beside giving a value. */
export const doesMore = (fn: MovableFunction, { done }: Effects): boolean =>
  done.length > 0 || descendants(fn.body).some((node) => ts.isCallExpression(node) && isAct(fn, node));

/** Calls of what they are given, each where it stands: what these functions do is looked at there. */
const calling =
  /^(setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick)$|\.(then|catch|finally|forEach|each)$/;

/** Methods of lists that call what they are given first for each. */
export const forEntries =
  /\.(map|filter|flatMap|find(Index|Key|Last|LastIndex)?|some|every|reduce(Right)?|sort|toSorted|partition|mapValues|tap)$/;

/** Functions that only look at what they are given, and others that do nothing by themselves. */
const quiet = /^(require|String|Number|Boolean|BigInt|Promise\.(all|allSettled|any|race|resolve))$/;

/** What is made and does nothing. */
const making =
  /(^|\.)(\w*(Builder|Embed|Attachment|Error)|Date|Map|Set|WeakMap|Collection|Array|Object|Promise|RegExp|URL|URLSearchParams)$/;

/** Whether an expression is a function of the text, whose own statements are looked at. */
const isWrittenFunction = (fn: MovableFunction, node: ts.Expression): boolean => {
  const at = unwrap(node);
  if (!ts.isIdentifier(at)) return ts.isFunctionLike(at);
  const declared = declarationOf(at, fn.body);
  return declared !== null && isFixed(at, declared) && (ts.isFunctionLike(declared) || isFunctionSet(declared));
};

const isFunctionSet = (declared: ts.Node): boolean =>
  ts.isVariableDeclaration(declared) && declared.initializer !== undefined && ts.isFunctionLike(declared.initializer);

/** The name of the method that is called, or none. */
const methodOf = ({ expression: callee }: ts.CallExpression): string =>
  ts.isPropertyAccessExpression(callee) ? callee.name.text : '';

/** `new EmbedBuilder().setTitle('x')`: what is made on the spot. */
function isBuilt({ expression: callee }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !/^(set|add)/.test(callee.name.text)) return false;
  const of = unwrap(callee.expression);
  return ts.isNewExpression(of) ? making.test(of.expression.getText()) : ts.isCallExpression(of) && isBuilt(of);
}

/** `(function () { ... }).call(client)` */
const isBoundCall = ({ expression: callee }: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(callee) &&
  /^(call|apply)$/.test(callee.name.text) &&
  ts.isFunctionLike(unwrap(callee.expression));

/** Whether a call does nothing by itself. */
function isQuiet(fn: MovableFunction, call: ts.CallExpression): boolean {
  const callee = call.expression.getText();
  const [first, second] = call.arguments;
  if (calling.test(callee)) return isWrittenFunction(fn, first ?? call.expression);
  // The start of `reduce` is a value, whatever it is.
  const each = forEntries.test(callee) ? first : callee === 'Array.from' ? second : undefined;
  if (each !== undefined) return isWrittenFunction(fn, each) || quiet.test(each.getText());
  if (forEntries.test(callee)) return true;
  if (isLogWord(fn, call) || quiet.test(callee) || isReading(call) || isBuilt(call)) return true;
  if (reading.test(methodOf(call))) return true;
  if (isWrittenFunction(fn, call.expression) || isBoundCall(call)) return true;
  return changing.test(methodOf(call)) && isOfLocal(fn, call);
}

/** Whether something is set that is not a variable of the function itself, or a member of what it has made. */
function isSetOutside(fn: MovableFunction, target: ts.Expression): boolean {
  const at = unwrap(target);
  if (isAccess(at)) return !isMadeHere(fn, at.expression);
  const [root] = descendants(at).filter(ts.isIdentifier);
  return root === undefined || at !== root || declarationOf(root, fn.body) === null;
}

/** Whether a node may do something beside giving a value: all but what is known to do nothing. */
function mayDo(fn: MovableFunction, node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return !isQuiet(fn, node);
  if (ts.isNewExpression(node)) return !making.test(node.expression.getText());
  if (ts.isThrowStatement(node) || ts.isTaggedTemplateExpression(node)) return true;
  const target = writtenBy(node);
  return target !== null && isSetOutside(fn, target);
}

/** Every place of a function that may do something. */
export const actsIn = (fn: MovableFunction): readonly ts.Node[] =>
  descendants(fn.body).filter((node) => mayDo(fn, node));
