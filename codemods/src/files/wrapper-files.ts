/** files/wrapper-files: files that load a function around a broadcast, found by the text of their imports. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { discover, filesMatching } from '../project/discover.ts';
import { findUp, packageFile } from '../project/package-info.ts';
import type { SourceText } from '../project/source.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { escaped } from '../wording/escaped.ts';

/** A broadcast of what a name holds; few files have one. */
const ofName = /\bbroadcastEval[^(]{0,80}\(\s*[\p{ID_Start}$_][\p{ID_Continue}$]*\s*[,)!\s]/u;

/** What people call a module: its file, or the folder whose index it is. */
export function moduleName(path: string): string {
  const stem = basename(path, extname(path));
  return stem === 'index' ? basename(dirname(path)) : stem;
}

/** Every file of the project that calls a member of one of these names. */
export function callersByName(path: string, members: readonly string[]): readonly string[] {
  return filesMatching(projectRoot(path), new RegExp(`\\.\\s*(?:${members.map(escaped).join('|')})\\s*\\(`));
}

/** The text of an import of a file: its name, or the folder's when the file is its index. */
function loading(path: string): RegExp {
  const stem = basename(path, extname(path));
  const folder = stem === 'index' ? [basename(dirname(path)), '\\.{1,2}\\/?'] : [];
  const names = [escaped(stem), ...folder.map((one, i) => (i === 0 ? escaped(one) : one))].join('|');
  return new RegExp(`(?:['"\`]|/)(?:${names})/?(?:\\.[mc]?[jt]sx?)?['"\`]`);
}

/** The folder of the workspaces that a package belongs to, or its own. */
export function projectRoot(path: string): string {
  const manifest = packageFile(dirname(path));
  if (manifest === null) return dirname(path);
  const pnpm = findUp('pnpm-workspace.yaml', dirname(manifest));
  if (pnpm !== null) return dirname(pnpm);
  const parent = findUp('package.json', dirname(dirname(manifest)));
  const isWorkspace = parent !== null && /"workspaces"\s*:/.test(readFileSync(parent, 'utf8'));
  return isWorkspace ? dirname(parent) : dirname(manifest);
}

/** The name a package has for other packages of its workspaces. */
function packageName(path: string): string | null {
  const manifest = packageFile(dirname(path));
  if (manifest === null || !existsSync(join(projectRoot(path), 'package.json'))) return null;
  return /"name"\s*:\s*"([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1] ?? null;
}

/** Every file of the project that may load another, by the text of its imports. */
export function loadersOf(path: string): readonly string[] {
  return filesMatching(projectRoot(path), loading(path)).filter((file) => file !== path);
}

/** Files of other packages of the workspaces that load the package of a file by its name. */
export function neighboursOf(path: string): readonly string[] {
  const root = projectRoot(path);
  const name = packageName(path);
  const own = dirname(packageFile(dirname(path)) ?? path);
  if (name === null || own === root) return [];
  return filesMatching(root, new RegExp(`['"\`]${escaped(name)}['"\`/]`)).filter((file) => !file.startsWith(own));
}

/** `require(file)`, `import(`./${name}.js`)`: a module whose name is made when it is loaded. */
const madeName = /\b(?:require|import)\s*\(\s*(?:[^'"`\s)]|(['"])[^'"\n]*\1\s*\+|`[^`]*\$\{)/;

/** Every file of the project that loads modules by names that are made. */
export const loadersByMadeNames = (path: string): readonly string[] => filesMatching(projectRoot(path), madeName);

/** Whether any file of the project loads modules by names that are made: then any file may be one of them. */
export const loadsByMadeNames = (path: string): boolean => loadersByMadeNames(path).length > 0;

type IsCallee = (callee: ts.Expression) => boolean;

/** Whether a file has a call of this kind that hands over a parameter of the function around it. */
function handsOn(tree: ts.SourceFile, isCallee: IsCallee): boolean {
  const named = (at: ts.Node, name: string): boolean =>
    ts.isFunctionLike(at) && at.parameters.some((one) => one.name.getText() === name);
  return descendants(tree).some((node) => {
    if (!ts.isCallExpression(node) || !isCallee(unwrap(node.expression))) return false;
    return node.arguments.map(unwrap).some((given) => {
      if (!ts.isIdentifier(given)) return false;
      for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) if (named(at, given.text)) return true;
      return false;
    });
  });
}

const isBroadcast: IsCallee = (callee) => /\bbroadcastEval$/.test(callee.getText());

/** Calls of what a file loads by one of these texts. */
function ofLoaded(tree: ts.SourceFile, texts: readonly RegExp[]): IsCallee {
  const names = new Set<string>();
  for (const statement of tree.statements) {
    const loads = descendants(statement).some(
      (node) => ts.isStringLiteralLike(node) && texts.some((text) => text.test(node.getText())),
    );
    const declares = ts.isImportDeclaration(statement) || ts.isVariableStatement(statement);
    if (!loads || !declares) continue;
    for (const node of descendants(statement)) if (ts.isIdentifier(node)) names.add(node.text);
  }
  const rootOf = (at: ts.Expression): ts.Expression =>
    ts.isPropertyAccessExpression(at) ? rootOf(unwrap(at.expression)) : at;
  return (callee) => names.has(rootOf(callee).getText());
}

/** Whether a file passes on what it loads: then it has callers of its own. */
function passesOn(source: SourceText, texts: readonly RegExp[]): boolean {
  if (/\bexport\b[^;]*\bfrom\b/.test(source.text)) return true;
  const tree = parseAlone(source.path, source.text);
  return handsOn(tree, ofLoaded(tree, texts));
}

/** Adds the files, among the given paths, that call functions around a broadcast: they may change with them. */
export function withCallers(
  sources: readonly SourceText[],
  paths: readonly string[],
  cwd: string,
): readonly SourceText[] {
  let ahead = sources.filter(({ path, text }) => ofName.test(text) && handsOn(parseAlone(path, text), isBroadcast));
  if (ahead.length === 0) return sources;
  const all = new Map(sources.map((source) => [source.path, source]));
  const followed = new Set(ahead.map(({ path }) => path));
  while (ahead.length > 0) {
    const texts = ahead.map(({ path }) => loading(path));
    const loaders = texts.flatMap((text) => discover(paths, cwd, text));
    for (const source of loaders) if (!all.has(source.path)) all.set(source.path, source);
    ahead = loaders.filter((source) => !followed.has(source.path) && passesOn(source, texts));
    for (const { path } of ahead) followed.add(path);
  }
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
