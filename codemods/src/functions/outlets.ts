/** functions/outlets: where an error of a function that stands in another one comes out. */
import { forEntries } from '../clients/acts.ts';
import { isCalledAtOnce } from '../clients/thing-there.ts';
import { isCaughtBy, waitsOf } from '../clients/waited-for.ts';
import { placesMeaning } from '../syntax/free-names.ts';
import { type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** The calls and the `await`s that it comes out of; `taken` by a step behind a promise; `null` where that is not seen. */
export type Outlets = readonly ts.Expression[] | 'taken' | null;

/** Methods beside those that give something, which call what they are given there and then. */
const forEach = /\.(forEach|each|sweep)$/;

const callsThere = (callee: string): boolean =>
  forEntries.test(callee) || forEach.test(callee) || callee === 'Array.from';

/** Whether a step behind a promise takes its error: `.then(done).catch(() => null)`. */
function isTaken(promise: ts.Expression): boolean {
  const { parent: access } = wrapped(promise);
  if (!ts.isPropertyAccessExpression(access) || !/^(then|catch|finally)$/.test(access.name.text)) return false;
  const { parent: call } = access;
  if (!ts.isCallExpression(call) || call.expression !== access) return false;
  return isCaughtBy(access.name.text, call) || isTaken(call);
}

function ofPromise(promise: ts.Expression, fn: MovableFunction): Outlets {
  if (isTaken(promise)) return 'taken';
  const waits = waitsOf(fn, promise);
  return waits.length > 0 ? waits : null;
}

/** Those of a function where it stands, or at a place that names it. */
function ofValue(value: ts.Expression, isAsync: boolean, fn: MovableFunction): Outlets {
  const at = wrapped(value);
  const { parent } = at;
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Promise' ? ofPromise(parent, fn) : null;
  const call = ts.isPropertyAccessExpression(parent) && isCalledAtOnce(at) ? parent.parent : parent;
  if (!ts.isCallExpression(call)) return null;
  const callee = call.expression.getText();
  const isGiven = call.arguments.some((one) => one === at);
  if (isGiven && /\.(then|catch|finally)$/.test(callee)) return ofPromise(call, fn);
  if (isGiven && !callsThere(callee)) return null;
  return isAsync ? ofPromise(call, fn) : [call];
}

/** The places that name a function; `null` where it has no name. */
function placesNaming(inner: ts.Node, fn: MovableFunction): readonly ts.Identifier[] | null {
  const declared = ts.isFunctionDeclaration(inner) ? inner : wrapped(inner as ts.Expression).parent;
  if (!ts.isFunctionDeclaration(declared) && !ts.isVariableDeclaration(declared)) return null;
  const { name } = declared;
  return name === undefined || !ts.isIdentifier(name) ? null : placesMeaning(declared, name, fn.body);
}

/** Where an error of a function inside another one comes out, as far as that is seen in the other. */
export function outletsOf(inner: ts.Node, fn: MovableFunction): Outlets {
  if (!ts.isArrowFunction(inner) && !ts.isFunctionExpression(inner) && !ts.isFunctionDeclaration(inner)) return null;
  if (inner.asteriskToken !== undefined) return null;
  const isAsync = inner.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const places = placesNaming(inner, fn);
  if (places === null) return ofValue(inner as ts.Expression, isAsync, fn);
  const all = places.map((place) => ofValue(place, isAsync, fn));
  return all.includes(null) || all.length === 0 ? null : all.flatMap((one) => (Array.isArray(one) ? one : []));
}
