/** modules/loaded-at: the places of other files where what a file of the bot exports is said. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../files/entry.ts';
import { filesMatching } from '../project/discover.ts';
import { askedOnce } from '../project/read-once.ts';
import { readSource } from '../project/source.ts';
import { descendants, placesOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { whole } from './exported-as.ts';
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

const loading = /\b(?:require\s*\(|from|import)\s*(['"`])(\.[^'"`\n]*)\1/g;

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

/** The places of a name that a file gives, the one that gives it aside. */
export const plainNames = (name: ts.Identifier): readonly ts.Expression[] =>
  placesOf(name.getSourceFile(), name.text).filter((one): one is ts.Identifier => ts.isIdentifier(one) && one !== name);

const isDefault = (name: string): boolean => name === whole || name === 'default';

/** The members of a name that are read by another name: `start.boot`. */
export const membersOf = (holder: ts.Identifier, name: string): readonly ts.Expression[] =>
  plainNames(holder).flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) && parent.expression.getText() === holder.text && parent.name.text === name
      ? [parent]
      : [],
  );

/** Where a name that holds a whole file says what that exports. */
const saidOfWhole = (holder: ts.Identifier, name: string): readonly ts.Expression[] =>
  name === whole ? plainNames(holder) : membersOf(holder, name);

function saidByRequire(call: ts.CallExpression, name: string): readonly ts.Expression[] {
  const { parent } = wrapped(call);
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === name ? [parent] : [];
  if (ts.isCallExpression(parent)) return name === whole && parent.expression === call ? [call] : [];
  if (!ts.isVariableDeclaration(parent)) return [];
  if (ts.isIdentifier(parent.name)) return saidOfWhole(parent.name, name);
  return parent.name.elements.flatMap((one) => {
    if (!ts.isBindingElement(one) || !ts.isIdentifier(one.name)) return [];
    return (one.propertyName ?? one.name).getText() === name ? plainNames(one.name) : [];
  });
}

function saidByImport({ importClause }: ts.ImportDeclaration, name: string): readonly ts.Expression[] {
  const given = importClause?.name;
  const named = importClause?.namedBindings;
  const ofDefault = given !== undefined && isDefault(name) ? plainNames(given) : [];
  if (named === undefined) return ofDefault;
  if (ts.isNamespaceImport(named)) return [...ofDefault, ...membersOf(named.name, name)];
  return [...ofDefault, ...named.elements.flatMap((one) => (keyOf(one) === name ? plainNames(one.name) : []))];
}

/** The places where other files say what a file exports, by whatever names. */
export const saidElsewhere = (exported: Exported): readonly ts.Expression[] =>
  loadsOf(exported).flatMap(({ parent }) => {
    if (ts.isCallExpression(parent)) return saidByRequire(parent, exported.name);
    return ts.isImportDeclaration(parent) ? saidByImport(parent, exported.name) : [];
  });
