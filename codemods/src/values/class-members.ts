/** values/class-members: whether a class of the bot gives what it makes a member of some name. */
import { placesIn, saidIn } from '../modules/said-in.ts';
import { packageFolder } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { dottedNames } from '../syntax/syntax.ts';
import { isNothing, writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { classOf, extendedBy } from './class-owner.ts';

/** A field with a value, a getter, a method, or `this.name = value` in a class. */
function givesMember(name: ts.Node): boolean {
  const { parent } = name;
  if (ts.isClassElement(parent) && ts.getCombinedModifierFlags(parent) & ts.ModifierFlags.Static) return false;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer !== undefined && !isNothing(parent.initializer);
  if (ts.isMethodDeclaration(parent) || ts.isGetAccessor(parent)) return ts.isClassLike(parent.parent);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  return classOf(parent.expression) !== null && writtenAt(parent).some((value) => value === null || !isNothing(value));
}

/** The class that a name is given to where it stands: `class X`, `X = class`, `exports.X = class`. */
function classNamed(name: ts.Node): ts.ClassLikeDeclaration | null {
  const { parent } = name;
  if (ts.isClassLike(parent)) return parent.name === name ? parent : null;
  const value = ts.isVariableDeclaration(parent) ? parent.initializer : (writtenAt(parent)[0] ?? undefined);
  return value !== undefined && ts.isClassExpression(value) ? value : null;
}

const clientNamed = askedOnce<boolean>();

/** Whether what a class of this name makes is a client of some library: by the names of the classes above it. */
function isClientName(folder: string, name: string, below: ReadonlySet<string>): boolean {
  // `class Client extends Discord.Client`
  const above = below.has(name) ? [] : placesIn(folder, name).flatMap((one) => classNamed(one) ?? []);
  if (above.length === 0) return name.endsWith('Client');
  const seen = new Set([...below, name]);
  return above.some((one) => {
    const base = baseOf(one);
    return base !== null && isClientName(folder, base, seen);
  });
}

function baseOf(node: ts.ClassLikeDeclaration): string | null {
  const base = extendedBy(node);
  return base === undefined ? null : (dottedNames(base)?.at(-1) ?? null);
}

/** Whether what a class makes is a client of some library: by the names of the classes above it. */
export function isClientClass(folder: string, node: ts.ClassLikeDeclaration): boolean {
  const base = baseOf(node);
  return base !== null && clientNamed(`${folder}#${base}`, () => isClientName(folder, base, new Set()));
}

const given = askedOnce<boolean>();

/** Whether a client that the package around a file makes has a member of this name from its beginning on. */
export function classesGive(path: string, name: string): boolean {
  const folder = packageFolder(path);
  if (folder === null) return false;
  return given(`${folder}#${name}`, () =>
    placesIn(folder, name).some((one) => {
      const made = givesMember(one) ? classOf(one) : null;
      return made !== null && isClientClass(folder, made);
    }),
  );
}

/** A value that is there, as it is written. */
const isWrittenOut = (value: ts.Expression | null): boolean =>
  value !== null &&
  (ts.isLiteralExpression(value) ||
    ts.isTemplateExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    ts.isNewExpression(value) ||
    /^(?:true|false|null|Date\.now\(\))$/.test(value.getText()));

/** Whether a place puts something into a member of what a class makes that is no client. */
function isOfOther(folder: string, name: ts.Node): boolean {
  const { parent } = name;
  const isOfThis = ts.isPropertyAccessExpression(parent) && parent.expression.kind === ts.SyntaxKind.ThisKeyword;
  if (!isOfThis && !ts.isPropertyDeclaration(parent)) return false;
  const made = classOf(isOfThis ? parent.expression : name);
  return made === null || !isClientClass(folder, made);
}

/** Whether a name stands for the member of something: `client.name`, `client['name']`; and not for what has one: `name[0]`. */
function isMemberName(name: ts.Node): boolean {
  const { parent } = name;
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === name;
  return ts.isPropertyAccessExpression(parent) && parent.name === name;
}

/** What a place that says the name of a member puts there. */
function putAt(folder: string, name: ts.Node): readonly (ts.Expression | null)[] {
  const { parent } = name;
  if (isOfOther(folder, name)) return [];
  if (ts.isPropertyDeclaration(parent)) return [parent.initializer ?? null];
  // An object that is written anywhere may be what `Object.assign` gives the client.
  if (ts.isPropertyAssignment(parent)) return parent.name === name ? [parent.initializer] : [];
  if (ts.isShorthandPropertyAssignment(parent)) return [null];
  if (ts.isCallExpression(parent)) return defines.test(parent.expression.getText()) ? [null] : [];
  return isMemberName(name) ? writtenAt(parent as ts.Expression) : [];
}

const defines = /^(Object|Reflect)\.(definePropert(y|ies)|set)$/;

const held = askedOnce<boolean>();

/** Whether a class of the bot makes its client with a member of this name, and all that any file puts there is written out. */
export function classesHold(path: string, name: string): boolean {
  const folder = packageFolder(path);
  if (folder === null || !classesGive(path, name)) return false;
  return held(`${folder}#${name}`, () => {
    const put = saidIn(folder, name).flatMap((one) => putAt(folder, one));
    return put.length > 0 && put.every(isWrittenOut);
  });
}
