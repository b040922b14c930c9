/** clients/own-cluster: a member `cluster` that a bot gives its client itself, where shardlift's cluster would be. */
import { dirname } from 'node:path';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import { type ParsedFile, parseAlone } from '../syntax/program.ts';
import type { SourcePlace } from '../syntax/source-place.ts';
import { descendants, dottedNames, requiredModule, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { classOf, extendedBy } from '../values/class-owner.ts';
import { saysOneClient } from '../values/client-words.ts';
import { typingsOfOurs } from '../values/typed-owner.ts';

const member = 'cluster';

/** What a file names that puts a cluster of its own there, and means to. */
export const withClusters = /['"](shardlift(\/compat\/hybrid)?|discord-hybrid-sharding)['"]/;

/** discord.js and the frameworks that build their client on its client. */
const clientModules = /discord|sapphire|akairo|klasa|commando|necord/;

/** The module a file takes a name from; `null` for a name of its own. */
function moduleOf(tree: ts.SourceFile, name: string): string | null {
  for (const statement of tree.statements) {
    const declares = descendants(statement).some((node) => ts.isIdentifier(node) && node.text === name);
    if (!declares) continue;
    if (ts.isImportDeclaration(statement)) return (statement.moduleSpecifier as ts.StringLiteral).text;
    const values = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    for (const { name: declared, initializer } of values) {
      const isHere = descendants(declared).some((node) => ts.isIdentifier(node) && node.text === name);
      const value = initializer === undefined ? undefined : unwrap(initializer);
      const loaded = value !== undefined && ts.isPropertyAccessExpression(value) ? value.expression : value;
      if (isHere) return requiredModule(loaded);
    }
  }
  return null;
}

/** Whether a class may be one of discord.js's clients: one of the bot's own, or one of a library of such. */
function isOurs(base: ts.Expression): boolean {
  const [root] = dottedNames(base) ?? [];
  const from = root === undefined ? null : moduleOf(base.getSourceFile(), root);
  return root !== undefined && (from === null || from.startsWith('.') || clientModules.test(from));
}

const extendsClient = (node: ts.Node | null): boolean => {
  const base = node !== null && ts.isClassLike(node) ? extendedBy(node) : undefined;
  return base !== undefined && saysOneClient(dottedNames(base)?.at(-1)) && isOurs(base);
};

/** Whether an expression is a client, by its name and by what its file makes of it. */
export function isClient(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (at.kind === ts.SyntaxKind.ThisKeyword) return extendsClient(classOf(at));
  const names = dottedNames(at) ?? [];
  const last = names.at(-1) ?? '';
  if (last === 'prototype' && ts.isPropertyAccessExpression(at))
    return saysOneClient(names.at(-2)) && isOurs(at.expression);
  if (!saysOneClient(last)) return false;
  const made = descendants(at.getSourceFile()).filter(
    (one): one is ts.VariableDeclaration => ts.isVariableDeclaration(one) && one.name.getText() === last,
  );
  return names.length > 1 || made.every(({ initializer }) => initializer === undefined || mayBeClient(initializer));
}

const mayBeClient = (value: ts.Expression): boolean => {
  const at = unwrap(value);
  return !ts.isNewExpression(at) || isOurs(at.expression);
};

/** Whether a name is that of the member. */
export const isNamed = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === member;

const holdsMember = (node: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(node) && node.properties.some(({ name }) => isNamed(name));

/** `Object.assign(client, { cluster })`, `Object.defineProperty(client, 'cluster', ...)` */
function definesMember({ expression, arguments: [target, ...rest] }: ts.CallExpression): boolean {
  const name = /^Object\.(assign|definePropert(?:y|ies))$/.exec(expression.getText())?.[1];
  if (name === undefined || target === undefined || !isClient(target)) return false;
  return name === 'defineProperty' ? isNamed(rest[0]) : rest.some(holdsMember);
}

/** A field, a getter, a method, or a parameter of the constructor that is a field. */
function isMember(node: ts.Node): boolean {
  if (ts.isParameter(node))
    return ts.isParameterPropertyDeclaration(node, node.parent) && extendsClient(node.parent.parent);
  if (!ts.isClassElement(node) || !extendsClient(node.parent)) return false;
  return !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static);
}

/** `interface Client { cluster: ... }` of discord.js, as the bot's own code adds to it. */
function isAdded(node: ts.Node): boolean {
  if (!ts.isPropertySignature(node) || !ts.isInterfaceDeclaration(node.parent)) return false;
  const module = node.parent.parent.parent;
  return node.parent.name.text === 'Client' && ts.isModuleDeclaration(module) && module.name.text === 'discord.js';
}

function givesMember(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    return isNamed(name) && writtenAt(node).length > 0 && isClient(node.expression);
  }
  if (ts.isCallExpression(node)) return definesMember(node);
  const { name } = node as { readonly name?: ts.Node };
  return isNamed(name) && (isMember(node) || isAdded(node));
}

function placeIn(path: string): SourcePlace | null {
  const source = readSource(path);
  if (source === null || withClusters.test(source.text)) return null;
  const tree = parseAlone(path, source.text);
  const found = descendants(tree).find(givesMember);
  return found === undefined ? null : { path, tree, at: found.getStart() };
}

// What is found holds for one run, and each run reads its files anew.
const found = new WeakMap<readonly ParsedFile[], SourcePlace | null>();

/** Where a file of some folders gives its client a `cluster`; `null` where none does. */
export function ownClusterIn(folders: readonly string[]): SourcePlace | null {
  for (const file of folders.flatMap((folder) => filesMatching(folder, /\bcluster\b/))) {
    const place = placeIn(file);
    if (place !== null) return place;
  }
  return null;
}

/** Where the package of some files gives its client a `cluster`; `null` where none does. */
export function ownCluster(files: readonly ParsedFile[]): SourcePlace | null {
  const known = found.get(files);
  if (known !== undefined) return known;
  const [first] = files;
  const manifest = first === undefined ? null : packageFile(dirname(first.source.path));
  const place = manifest === null ? null : ownClusterIn([dirname(manifest)]);
  found.set(files, place);
  return place;
}

/** Where the type of the client in `client.shard` declares a `cluster` of the bot's own. */
export function typedCluster(file: ParsedFile, receiver: ts.Expression): SourcePlace | null {
  const at = unwrap(receiver);
  if (!file.typed || !ts.isPropertyAccessExpression(at)) return null;
  const type = file.checker.getNonNullableType(file.checker.getTypeAtLocation(at.expression));
  const declaration = type.getProperty(member)?.declarations?.[0];
  const tree = declaration?.getSourceFile();
  if (declaration === undefined || tree === undefined) return null;
  if (typingsOfOurs.test(tree.fileName) || withClusters.test(tree.text)) return null;
  return { path: tree.fileName, tree, at: declaration.getStart() };
}
