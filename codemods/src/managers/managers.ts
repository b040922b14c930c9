/** managers/managers: where a ShardingManager is built, which file it starts and what its options are. */
import { basename } from 'node:path';
import type { StartedFile } from '../files/entry.ts';
import { managerClassOf } from '../modules/bindings.ts';
import type { Compilation } from '../syntax/compiler.ts';
import { constValue } from '../syntax/const-value.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isChanged } from '../values/changed-values.ts';
import { extendedBy } from '../values/class-owner.ts';
import { joinsPath } from '../values/path-joins.ts';

/** One `new ShardingManager(file, options)`, or the `super(file, options)` of a subclass. */
export interface ManagerSite {
  readonly file: ParsedFile;
  readonly node: ts.NewExpression | ts.CallExpression;
  readonly started: StartedFile | null;
  /** What it starts in other cases; `null` for a file that cannot be read. */
  readonly others: readonly (StartedFile | null)[];
}

const hereNames = /^(__dirname|import\.meta\.dirname)$/;
const ownNames = /^(__filename|import\.meta\.filename|(\w+\.)?fileURLToPath\(import\.meta\.url\))$/;

function ofUrl(node: ts.NewExpression): StartedFile | null {
  const [path, base] = node.arguments ?? [];
  const fits =
    node.expression.getText() === 'URL' &&
    path !== undefined &&
    ts.isStringLiteralLike(path) &&
    base?.getText() === 'import.meta.url';
  return fits ? { path: path.text, relativeTo: 'file' } : null;
}

/** The folder that an expression is, where that can be read: that of its file, the working folder, or one below them. */
function startedFolder(file: ParsedFile, node: ts.Expression | undefined): StartedFile | null {
  if (node === undefined) return null;
  if (hereNames.test(unwrap(node).getText())) return { path: '.', relativeTo: 'file' };
  const at = constValue(file, node);
  if (hereNames.test(at.getText())) return { path: '.', relativeTo: 'file' };
  if (!ts.isCallExpression(at)) return null;
  const callee = at.expression.getText();
  if (callee === 'process.cwd') return { path: '.', relativeTo: 'cwd' };
  if (joinsPath(at)) return ofJoin(file, at);
  const [given] = at.arguments;
  const isOwn = given !== undefined && [given, constValue(file, given)].some((one) => ownNames.test(one.getText()));
  return /(?:^|\.)dirname$/.test(callee) && isOwn ? { path: '.', relativeTo: 'file' } : null;
}

function ofJoin(file: ParsedFile, call: ts.CallExpression): StartedFile | null {
  const [first, ...others] = call.arguments.map((argument) => unwrap(argument));
  const folder = startedFolder(file, first);
  const rest = (folder === null && first !== undefined ? [first, ...others] : others).map((one) =>
    constValue(file, one),
  );
  if (!rest.every((part) => ts.isStringLiteralLike(part)) || (folder === null && rest.length === 0)) return null;
  const path = [...(folder === null || folder.path === '.' ? [] : [folder.path]), ...rest.map(({ text }) => text)];
  return { path: path.length === 0 ? '.' : path.join('/'), relativeTo: folder?.relativeTo ?? 'cwd' };
}

function below(folder: StartedFile | null, text: string): StartedFile | null {
  if (folder !== null) return { ...folder, path: folder.path + text };
  return text.startsWith('/') ? { path: text.slice(1), relativeTo: 'unread' } : null;
}

/** A file as an expression names it, where that can be read. */
export function startedFile(file: ParsedFile, node: ts.Expression | undefined): StartedFile | null {
  if (node === undefined) return null;
  const at = constValue(file, node);
  if (ts.isStringLiteralLike(at)) return { path: at.text, relativeTo: 'cwd' };
  // What a TypeScript file is called at run time is not known here.
  if (ownNames.test(at.getText())) return file.typed ? null : { path: basename(file.source.path), relativeTo: 'file' };
  if (ts.isTemplateExpression(at) && at.head.text === '' && at.templateSpans.length === 1) {
    const [span] = at.templateSpans;
    return span === undefined ? null : below(startedFolder(file, span.expression), span.literal.text);
  }
  if (ts.isBinaryExpression(at) && ts.isStringLiteralLike(at.right))
    return below(startedFolder(file, at.left), at.right.text);
  if (ts.isNewExpression(at)) return ofUrl(at);
  if (ts.isPropertyAccessExpression(at) && /^(pathname|href)$/.test(at.name.text))
    return startedFile(file, at.expression);
  if (!ts.isCallExpression(at)) return null;
  if (joinsPath(at)) return ofJoin(file, at);
  return /fileURLToPath$/.test(at.expression.getText()) ? startedFile(file, at.arguments[0]) : null;
}

/** A file as an expression names it, where the folder it counts from is known as well. */
export function knownFile(file: ParsedFile, node: ts.Expression | undefined): StartedFile | null {
  const found = startedFile(file, node);
  return found?.relativeTo === 'unread' ? null : found;
}

/** The values a choice is made of, the usual one first: `x ? a : b`, `process.env.BOT ?? a`. */
function choices(file: ParsedFile, node: ts.Expression): readonly ts.Expression[] {
  const at = constValue(file, node);
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].flatMap((one) => choices(file, one));
  const falls =
    ts.isBinaryExpression(at) &&
    (at.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      at.operatorToken.kind === ts.SyntaxKind.BarBarToken);
  return falls ? [at.right, at.left].flatMap((one) => choices(file, one)) : [node];
}

/** The files a manager may start; the first of them is one that can be read, if any. */
function startedFiles(file: ParsedFile, node: ts.Expression | undefined): Pick<ManagerSite, 'started' | 'others'> {
  const all = node === undefined ? [] : choices(file, node).map((one) => startedFile(file, one));
  const at = all.findIndex((one) => one !== null);
  return { started: all[at] ?? null, others: at === -1 ? [] : all.filter((_, i) => i !== at) };
}

function isManagerSuper(file: ParsedFile, node: ts.CallExpression): boolean {
  if (node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const parent = extendedBy(at);
    // What only hands on what its callers give is not the one to wire; they are.
    const built = at.members.find(ts.isConstructorDeclaration);
    const own = !node.arguments.some(ts.isSpreadElement) && (built === undefined || !handsOn(built));
    return own && parent !== undefined && managerClassOf(file.checker, parent) !== null;
  }
  return false;
}

/** Whether a class, also one of another file, is a manager that hands its arguments on to the library's. */
function isPlainSubclass(file: ParsedFile, node: ts.Expression): boolean {
  if (!ts.isIdentifier(node)) return false;
  const symbol = symbolOf(file.checker, node);
  const target =
    symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? file.checker.getAliasedSymbol(symbol) : symbol;
  return (target?.declarations ?? []).some((declaration) => {
    if (!ts.isClassLike(declaration)) return false;
    const parent = extendedBy(declaration);
    if (parent === undefined || managerClassOf(file.checker, parent) === null) return false;
    const built = declaration.members.find(ts.isConstructorDeclaration);
    return built === undefined || handsOn(built);
  });
}

/** `constructor(file, options) { super(file, options); ... }`, or `(...args) { super(...args) }`. */
function handsOn({ parameters, body }: ts.ConstructorDeclaration): boolean {
  if (body === undefined) return false;
  const call = descendants(body).find(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword,
  );
  const given = call?.arguments.map((one) => (ts.isSpreadElement(one) ? one.expression : one).getText()) ?? [];
  return given.length > 0 && given.every((text, i) => parameters[i]?.name.getText() === text);
}

/** The names of a manager's class. */
export const managerNames = /\b(Sharding|Cluster)?Manager\b/;

const withSubclass = new WeakMap<Compilation, boolean>();

/** Whether any file of a program may hold a manager class of the bot's own. */
function hasSubclass(compilation: Compilation): boolean {
  const found =
    withSubclass.get(compilation) ??
    [...compilation.trees.values()].some(({ text }) => managerNames.test(text) && /\bextends\b/.test(text));
  withSubclass.set(compilation, found);
  return found;
}

/** Lists the managers a file builds. */
export function managersOf(file: ParsedFile): readonly ManagerSite[] {
  // The checker is asked about each `new`; in JavaScript a file of the run has to name the class.
  if (!file.typed && !managerNames.test(file.source.text) && !hasSubclass(file.compilation)) return [];
  return descendants(file.tree).flatMap((node) => {
    const builds =
      (ts.isNewExpression(node) &&
        (managerClassOf(file.checker, node.expression) !== null || isPlainSubclass(file, node.expression))) ||
      (ts.isCallExpression(node) && isManagerSuper(file, node));
    if (!builds || !(ts.isNewExpression(node) || ts.isCallExpression(node))) return [];
    return [{ file, node, ...startedFiles(file, node.arguments?.[0]) }];
  });
}

/**
 * The object literal behind the options argument: written there, or a const of this file that nothing is put into later.
 *
 * @param member - the one member that is asked about, if it is one: what is put into others does not count then
 */
export function optionsLiteral(
  file: ParsedFile,
  node: ts.Expression,
  member: string | null = null,
): ts.ObjectLiteralExpression | null {
  const at = constValue(file, node);
  return ts.isObjectLiteralExpression(at) && !isChanged(file, node, member) ? at : null;
}
