/** verify/culprits: which sites brought an error of the result. */
import { localsOf } from '../handlers/file-locals.ts';
import { freeNames } from '../handlers/rename-free.ts';
import { createdRequire } from '../modules/package-require.ts';
import type { Decision, PlannedFile } from '../plan/decision.ts';
import { touchedBy } from '../plan/source-files.ts';
import type { Site } from '../sites/sites.ts';
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { type NewError, originalPosition } from './compare.ts';
import { handlersAround } from './planned-handlers.ts';
import { isWithin, placesIn, takes } from './site-places.ts';
import { sourcesAt } from './value-sources.ts';

const within = (node: ts.Node, at: number): boolean => node.pos <= at && at < node.end;

/** The names that an import at a position brings into its file. */
function importedAt(tree: ts.SourceFile, at: number): ReadonlySet<string> {
  const statement = tree.statements.find((one) => within(one, at));
  if (statement === undefined) return new Set();
  const isPart = (node: ts.Node): node is ts.ImportSpecifier | ts.BindingElement =>
    ts.isImportSpecifier(node) || ts.isBindingElement(node);
  const part = descendants(statement).find((node) => isPart(node) && within(node, at));
  const locals = [...localsOf({ statements: [statement] })].filter(([, origin]) => origin !== '');
  const names = locals
    .map(([local]) => local)
    .filter((local) => part === undefined || !isPart(part) || local === part.name.getText());
  // What is imported to make a `require` is used by that name.
  return new Set(names.flatMap((name) => (name === createdRequire.imported ? [name, createdRequire.local] : name)));
}

/** Whether an error stands in a handler. What is wrong there spoils the types of every call that asks one. */
export const isInHandler = (file: PlannedFile, { at }: NewError): boolean => handlersAround(file, at).around.length > 0;

/** The handlers an error can come from: the one it stands in, or those that use what a line imports; `null` for all. */
function handlersAt(file: PlannedFile, at: number): readonly string[] | null {
  const { tree, handlers, around } = handlersAround(file, at);
  const names = importedAt(tree, at);
  const uses = (node: ts.Node): boolean => {
    const said = descendants(node).some((one) => ts.isIdentifier(one) && names.has(one.text));
    const whole = ts.isObjectLiteralElementLike(node) ? `{ ${node.getText()} }` : node.getText();
    const free = said ? freeNames(file.path, `(${whole});`) : new Set<string>();
    return [...names].some((name) => free.has(name));
  };
  const found = around.length > 0 ? around : handlers.filter(([, node]) => uses(node));
  return found.length === 0 ? null : found.map(([name]) => name);
}

/** How far around an error its cause is looked for: the statement, the function, the file. */
function scopesAt(tree: ts.SourceFile, at: number): readonly ts.Node[] {
  const around: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.pos > at || at >= node.end) return;
    if (ts.isStatement(node) || ts.isFunctionLike(node) || ts.isClassElement(node)) around.unshift(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...around, tree];
}

/** A file as it was, with what its names mean. */
interface Was {
  readonly path: string;
  readonly tree: ts.SourceFile;
  readonly checker: ts.TypeChecker;
}

/** A planned file as one of the sites in it reads it. */
function asItWas({ path }: PlannedFile, { file }: Site): Was | null {
  const tree = file.source.path === path ? file.tree : file.compilation.program.getSourceFile(path);
  return tree === undefined ? null : { path, tree, checker: file.checker };
}

/** The sites that took away what read the names declared at a position. */
function lastReaders({ path, tree, checker }: Was, at: number, mine: readonly Site[]): readonly Site[] {
  const names = descendants(tree).filter((node): node is ts.Identifier => ts.isIdentifier(node) && !isNameOnly(node));
  // An error about all of a statement begins where that does.
  const declared = descendants(tree).filter((node) => ts.isIdentifier(node) && node.getStart() === at);
  const statement = tree.statements.find((one) => one.getStart() === at);
  const inside = statement === undefined ? declared : descendants(statement).filter(ts.isIdentifier);
  const symbols = new Set(inside.filter(ts.isIdentifier).map((node) => symbolOf(checker, node)));
  symbols.delete(undefined);
  const reads = names.filter((node) => symbols.has(symbolOf(checker, node)));
  return mine.filter((site) => reads.some((node) => takes(site, path, node.getStart())));
}

const isCall = ({ verdict }: Site): boolean => verdict.kind === 'call';

/** The sites that an error can come from. */
export interface Blame {
  readonly sites: readonly Site[];
  /** Something leads from them to the error; of the others it is only known that they are near. */
  readonly led: boolean;
}

const led = (sites: readonly Site[]): Blame => ({ sites, led: true });
const near = (sites: readonly Site[]): Blame => ({ sites, led: false });

/** The sites that an error of a file can come from which stands in no handler. */
function aroundError(was: Was, at: number, { mine, all }: Record<'mine' | 'all', readonly Site[]>): Blame {
  const scopes = scopesAt(was.tree, at);
  const own = scopes.findIndex(ts.isStatement);
  for (const [i, scope] of scopes.entries()) {
    const inside = mine.filter((site) => isWithin(site, was.path, scope));
    const calls = inside.filter(isCall);
    const isNearest = i <= own;
    if (calls.length > 0) return { sites: calls, led: isNearest };
    // What stands around the lines of the error is to blame where nothing that they read comes from a call.
    const sources = isNearest ? sourcesAt({ scope, at }, was.checker, all.filter(isCall)) : [];
    if (sources.length > 0) return led(sources);
    if (scope === was.tree) return near(inside);
  }
  return near(mine);
}

/** The sites that an error of a planned file can come from. */
export function culprits(file: PlannedFile, error: NewError, decisions: readonly Decision[]): Blame {
  const rewritten = decisions.filter((one) => one.rewritten);
  const all = rewritten.map(({ site }) => site);
  const mine = all.filter((site) => placesIn(site, file.path).length > 0);
  const was = mine[0] === undefined ? null : asItWas(file, mine[0]);
  const names = handlersAt(file, error.at);
  const users = rewritten
    .filter(({ handler }) => handler?.split(', ').some((one) => names === null || names.includes(one)) === true)
    .map(({ site }) => site);
  if (was === null) {
    // A file without a site of its own changes with an import elsewhere.
    const others = all.filter((site) => touchedBy(site).includes(file.path));
    if (others.length > 0) return led(others);
    // A handler that was there before has this error by one of those beside it.
    if (users.length > 0) return { sites: users, led: names !== null };
    return near(rewritten.filter(({ handler }) => handler !== null).map(({ site }) => site));
  }
  const at = originalPosition(file.splices, error.at);
  const readers = error.unread === true ? lastReaders(was, at, mine) : [];
  if (readers.length > 0) return led(readers);
  // The bot file holds handlers of other files beside its own calls.
  if (names !== null && users.length > 0) return led(users);
  return aroundError(was, at, { mine, all });
}
