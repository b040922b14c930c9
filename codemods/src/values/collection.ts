/** values/collection: lists, maps and containers: what one thing is taken out of, and what a file puts in there. */
import { dottedNames, placesOf, returnedBy, unwrap } from '../syntax/syntax.ts';
import { sameThis, type Written, writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { madeBy, type Root } from './roots.ts';

/** One thing that is taken out of others. */
export interface Taken {
  readonly holder: ts.Expression;
  /** What is asked for; nothing for any of them. */
  readonly key: ts.Expression | undefined;
}

const byKey = /^(?:get|resolve|inject)$/;
const anyOne = /^(?:at|first|last|random|find|pop|shift|values)$/;

/** Methods that put their arguments into a list, a map or a container. */
export const putting = /^(?:push|unshift|add|set|register|provide|splice|fill)$/;

/** `bots[0]`, `bots.get(id)`, `app.get('client')`, `container.resolve(Client)`; `null` for anything else. */
export function takenOut(node: ts.Expression): Taken | null {
  const at = unwrap(node);
  if (ts.isAwaitExpression(at)) return takenOut(at.expression);
  if (ts.isElementAccessExpression(at))
    return ts.isStringLiteralLike(at.argumentExpression) ? null : { holder: at.expression, key: undefined };
  const access = ts.isCallExpression(at) ? unwrap(at.expression) : at;
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(access)) return null;
  if (anyOne.test(access.name.text)) return { holder: access.expression, key: undefined };
  const [key] = at.arguments;
  return byKey.test(access.name.text) && key !== undefined ? { holder: access.expression, key } : null;
}

/** The name that a key is: a text of one word, also a constant, or the one that a symbol has. */
export function keyName([root, ...more]: readonly Root[]): string | null {
  if (root?.kind !== 'open' || root.node === null || more.length > 0) return null;
  const symbol = ts.isCallExpression(root.node) && /^Symbol(?:\.for)?$/.test(root.node.expression.getText());
  const text = symbol ? (root.node as ts.CallExpression).arguments[0] : root.node;
  return text !== undefined && ts.isStringLiteralLike(text) && /^[A-Za-z_$][\w$-]*$/.test(text.text) ? text.text : null;
}

/** What a key that is a class stands for: an instance of it. A value is a key of what belongs to it. */
export function keyInstance(root: Root): Root | null {
  if (root.kind === 'package') return !root.made && /^[A-Z]/.test(root.names[0] ?? '') ? madeBy(root) : null;
  return root.kind === 'value' && ts.isClassLike(root.node) ? madeBy(root) : null;
}

const isFunction = (node: ts.Node | undefined): node is ts.ArrowFunction | ts.FunctionExpression =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

const single = (one: ts.Expression): Written => (ts.isSpreadElement(one) ? null : one);

/** What an object holds; `null` for what it takes over from another, and for methods. */
const inObject = ({ properties }: ts.ObjectLiteralExpression): readonly Written[] =>
  properties.map((one) => {
    if (ts.isShorthandPropertyAssignment(one)) return one.name;
    return ts.isPropertyAssignment(one) ? one.initializer : null;
  });

/** What a list, a map or an object is written with: `[a, b]`, `new Map([[id, a]])`, `tokens.map(() => a)`. */
function writtenWith(node: ts.Node): readonly Written[] {
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(single);
  if (ts.isObjectLiteralExpression(node)) return inObject(node);
  if (ts.isNewExpression(node)) {
    const [list] = node.arguments ?? [];
    if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
    return list.elements.map((one) => single(ts.isArrayLiteralExpression(one) ? (one.elements.at(-1) ?? one) : one));
  }
  return ts.isCallExpression(node) ? givenByCall(node) : [];
}

/** What a call makes a list of, as far as it is written there. */
function givenByCall(call: ts.CallExpression): readonly Written[] {
  const callee = call.expression.getText();
  const [first] = call.arguments;
  if (/^Promise\.all(?:Settled)?$/.test(callee)) return first === undefined ? [] : writtenWith(unwrap(first));
  if (callee === 'Array.of') return call.arguments.map(single);
  if (/\.fill$/.test(callee)) return first === undefined ? [] : [single(first)];
  const fn = call.arguments.at(-1);
  return /\.(?:map|from)$/.test(callee) && isFunction(fn) ? returnedBy(fn) : [];
}

/** Whether all that is in a list, a map or an object where it is made is written there; nothing may be. */
export function isWrittenOut(node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return !node.elements.some(ts.isSpreadElement);
  if (ts.isObjectLiteralExpression(node)) return !inObject(node).includes(null);
  if (ts.isCallExpression(node)) return /^Object\.create\(null\)$/.test(node.getText());
  if (!ts.isNewExpression(node)) return false;
  const [list] = node.arguments ?? [];
  return list === undefined || (ts.isArrayLiteralExpression(list) && isWrittenOut(list));
}

/** What a call of `push` or `set` puts somewhere; of a key by its name, only what that gets. */
function givenBy(call: ts.CallExpression, key: string | null): readonly Written[] {
  const [first, second] = call.arguments;
  if (key !== null && !(first !== undefined && ts.isStringLiteralLike(first) && first.text === key)) return [];
  const method = call.expression.getText();
  if (second !== undefined && /\.(?:set|register|provide)$/.test(method)) return [second];
  if (/\.splice$/.test(method)) return call.arguments.slice(2).map(single);
  return key === null ? call.arguments.map(single) : [];
}

/** Everything a file puts into a list, a map or a container, or under one of its keys. */
export function addedTo(holder: ts.Expression, key: string | null): readonly Written[] {
  const path = dottedNames(holder);
  return path === null ? [] : putUnder(holder, path, key);
}

/** What the file calls a list where it is made. */
function firstPath(node: ts.Node): readonly string[] | null {
  const { parent } = node;
  const names = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? [parent.name.text] : null;
  const field = ts.isPropertyDeclaration(parent) ? ['this', parent.name.getText()] : names;
  return ts.isBinaryExpression(parent) && parent.right === node ? dottedNames(parent.left) : field;
}

/** What is in a list or a map by where it is made: what it is written with, and what is put in by its first name. */
export function madeWith(node: ts.Node): readonly Written[] {
  const path = firstPath(node);
  return [...writtenWith(node), ...(path === null ? [] : putUnder(node, path, null))];
}

function putUnder(target: ts.Node, path: readonly string[], key: string | null): readonly Written[] {
  const isHere = sameThis(target, path.join('.'));
  return placesOf(target.getSourceFile(), path.at(-1) ?? '').flatMap((place) => {
    const at = ts.isPropertyAccessExpression(place.parent) && place.parent.name === place ? place.parent : place;
    const { parent } = at;
    if (!ts.isExpression(at) || dottedNames(at)?.join('.') !== path.join('.') || !isHere(at)) return [];
    if (ts.isElementAccessExpression(parent) && parent.expression === at) return key === null ? writtenAt(parent) : [];
    return putAt(at, key);
  });
}

/** What the methods that are called on a list put in, one after another: `map.set(1, a).set(2, b)`. */
function putAt(list: ts.Expression, key: string | null): readonly Written[] {
  const { parent: access } = list;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== list) return [];
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access || !putting.test(access.name.text)) return [];
  return [...givenBy(call, key), ...putAt(call, key)];
}
