/** values/own-members: what the bot's own classes, functions and objects put under a name of theirs. */
import { nameText, returnedBy } from '../syntax/syntax.ts';
import { isNothing, type Written, writesToPath } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { classOf } from './class-owner.ts';

/** Something that has members of its own: an object, a class for its instances, or a function that makes objects. */
export type Holder = ts.ObjectLiteralExpression | ts.ClassLikeDeclaration | ts.SignatureDeclaration;

/** What is under a name. */
export interface OwnMember {
  readonly values: readonly Written[];
  readonly type: ts.TypeNode | undefined;
}

const ofGetter = (node: ts.GetAccessorDeclaration): OwnMember => ({
  values: node.body === undefined ? [] : returnedBy({ body: node.body }),
  type: node.type ?? ts.getJSDocReturnType(node),
});

function ofDeclaration(node: ts.ClassElement | ts.ObjectLiteralElementLike | ts.ParameterDeclaration): OwnMember {
  const type = ts.isPropertyDeclaration(node) ? (node.type ?? ts.getJSDocType(node)) : undefined;
  if (ts.isGetAccessor(node)) return ofGetter(node);
  if (ts.isShorthandPropertyAssignment(node)) return { values: [node.name], type };
  if (ts.isPropertyAssignment(node)) return { values: [node.initializer], type };
  if (ts.isPropertyDeclaration(node)) return { values: node.initializer === undefined ? [] : [node.initializer], type };
  if (ts.isParameter(node)) return { values: ts.isIdentifier(node.name) ? [node.name] : [], type: node.type };
  return { values: ts.isSetAccessor(node) ? [] : [null], type };
}

const isStatic = (node: ts.Declaration): boolean => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;

function declarations(
  node: Holder,
): readonly (ts.ClassElement | ts.ObjectLiteralElementLike | ts.ParameterDeclaration)[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties;
  if (!ts.isClassLike(node)) return [];
  const made = node.members.find(ts.isConstructorDeclaration)?.parameters ?? [];
  const fields = made.filter((one) => ts.isParameterPropertyDeclaration(one, one.parent));
  return [...node.members.filter((one) => !isStatic(one)), ...fields];
}

/** What a class, or a function that makes objects, sets on `this`. */
function setOnThis(node: Holder, name: string): readonly Written[] {
  if (ts.isObjectLiteralExpression(node)) return [];
  if (ts.isClassLike(node)) return writesToPath(node, `this.${name}`, (place) => classOf(place) === node);
  return writesToPath(node, `this.${name}`, (place) => place.pos >= node.pos && place.end <= node.end);
}

/** What is put under a name; `null` when nothing says it. */
export function ownMember(node: Holder, name: string): OwnMember | null {
  const declared = declarations(node).filter((one) => one.name !== undefined && nameText(one.name) === name);
  const found = declared.map(ofDeclaration);
  const values = [...new Set([...found.flatMap((one) => one.values), ...setOnThis(node, name)])];
  const type = found.find((one) => one.type !== undefined)?.type;
  const told = values.filter((value) => value === null || !isNothing(value));
  return told.length === 0 && type === undefined ? null : { values: told, type };
}

/** What an object takes members over from. */
export const spreadIn = (node: Holder): readonly ts.Expression[] =>
  ts.isObjectLiteralExpression(node)
    ? node.properties.flatMap((one) => (ts.isSpreadAssignment(one) ? [one.expression] : []))
    : [];

/** Whether an object takes members over from others, so that it may have more than it says. */
export const spreads = (node: Holder): boolean => spreadIn(node).length > 0;
