/** functions/called-as: the places where a bot says a function, by whatever names. */
import { asMethod, asValue, byKeyword } from '../modules/exported-as.ts';
import { exportedBy, membersOf, saidElsewhere } from '../modules/loaded-at.ts';
import { placesIn } from '../modules/said-in.ts';
import { placesOfDeclared } from '../syntax/free-names.ts';
import { wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What a function is called by: its places are the same for all that are called alike. */
export interface CalledAs {
  readonly key: string;
  readonly places: () => readonly ts.Expression[];
}

/** The member of a class, or of an object that is set so, which a function is: `hit = () => {}`, `client.hit = () => {}`. */
function memberOf(fn: ts.Node): ts.Node | null {
  const { parent } = fn;
  if (ts.isMethodDeclaration(fn)) return ts.isClassLike(parent) ? fn.name : null;
  if (ts.isPropertyDeclaration(parent)) return parent.name;
  const target = ts.isBinaryExpression(parent) ? parent.left : null;
  return target !== null && ts.isPropertyAccessExpression(target) ? target.name : null;
}

/** The calls of a member of a class or an object are those of its name in any file: nobody knows whose it is. */
const ofMember = (folder: string, name: string): CalledAs => ({
  key: `member ${name}`,
  places: () =>
    placesIn(folder, name).flatMap(({ parent }) =>
      ts.isPropertyAccessExpression(parent) && parent.name.text === name ? [parent] : [],
    ),
});

/** The property of an object that a function is: `{ start() {} }`, `{ start: () => {} }`. */
function propertyOf(fn: ts.Node): ts.MethodDeclaration | ts.PropertyAssignment | null {
  const at = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  const isProperty = ts.isMethodDeclaration(at) || ts.isPropertyAssignment(at);
  return isProperty && ts.isObjectLiteralExpression(at.parent) ? at : null;
}

/** The places in its own file of a function that stands in an object with a name: `jobs.start()`. */
function saidOfObject(fn: ts.Node): readonly ts.Expression[] {
  const property = propertyOf(fn);
  const holder = property === null ? null : wrapped(property.parent as ts.ObjectLiteralExpression).parent;
  if (property === null || holder === null || !ts.isIdentifier(property.name)) return [];
  const isNamed = ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name);
  return isNamed ? membersOf(holder.name, property.name.text) : [];
}

/** The name that a function has in its own file. */
function nameOf(fn: ts.Node): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn.name;
  const { parent } = fn;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

/** The names under which other files know a function. */
function exportedNames(fn: ts.Node, own: readonly ts.Expression[]): readonly string[] {
  const statement = ts.isVariableDeclaration(fn.parent) ? fn.parent.parent.parent : fn;
  const byWord = byKeyword(statement, nameOf(fn)?.text);
  const there = ts.isMethodDeclaration(fn) ? asMethod(fn) : ts.isExpression(fn) ? asValue(fn) : null;
  return [...byWord, ...(there ?? []), ...own.flatMap(exportedBy)];
}

/** What a function of a package is called by. */
export function calledAs(fn: ts.Node, folder: string): CalledAs {
  const path = fn.getSourceFile().fileName;
  const name = nameOf(fn);
  const own = name === undefined ? saidOfObject(fn) : placesOfDeclared(name);
  const exported = exportedNames(fn, own);
  const member = exported.length > 0 ? null : memberOf(fn);
  if (member !== null && ts.isIdentifier(member)) return ofMember(folder, member.text);
  return {
    key: `${path}#${fn.pos}`,
    places: () => [...own, ...exported.flatMap((one) => saidElsewhere({ folder, path, name: one }))],
  };
}
