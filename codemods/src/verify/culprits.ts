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

/** Whether a position is part of what a rewritten site takes away. */
function takes({ at, verdict }: Site, position: number): boolean {
  if (verdict.kind !== 'call') return at === position;
  const { plan } = verdict;
  const gone = [{ start: at, end: plan.callEnd }, plan.movedFrom, ...plan.receiverSplices];
  return gone.some(({ start, end }) => start <= position && position < end);
}

/** The sites that took away what read the names declared at a position. */
function lastReaders({ file: { tree, checker } }: Site, at: number, mine: readonly Site[]): readonly Site[] {
  const names = descendants(tree).filter((node): node is ts.Identifier => ts.isIdentifier(node) && !isNameOnly(node));
  // An error about all of a statement begins where that does.
  const declared = descendants(tree).filter((node) => ts.isIdentifier(node) && node.getStart() === at);
  const statement = tree.statements.find((one) => one.getStart() === at);
  const inside = statement === undefined ? declared : descendants(statement).filter(ts.isIdentifier);
  const symbols = new Set(inside.filter(ts.isIdentifier).map((node) => symbolOf(checker, node)));
  symbols.delete(undefined);
  const reads = names.filter((node) => symbols.has(symbolOf(checker, node)));
  return mine.filter((site) => reads.some((node) => takes(site, node.getStart())));
}

const isCall = ({ verdict }: Site): boolean => verdict.kind === 'call';

/** The sites that an error of a planned file can come from. */
export function culprits(file: PlannedFile, error: NewError, decisions: readonly Decision[]): readonly Site[] {
  const rewritten = decisions.filter((one) => one.rewritten);
  const mine = rewritten.map(({ site }) => site).filter((site) => site.file.source.path === file.path);
  const [first] = mine;
  const names = handlersAt(file, error.at);
  const users = rewritten
    .filter(({ handler }) => handler?.split(', ').some((one) => names === null || names.includes(one)) === true)
    .map(({ site }) => site);
  if (first === undefined) {
    // A file without a site of its own changes with the wrapper that its lines call.
    const wrappers = rewritten.map(({ site }) => site).filter((site) => touchedBy(site).includes(file.path));
    if (wrappers.length > 0) return wrappers;
    // A handler that was there before has this error by one of those beside it.
    return users.length > 0 ? users : rewritten.filter(({ handler }) => handler !== null).map(({ site }) => site);
  }
  const at = originalPosition(file.splices, error.at);
  const readers = error.unread === true ? lastReaders(first, at, mine) : [];
  if (readers.length > 0) return readers;
  // The bot file holds handlers of other files beside its own calls.
  if (names !== null && users.length > 0) return users;
  const scopes = scopesAt(first.file.tree, at);
  for (const scope of scopes) {
    const inside = mine.filter((site) => scope.pos <= site.at && site.at < scope.end);
    const calls = inside.filter(isCall);
    if (calls.length > 0) return calls;
    // What stands around the lines of the error is to blame where nothing that they read comes from a call.
    const sources = scope === scopes[0] ? sourcesAt(scope, at, mine.filter(isCall)) : [];
    if (sources.length > 0) return sources;
    if (scope === first.file.tree) return inside;
  }
  return mine;
}
