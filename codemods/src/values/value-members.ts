/** values/value-members: what object literals, classes and their instances hold, and what is found in them by name. */
import { descendants, nameText, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Next } from './value-next.ts';
import { anyName, hasBody, held, isEnd, opened, type Way } from './value-way.ts';

const isStatic = (node: ts.ClassElement): boolean =>
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;

/** The name of a member, as far as it is written. */
export const memberName = (name: ts.PropertyName | ts.BindingName): string =>
  ts.isComputedPropertyName(name) && !ts.isStringLiteralLike(name.expression) ? anyName : nameText(name);

const namesOf = (properties: readonly ts.ObjectLiteralElementLike[]): readonly string[] =>
  properties.flatMap(({ name }) => (name === undefined ? [] : [memberName(name)]));

/** The names that an object literal gives a value. */
export function writtenNames(node: ts.Expression): readonly string[] {
  const at = unwrap(node);
  return ts.isObjectLiteralExpression(at) ? namesOf(at.properties) : [];
}

function ofMember(way: Way, one: ts.ObjectLiteralElementLike): readonly Next[] {
  if (ts.isSpreadAssignment(one)) {
    const { properties } = one.parent;
    return [{ way: opened(way, namesOf(properties.slice(properties.indexOf(one) + 1))), value: one.expression }];
  }
  const to = held(way, memberName(one.name));
  if (ts.isPropertyAssignment(one)) return [{ way: to, value: one.initializer }];
  if (ts.isShorthandPropertyAssignment(one)) return [{ way: to, value: one.name }];
  if (ts.isGetAccessor(one)) return hasBody(one) ? [{ way: to, results: [one] }] : [];
  return ts.isMethodDeclaration(one) && to !== null && isEnd(to) ? [{ node: one, is: 'value' }] : [];
}

/** What an object literal holds. */
export function ofObject(way: Way, { properties }: ts.ObjectLiteralExpression): readonly Next[] {
  if (isEnd(way) && properties.some((one) => one.name?.getText() === 'toJSON')) return [];
  return properties.flatMap((one) => ofMember(way, one));
}

/** A field is held; a method and a getter stay with the class, and are found where they are asked for. */
function ofClassMember(way: Way, one: ts.ClassElement): readonly Next[] {
  if (one.name === undefined) return [];
  const to = held(way, memberName(one.name));
  if (ts.isPropertyDeclaration(one)) return one.initializer === undefined ? [] : [{ way: to, value: one.initializer }];
  if (to === null || way.taken.length === 0 || !hasBody(one)) return [];
  if (ts.isGetAccessor(one)) return [{ way: to, results: [one] }];
  return ts.isMethodDeclaration(one) && isEnd(to) ? [{ node: one, is: 'value' }] : [];
}

/** What a class has itself. */
export const ofClass = (way: Way, { members }: ts.ClassLikeDeclaration): readonly Next[] =>
  members.filter(isStatic).flatMap((one) => ofClassMember(way, one));

/** What a constructor sets. */
function ofConstructor(way: Way, { body }: ts.ConstructorDeclaration): readonly Next[] {
  return (body === undefined ? [] : descendants(body)).flatMap((set) => {
    const name = ts.isBinaryExpression(set) ? /^this\.(\w+)$/.exec(set.left.getText())?.[1] : undefined;
    return name !== undefined && ts.isBinaryExpression(set) ? [{ way: held(way, name), value: set.right }] : [];
  });
}

/** What an instance of a class holds, that of its own toJSON where it has one. */
export function ofInstance(way: Way, { members }: ts.ClassLikeDeclaration): readonly Next[] {
  const json = members.find((one) => ts.isMethodDeclaration(one) && one.name.getText() === 'toJSON');
  if (isEnd(way) && json !== undefined) return hasBody(json) ? [{ way, results: [json] }] : [];
  return members.flatMap((one) => {
    if (ts.isConstructorDeclaration(one)) return ofConstructor(way, one);
    return isStatic(one) ? [] : ofClassMember(way, one);
  });
}

/**
 * What `this` is in a member of a class or an object; `null` in any other function.
 *
 * @param moves - a function that moves away from there, so that its `this` is another
 */
export function holderOfThis(
  node: ts.Node,
  moves: ts.Node | null,
): ts.ClassLikeDeclaration | ts.ObjectLiteralExpression | null {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (at === moves || ts.isSourceFile(at) || ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return null;
    if (ts.isClassLike(parent) && !isStatic(at as ts.ClassElement)) return parent;
    if (ts.isObjectLiteralExpression(parent) && (ts.isMethodDeclaration(at) || ts.isAccessor(at))) return parent;
    at = parent;
  }
}
