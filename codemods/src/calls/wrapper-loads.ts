/** calls/wrapper-loads: what another file does with a function it loads: every call, or what is not understood. */
import { dirname, resolve } from 'node:path';
import { sourceOf } from '../files/entry.ts';
import { whole } from '../modules/exported-as.ts';
import type { ParsedFile } from '../syntax/program.ts';
import type { SourcePlace } from '../syntax/source-place.ts';
import { descendants, isNameOnly, requiredModule, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** One place that means the function. */
export interface Use {
  readonly file: ParsedFile;
  readonly node: ts.Expression;
}

/** A place that stands in the way, and why. */
export interface Obstacle extends SourcePlace {
  readonly why: string;
  /** What to do about it, where that is not what is done as a rule. */
  readonly how?: string;
}

/** Names by which a file knows a function: those it loads it by, or exports it by. */
export interface Load {
  readonly file: ParsedFile;
  readonly names: ReadonlySet<string>;
}

/** What a file, or several, do with a function. `onward` files export it again, under these names. */
export interface Uses {
  readonly uses: readonly Use[];
  readonly obstacle: Obstacle | null;
  readonly onward: readonly Load[];
}

/** Nothing of it, and nothing in the way. */
export const none: Uses = { uses: [], obstacle: null, onward: [] };

/** What several looks gave, as one. */
export function united(parts: readonly Uses[]): Uses {
  return {
    uses: parts.flatMap(({ uses }) => uses),
    obstacle: parts.find(({ obstacle }) => obstacle !== null)?.obstacle ?? null,
    onward: parts.flatMap(({ onward }) => onward),
  };
}

/** Makes an obstacle of a node. */
export function obstacleAt(path: string, node: ts.Node, why: string): Obstacle {
  return { path, tree: node.getSourceFile(), at: node.getStart(), why };
}

/** The modules a file names: in imports, exports, `require` and `import()`. */
export function modulesOf(tree: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return descendants(tree).filter((node): node is ts.StringLiteralLike => {
    if (!ts.isStringLiteralLike(node)) return false;
    const { parent } = node;
    if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
    if (ts.isExternalModuleReference(parent)) return true;
    const imports = ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
    return imports || (ts.isCallExpression(parent) && requiredModule(parent) === node.text);
  });
}

/** A module as a file names it. */
interface NamedModule {
  readonly from: string;
  readonly specifier: string;
  readonly options: ts.CompilerOptions;
}

/** Whether a module name leads from one file to another; `null` when only a bundler or an alias could tell. */
export function leadsTo({ from, specifier, options }: NamedModule, to: string): boolean | null {
  if (options.noResolve !== true) {
    const found = ts.resolveModuleName(specifier, from, options, ts.sys).resolvedModule;
    if (found !== undefined) return found.resolvedFileName === to;
  }
  if (/^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier)) {
    const path = resolve(dirname(from), specifier);
    return (sourceOf(path) ?? sourceOf(resolve(path, 'index'))) === to;
  }
  // `@/lib/ask`, `#lib/ask`: an alias. A bare name is a package.
  return /^[@#~]\/|^#|^[^@][^/]*\/|^@[^/]+\/[^/]+\//.test(specifier) ? null : false;
}

const isCalled = (node: ts.Expression): boolean => {
  const { parent } = wrapped(node);
  return ts.isCallExpression(parent) && unwrap(parent.expression) === unwrap(node);
};

/** Every place that reads a local name, the declaration itself left out. */
export function readsOf(file: ParsedFile, name: ts.Identifier): readonly ts.Identifier[] {
  const symbol = symbolOf(file.checker, name);
  return descendants(file.tree).filter((node): node is ts.Identifier => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return false;
    if (ts.isExportSpecifier(node.parent)) {
      const { propertyName, name: shown } = node.parent;
      return node === (propertyName ?? shown) && node.parent.parent.parent.moduleSpecifier === undefined;
    }
    return !isNameOnly(node) && symbolOf(file.checker, node) === symbol;
  });
}

const ofUse = (file: ParsedFile, node: ts.Expression): Uses =>
  isCalled(node)
    ? { ...none, uses: [{ file, node }] }
    : { ...none, obstacle: obstacleAt(file.source.path, node, 'it is passed on instead of called') };

/** A local name that is the function itself. */
const ofFunctionName = ({ file }: Load, name: ts.Identifier): Uses =>
  united(readsOf(file, name).map((use) => ofUse(file, use)));

/** `util.ask(...)`, where `util` is the whole module. */
function ofModuleName({ file, names }: Load, name: ts.Identifier): Uses {
  const parts = readsOf(file, name).map((use): Uses => {
    const access = wrapped(use).parent;
    if (ts.isPropertyAccessExpression(access) && unwrap(access.expression) === use)
      return names.has(access.name.text) ? ofUse(file, access) : none;
    return names.has(whole) && isCalled(use)
      ? { ...none, uses: [{ file, node: use }] }
      : { ...none, obstacle: obstacleAt(file.source.path, use, 'its whole module is passed on') };
  });
  return united(parts);
}

/** `const { ask } = ...`. */
function ofPattern(load: Load, pattern: ts.ObjectBindingPattern): Uses {
  const parts = pattern.elements.map((element): Uses => {
    const key = element.propertyName ?? element.name;
    const unclear = element.dotDotDotToken !== undefined || !ts.isIdentifier(key);
    if (!unclear && !load.names.has(key.text)) return none;
    if (unclear || !ts.isIdentifier(element.name) || element.initializer !== undefined)
      return { ...none, obstacle: obstacleAt(load.file.source.path, element, 'it is taken out of its module') };
    return ofFunctionName(load, element.name);
  });
  return united(parts);
}

/** What becomes of the value of `require('./ask')` or `await import('./ask')`. */
export function usesOfValue(load: Load, value: ts.Expression): Uses {
  const at = wrapped(value);
  const { parent } = at;
  const { path } = load.file.source;
  if (ts.isExpressionStatement(parent)) return none;
  if (ts.isAwaitExpression(parent)) return usesOfValue(load, parent);
  const promise = ts.isCallExpression(value) && value.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (promise) return { ...none, obstacle: obstacleAt(path, value, 'its module is loaded without await') };
  if (ts.isPropertyAccessExpression(parent) && parent.expression === at) {
    if (!load.names.has(parent.name.text)) return none;
    const holder = wrapped(parent).parent;
    if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) return ofFunctionName(load, holder.name);
    return ofUse(load.file, parent);
  }
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) return ofPattern(load, parent.name);
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return ofModuleName(load, parent.name);
  if (load.names.has(whole) && isCalled(value)) return { ...none, uses: [{ file: load.file, node: value }] };
  return { ...none, obstacle: obstacleAt(path, value, 'its whole module is passed on') };
}

function ofImport(load: Load, node: ts.ImportDeclaration): Uses {
  const { name, namedBindings } = node.importClause ?? {};
  const { names } = load;
  const isWhole = names.has('default') || names.has(whole);
  const parts: Uses[] = name !== undefined && isWhole ? [ofFunctionName(load, name)] : [];
  // With `module.exports = { ask }` the default import is that object.
  if (name !== undefined && !isWhole) parts.push(ofModuleName(load, name));
  if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings))
    parts.push(ofModuleName(load, namedBindings.name));
  if (namedBindings !== undefined && ts.isNamedImports(namedBindings)) {
    const mine = namedBindings.elements.filter((one) => names.has((one.propertyName ?? one.name).text));
    parts.push(...mine.map((one) => ofFunctionName(load, one.name)));
  }
  return united(parts);
}

/** `export * from` and `export { ask } from`: another file to load it from. */
function ofExport({ file, names }: Load, node: ts.ExportDeclaration): Uses {
  const { exportClause } = node;
  if (exportClause !== undefined && ts.isNamespaceExport(exportClause))
    return { ...none, obstacle: obstacleAt(file.source.path, node, 'its whole module is exported again') };
  const all = [...names].filter((name) => name !== 'default');
  const named = exportClause?.elements.flatMap(({ propertyName, name }) =>
    names.has((propertyName ?? name).text) ? [name.text] : [],
  );
  const onward = new Set(named ?? all);
  return onward.size === 0 ? none : { ...none, onward: [{ file, names: onward }] };
}

/** What a file does with the function a module of it exports, at one place that names the module. */
export function usesThrough(load: Load, module: ts.StringLiteralLike): Uses {
  const { parent } = module;
  if (ts.isImportDeclaration(parent)) return ofImport(load, parent);
  if (ts.isExportDeclaration(parent)) return ofExport(load, parent);
  if (ts.isExternalModuleReference(parent) && ts.isImportEqualsDeclaration(parent.parent))
    return ofModuleName(load, parent.parent.name);
  if (ts.isCallExpression(parent)) return usesOfValue(load, parent);
  return { ...none, obstacle: obstacleAt(load.file.source.path, module, 'its module is loaded in another way') };
}
