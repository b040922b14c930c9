/** modules/bindings: where a local name comes from: an import, a require, or this file. */
import { requiredModule, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Stands for the path of the file a function comes from, in an import of one of its own exports. */
export const ownFile = '\0own';

/** A name bound by an import or a top-level require. */
export interface ImportBinding {
  readonly style: 'import' | 'require';
  readonly kind: 'named' | 'default' | 'namespace';
  readonly specifier: string;
  /** The exported name, for `named`. */
  readonly imported: string;
  readonly local: string;
  readonly typeOnly: boolean;
  /** `with { type: 'json' }`, without which Node loads no JSON. */
  readonly attributes?: string | undefined;
  /** The specifier or binding element, for `named`; the clause or declaration otherwise. */
  readonly node: ts.Node;
}

function ofImport(node: ts.Declaration): ImportBinding | null {
  let at: ts.Node = node;
  while (!ts.isImportDeclaration(at)) {
    if (at.parent === undefined || ts.isSourceFile(at)) return null;
    at = at.parent;
  }
  if (!ts.isStringLiteral(at.moduleSpecifier)) return null;
  const whole = at.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const attributes = at.attributes?.getText();
  const base = { style: 'import', specifier: at.moduleSpecifier.text, attributes, node } as const;
  if (ts.isImportSpecifier(node)) {
    const imported = (node.propertyName ?? node.name).text;
    return { ...base, kind: 'named', imported, local: node.name.text, typeOnly: whole || node.isTypeOnly };
  }
  if (ts.isNamespaceImport(node)) {
    return { ...base, kind: 'namespace', imported: '*', local: node.name.text, typeOnly: whole };
  }
  if (ts.isImportClause(node) && node.name !== undefined) {
    return { ...base, kind: 'default', imported: 'default', local: node.name.text, typeOnly: whole };
  }
  return null;
}

function ofRequire(node: ts.Declaration): ImportBinding | null {
  const base = { style: 'require', typeOnly: false, node } as const;
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const { expression } = node.moduleReference;
    if (!ts.isStringLiteral(expression)) return null;
    return { ...base, kind: 'namespace', specifier: expression.text, imported: '*', local: node.name.text };
  }
  if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
    const specifier = requiredModule(node.initializer);
    return specifier === null ? null : { ...base, kind: 'namespace', specifier, imported: '*', local: node.name.text };
  }
  if (!ts.isBindingElement(node) || !ts.isIdentifier(node.name)) return null;
  const declaration = node.parent.parent;
  if (!ts.isObjectBindingPattern(node.parent) || !ts.isVariableDeclaration(declaration)) return null;
  const specifier = requiredModule(declaration.initializer);
  if (specifier === null || node.dotDotDotToken !== undefined || node.initializer !== undefined) return null;
  const key = node.propertyName ?? node.name;
  if (!ts.isIdentifier(key)) return null;
  return { ...base, kind: 'named', specifier, imported: key.text, local: node.name.text };
}

/** Reads a declaration as an import or require; `null` when it is neither. */
export function bindingOf(declaration: ts.Declaration | undefined): ImportBinding | null {
  return declaration === undefined ? null : (ofImport(declaration) ?? ofRequire(declaration));
}

/** The import or require an identifier refers to, or `null`. */
export function importOf(checker: ts.TypeChecker, node: ts.Identifier): ImportBinding | null {
  return bindingOf(symbolOf(checker, node)?.declarations?.[0]);
}

/** Whether a module is discord.js or the drop-in that replaces it. */
export function isDiscordModule(specifier: string): boolean {
  return specifier === 'discord.js' || isShardlift(specifier);
}

/** Whether a module is shardlift, so that the name is migrated already. */
export function isShardlift(specifier: string): boolean {
  return specifier === 'shardlift' || specifier.startsWith('shardlift/');
}

/** Whether a module is discord-hybrid-sharding or the drop-in that replaces it. */
export function isHybridModule(specifier: string): boolean {
  return specifier === 'discord-hybrid-sharding' || specifier === 'shardlift/compat/hybrid';
}

/** The manager classes that are known, and the modules they come from. */
const managerClasses: Readonly<Record<string, (specifier: string) => boolean>> = {
  ShardingManager: isDiscordModule,
  ClusterManager: (specifier) => isHybridModule(specifier) || isShardlift(specifier),
};

/** The classes of discord-hybrid-sharding by all their names: versions 1 call them Manager and Client. */
const hybridClasses: Readonly<Record<string, 'ClusterManager' | 'ClusterClient'>> = {
  ClusterManager: 'ClusterManager',
  Manager: 'ClusterManager',
  ClusterClient: 'ClusterClient',
  Client: 'ClusterClient',
  Shard: 'ClusterClient',
};

/** The class that a name of discord-hybrid-sharding stands for, whatever its version; `null` for another one. */
export const hybridClassOf = (name: string): 'ClusterManager' | 'ClusterClient' | null =>
  Object.hasOwn(hybridClasses, name) ? (hybridClasses[name] ?? null) : null;

/** A class of a manager: discord.js's (one shard per process) or hybrid-sharding's (several). */
export type ManagerClass = 'ShardingManager' | 'ClusterManager';

/** A manager's class, and the module it is taken from. */
export interface ManagerImport {
  readonly name: ManagerClass;
  readonly specifier: string;
}

function managerNamed(imported: string, specifier: string): ManagerImport | null {
  if (isHybridModule(specifier) && hybridClassOf(imported) === 'ClusterManager')
    return { name: 'ClusterManager', specifier };
  return managerClasses[imported]?.(specifier) === true ? { name: imported as ManagerClass, specifier } : null;
}

/** What a variable is given where it is declared, if a name refers to one: `const Manager = require('discord.js').ShardingManager`. */
function heldBy(checker: ts.TypeChecker, node: ts.Identifier): ts.Expression | undefined {
  const declaration = symbolOf(checker, node)?.declarations?.[0];
  const named = declaration !== undefined && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
  return named ? declaration.initializer : undefined;
}

/** A name of a module that an expression takes. */
interface TakenName {
  readonly specifier: string;
  readonly name: string;
}

/** The name of a module that an expression is, also through a namespace, a `require` right there or a variable. */
function takenName(checker: ts.TypeChecker, node: ts.Expression, depth = 4): TakenName | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) {
    const binding = importOf(checker, at);
    if (binding !== null) return { specifier: binding.specifier, name: binding.imported };
    const value = depth === 0 ? undefined : heldBy(checker, at);
    return value === undefined ? null : takenName(checker, value, depth - 1);
  }
  if (!ts.isPropertyAccessExpression(at)) return null;
  const name = at.name.text;
  const direct = requiredModule(at.expression);
  if (direct !== null) return { specifier: direct, name };
  const binding = ts.isIdentifier(at.expression) ? importOf(checker, at.expression) : null;
  return binding === null || binding.kind === 'named' ? null : { specifier: binding.specifier, name };
}

/** The manager class an expression names, also through a namespace or a variable, and where it is from; or `null`. */
export function managerImportOf(checker: ts.TypeChecker, node: ts.Expression): ManagerImport | null {
  const taken = takenName(checker, node);
  return taken === null ? null : managerNamed(taken.name, taken.specifier);
}

/** The manager class an expression names, also through a namespace, or `null`. */
export const managerClassOf = (checker: ts.TypeChecker, node: ts.Expression): ManagerClass | null =>
  managerImportOf(checker, node)?.name ?? null;

/** A manager's class, or the class of what a client is given. */
export type LibraryClass = ManagerClass | 'ClusterClient' | 'ShardClientUtil';

/** The class of a library that an expression names: a manager, or what a client is given. */
export function libraryClassOf(checker: ts.TypeChecker, node: ts.Expression): LibraryClass | null {
  const taken = takenName(checker, node);
  if (taken === null) return null;
  const { name, specifier } = taken;
  const manager = managerNamed(name, specifier);
  if (manager !== null) return manager.name;
  if (isHybridModule(specifier)) return hybridClassOf(name);
  return isDiscordModule(specifier) && name === 'ShardClientUtil' ? 'ShardClientUtil' : null;
}
