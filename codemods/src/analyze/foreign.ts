/** analyze/foreign: objects of other libraries, told by the module that their class comes from. */
import { dirname, join } from 'node:path';
import { findUp, otherLibraries, readManifest } from '../package-info.ts';
import { ts } from '../typescript.js';
import { importOf, isDiscordModule, isHybridModule } from './bindings.ts';
import type { ParsedFile } from './program.ts';
import { dottedNames, requiredModule, symbolOf, unwrap } from './syntax.ts';
import { isNothing, type Written, writesToPath, writesToVariable } from './writes.ts';

/** The name of the package a specifier leads into; `null` for a file of the bot. */
function packageOf(specifier: string): string | null {
  return /^(?:@[\w.-]+\/)?[a-z\d][\w.-]*/.exec(specifier)?.[0] ?? null;
}

const mentions = (value: unknown): boolean => typeof value === 'object' && value !== null && 'discord.js' in value;

/** Whether a module has nothing to do with discord.js: a known library, or one that is installed and does not build on it. */
function isForeignModule(specifier: string, from: string): boolean {
  const name = packageOf(specifier);
  if (name === null || isDiscordModule(specifier) || isHybridModule(specifier)) return false;
  if (otherLibraries.includes(name)) return true;
  const path = findUp(join('node_modules', name, 'package.json'), dirname(from));
  if (path === null) return false;
  const { dependencies, peerDependencies } = readManifest(path);
  return !mentions(dependencies) && !mentions(peerDependencies);
}

/** Says of a module, and the file that names it, whether it is of a kind. */
type ModuleTest = (specifier: string, from: string) => boolean;

/** Whether nothing tells what a module is: a package that is not installed and does not say discord in its name. */
export function isUnknownModule(specifier: string, from: string): boolean {
  const name = packageOf(specifier);
  if (name === null || isDiscordModule(specifier) || isHybridModule(specifier)) return false;
  if (/discord|djs|sapphire|akairo|klasa|commando/i.test(name)) return false;
  return findUp(join('node_modules', name, 'package.json'), dirname(from)) === null;
}

interface Asked {
  readonly file: ParsedFile;
  readonly test: ModuleTest;
}

function rootOf(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  return ts.isPropertyAccessExpression(at) ? rootOf(at.expression) : at;
}

/** The class behind a name, also of another file. */
function classOf({ checker }: ParsedFile, node: ts.Identifier): ts.ClassLikeDeclaration | undefined {
  const symbol = symbolOf(checker, node);
  const target =
    symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target?.declarations?.find(ts.isClassLike);
}

const parentOf = (node: ts.ClassLikeDeclaration): ts.Expression | undefined =>
  node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;

/** Whether a class, or what it extends, comes from another library. */
function isForeignClass({ file, test }: Asked, node: ts.Expression, depth: number): boolean {
  const root = rootOf(node);
  const required = requiredModule(root);
  if (required !== null) return test(required, file.source.path);
  if (!ts.isIdentifier(root) || depth === 0) return false;
  const binding = importOf(file.checker, root);
  if (binding !== null && packageOf(binding.specifier) !== null) return test(binding.specifier, file.source.path);
  const own = classOf(file, root);
  const parent = own === undefined ? undefined : parentOf(own);
  return parent !== undefined && isForeignClass({ file, test }, parent, depth - 1);
}

function isMadeAbroad(asked: Asked, value: Written): boolean {
  const at = value === null ? null : unwrap(value);
  if (at === null || !(ts.isNewExpression(at) || ts.isCallExpression(at))) return false;
  // `require('eris')` is a module, `require('eris')('token')` and `eris('token')` are clients.
  return requiredModule(at) === null && isForeignClass(asked, at.expression, 3);
}

function valuesOf(file: ParsedFile, node: ts.Expression): readonly Written[] {
  const path = dottedNames(node)?.join('.');
  const members = path !== undefined && ts.isPropertyAccessExpression(node) ? writesToPath(node, path) : [];
  if (!ts.isIdentifier(node)) return members;
  const symbol = symbolOf(file.checker, node);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined || !ts.isVariableDeclaration(declaration)) return [];
  const first = declaration.initializer === undefined ? [] : [declaration.initializer];
  return [...first, ...writesToVariable(file, symbol)];
}

/** Whether everything that a variable or a member is set to was made by another library, so that its `shard` is that library's. */
export function isForeign(file: ParsedFile, holder: ts.Expression, test: ModuleTest = isForeignModule): boolean {
  const asked = { file, test };
  const at = unwrap(holder);
  if (at.kind === ts.SyntaxKind.ThisKeyword) {
    let around: ts.Node = at;
    while (!ts.isSourceFile(around) && !ts.isClassLike(around)) around = around.parent;
    const parent = ts.isClassLike(around) ? parentOf(around) : undefined;
    return parent !== undefined && isForeignClass(asked, parent, 3);
  }
  if (ts.isNewExpression(at)) return isMadeAbroad(asked, at);
  const values = valuesOf(file, at).filter((value) => value === null || !isNothing(value));
  return values.length > 0 && values.every((value) => isMadeAbroad(asked, value));
}

/** Whether a class builds on one of a package of which nothing says that it is for discord.js. */
export function extendsForeign(file: ParsedFile, node: ts.ClassLikeDeclaration): boolean {
  const parent = parentOf(node);
  if (parent === undefined) return false;
  return [isForeignModule, isUnknownModule].some((test) => isForeignClass({ file, test }, parent, 3));
}
