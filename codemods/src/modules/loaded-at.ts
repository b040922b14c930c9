/** modules/loaded-at: the places of other files where what a file of the bot exports is said. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../files/entry.ts';
import { filesMatching } from '../project/discover.ts';
import { askedOnce } from '../project/read-once.ts';
import { readSource } from '../project/source.ts';
import { placesOfDeclared } from '../syntax/free-names.ts';
import { descendants, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { asValue, whole } from './exported-as.ts';
import { keyOf } from './module-places.ts';
import { treeOf } from './said-in.ts';

/** What a file exports, in the package whose files are asked. */
export interface Exported {
  readonly folder: string;
  readonly path: string;
  /** The name that other files know it by; {@link whole} where it is all that the file exports. */
  readonly name: string;
}

/** A text by which one file loads another. */
interface Load {
  readonly from: string;
  readonly specifier: string;
}

const loading = /\b(?:(?:require|import)\s*\(|from|import)\s*(['"`])(\.[^'"`\n]*)\1/g;

/** The texts by which the files of a folder load one another, by the file that is loaded. */
function loadsByFile(folder: string): ReadonlyMap<string, readonly Load[]> {
  const all = new Map<string, Load[]>();
  for (const from of filesMatching(folder, /\b(?:require|from|import)\b/)) {
    for (const [, , specifier = ''] of (readSource(from)?.text ?? '').matchAll(loading)) {
      const to = resolve(dirname(from), specifier);
      const path = sourceOf(to) ?? sourceOf(resolve(to, 'index'));
      if (path !== null) all.set(path, [...(all.get(path) ?? []), { from, specifier }]);
    }
  }
  return all;
}

const loadsOnce = askedOnce<ReturnType<typeof loadsByFile>>();

/** The places of other files that load one. */
const loadsOf = ({ folder, path }: Exported): readonly ts.Node[] =>
  (loadsOnce(folder, loadsByFile).get(path) ?? []).flatMap(({ from, specifier }) => {
    const tree = treeOf(from);
    const texts = tree === null ? [] : descendants(tree).filter(ts.isStringLiteralLike);
    return texts.filter(({ text }) => text === specifier);
  });

const isDefault = (name: string): boolean => name === whole || name === 'default';

/** The members of a name that are read by another name: `start.boot`. */
export const membersOf = (holder: ts.Identifier, name: string): readonly ts.Expression[] =>
  placesOfDeclared(holder).flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) && parent.expression.getText() === holder.text && parent.name.text === name
      ? [parent]
      : [],
  );

/** Where a name that holds a whole file says what that exports. */
const saidOfWhole = (holder: ts.Identifier, name: string): readonly ts.Expression[] =>
  name === whole ? placesOfDeclared(holder) : membersOf(holder, name);

/** Where what a file is, by a name or by its parts, says what that exports. */
function saidByName(given: ts.BindingName, name: string): readonly ts.Expression[] {
  if (ts.isIdentifier(given)) return saidOfWhole(given, name);
  return given.elements.flatMap((one) => {
    if (!ts.isBindingElement(one) || !ts.isIdentifier(one.name)) return [];
    return (one.propertyName ?? one.name).getText() === name ? placesOfDeclared(one.name) : [];
  });
}

/** Where an expression that gives what a file is says what that exports: `require('./boot')`, `await import('./boot.js')`. */
function saidByValue(value: ts.Expression, name: string): readonly ts.Expression[] {
  const { parent } = wrapped(value);
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === name ? [parent] : [];
  if (ts.isVariableDeclaration(parent)) return saidByName(parent.name, name);
  return name === whole ? [value] : [];
}

/** Where what is loaded later says what it exports: `await import('./boot.js')`, `import('./boot.js').then((jobs) => ...)`. */
function saidLater(promise: ts.CallExpression, exported: string): readonly ts.Expression[] {
  const name = exported === whole ? 'default' : exported;
  const { parent } = wrapped(promise);
  if (ts.isAwaitExpression(parent)) return saidByValue(parent, name);
  const call = ts.isPropertyAccessExpression(parent) && parent.name.text === 'then' ? parent.parent : null;
  const [fn] = call !== null && ts.isCallExpression(call) ? call.arguments : [];
  const [given] = fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? fn.parameters : [];
  return given === undefined ? [] : saidByName(given.name, name);
}

function saidByImport({ importClause }: ts.ImportDeclaration, name: string): readonly ts.Expression[] {
  const given = importClause?.name;
  const named = importClause?.namedBindings;
  const ofDefault = given !== undefined && isDefault(name) ? placesOfDeclared(given) : [];
  if (named === undefined) return ofDefault;
  if (ts.isNamespaceImport(named)) return [...ofDefault, ...membersOf(named.name, name)];
  return [...ofDefault, ...named.elements.flatMap((one) => (keyOf(one) === name ? placesOfDeclared(one.name) : []))];
}

/** The names under which a place of a value exports it again. */
export const exportedBy = (place: ts.Expression): readonly string[] => {
  const { parent } = place;
  if (!ts.isExportSpecifier(parent)) return asValue(place) ?? [];
  return parent.parent.parent.moduleSpecifier === undefined ? [parent.name.text] : [];
};

/** The names by which a file gives on what it takes from another: `export { boot } from './boot.js'`, `export * from`. */
function givenOn({ exportClause }: ts.ExportDeclaration, name: string): readonly string[] {
  if (exportClause === undefined) return isDefault(name) ? [] : [name];
  if (!ts.isNamedExports(exportClause)) return [];
  const known = isDefault(name) ? 'default' : name;
  return exportClause.elements.flatMap((one) => (keyOf(one) === known ? [one.name.text] : []));
}

/** The names by which a file gives on all that another one is: `module.exports = { ...require('./boot') }`. */
function givenWhole(call: ts.CallExpression, name: string): readonly string[] {
  if (name === whole) return [];
  const at = wrapped(call);
  const value = ts.isSpreadAssignment(at.parent) ? at.parent.parent : at;
  return asValue(value)?.includes(whole) === true ? [name] : [];
}

/** What a place that loads a file says of what that exports, and the names by which it gives it on. */
interface Loaded {
  readonly said: readonly ts.Expression[];
  readonly on: readonly string[];
}

function loadedBy({ parent }: ts.Node, name: string): Loaded {
  if (ts.isExportDeclaration(parent)) return { said: [], on: givenOn(parent, name) };
  if (ts.isImportDeclaration(parent)) return { said: saidByImport(parent, name), on: [] };
  if (!ts.isCallExpression(parent)) return { said: [], on: [] };
  const isLater = parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isLater
    ? { said: saidLater(parent, name), on: [] }
    : { said: saidByValue(parent, name), on: givenWhole(parent, name) };
}

/** The places where other files say what a file exports, by whatever names, also where it comes by way of a third. */
export function saidElsewhere(exported: Exported, seen = new Set<string>()): readonly ts.Expression[] {
  const key = `${exported.path}#${exported.name}`;
  if (seen.has(key)) return [];
  seen.add(key);
  return loadsOf(exported).flatMap((load) => {
    const { said, on } = loadedBy(load, exported.name);
    const path = load.getSourceFile().fileName;
    const names = new Set([...on, ...said.flatMap(exportedBy)]);
    return [...said, ...[...names].flatMap((name) => saidElsewhere({ ...exported, path, name }, seen))];
  });
}
