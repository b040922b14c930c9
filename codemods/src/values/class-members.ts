/** values/class-members: whether a class of the bot gives what it makes a member of some name. */
import { dirname } from 'node:path';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants, dottedNames, placesOf } from '../syntax/syntax.ts';
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

/** The trees of the files of a folder that say a name. */
function treesSaying(folder: string, name: string): readonly ts.SourceFile[] {
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
  return filesMatching(folder, word).flatMap((one) => {
    const source = readSource(one);
    return source === null ? [] : [parseAlone(one, source.text)];
  });
}

/** The places of a name in the files of a folder. */
export const placesIn = (folder: string, name: string): readonly ts.Node[] =>
  treesSaying(folder, name).flatMap((tree) => placesOf(tree, name));

/** The places of a name, and those of a text that says it: `client['name']`. */
const saidIn = (folder: string, name: string): readonly ts.Node[] =>
  treesSaying(folder, name).flatMap((tree) => [
    ...placesOf(tree, name),
    ...descendants(tree).filter((node) => ts.isStringLiteralLike(node) && node.text === name),
  ]);

/** Whether what a class makes is a client of some library: by the names of the classes above it. */
export function isClientClass(
  folder: string,
  node: ts.ClassLikeDeclaration,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  const base = extendedBy(node);
  const name = base === undefined ? undefined : dottedNames(base)?.at(-1);
  if (name === undefined) return false;
  // `class Client extends Discord.Client`
  const above = seen.has(name) ? [] : placesIn(folder, name).flatMap((one) => classNamed(one) ?? []);
  if (above.length === 0) return name.endsWith('Client');
  return above.some((one) => isClientClass(folder, one, new Set([...seen, name])));
}

/** Whether a client that the package around a file makes has a member of this name from its beginning on. */
export function classesGive(path: string, name: string): boolean {
  const manifest = packageFile(dirname(path));
  if (manifest === null) return false;
  const folder = dirname(manifest);
  return placesIn(folder, name).some((one) => {
    const made = givesMember(one) ? classOf(one) : null;
    return made !== null && isClientClass(folder, made);
  });
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

/** What a place that says the name of a member puts there. */
function putAt(folder: string, name: ts.Node): readonly (ts.Expression | null)[] {
  const { parent } = name;
  const isOfThis = ts.isPropertyAccessExpression(parent) && parent.expression.kind === ts.SyntaxKind.ThisKeyword;
  if (isOfThis || ts.isPropertyDeclaration(parent)) {
    const made = classOf(isOfThis ? parent.expression : name);
    if (made === null || !isClientClass(folder, made)) return [];
  }
  if (ts.isPropertyDeclaration(parent)) return [parent.initializer ?? null];
  // An object that is written anywhere may be what `Object.assign` gives the client.
  if (ts.isPropertyAssignment(parent)) return parent.name === name ? [parent.initializer] : [];
  if (ts.isShorthandPropertyAssignment(parent)) return [null];
  if (ts.isCallExpression(parent)) return defines.test(parent.expression.getText()) ? [null] : [];
  return ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) ? writtenAt(parent) : [];
}

const defines = /^(Object|Reflect)\.(definePropert(y|ies)|set)$/;

/** Whether a class of the bot makes its client with a member of this name, and all that any file puts there is written out. */
export function classesHold(path: string, name: string): boolean {
  const manifest = packageFile(dirname(path));
  if (manifest === null || !classesGive(path, name)) return false;
  const folder = dirname(manifest);
  const put = saidIn(folder, name).flatMap((one) => putAt(folder, one));
  return put.length > 0 && put.every(isWrittenOut);
}
