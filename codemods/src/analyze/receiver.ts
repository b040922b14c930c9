/** analyze/receiver: proves that a call is discord.js's, and says how its receiver is written after the rewrite. */
import { ts } from 'ts-morph';
import type { Method } from '../report/types.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { importOf, isDiscordModule, isShardingManager } from './bindings.ts';
import type { ParsedFile } from './program.ts';
import { descendants, dottedNames, symbolOf, unwrap } from './syntax.ts';

/** A piece of text to put in place of another; positions are those of the file as read. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A proven receiver and the splices that turn it into the new one (`client.shard!` -> `client.cluster`). */
export interface Receiver {
  readonly proven: true;
  readonly splices: readonly Splice[];
}

type Owner = 'ShardingManager' | 'ShardClientUtil' | 'both' | 'other' | 'unknown';

/** The property or element access that is called. */
export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

const typingsOfOurs = /[\\/]discord\.js[\\/]typings[\\/]index\.d\.m?ts$|[\\/]shardlift[\\/]/;

function ownerOfConstituent(type: ts.Type, method: Method): Owner {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'unknown';
  const declaration = type.getProperty(method)?.declarations?.[0];
  // No such property although the code calls it: its class extends something that is not installed here.
  if (declaration === undefined) return 'unknown';
  if (!typingsOfOurs.test(declaration.getSourceFile().fileName)) return 'other';
  const holder = declaration.parent;
  const name = ts.isClassDeclaration(holder) || ts.isInterfaceDeclaration(holder) ? holder.name?.text : undefined;
  return name === 'ShardingManager' || name === 'ShardClientUtil' ? name : 'other';
}

function typedOwner(file: ParsedFile, receiver: ts.Expression, method: Method): Owner {
  const type = file.checker.getNonNullableType(file.checker.getTypeAtLocation(receiver));
  const owners = new Set((type.isUnion() ? type.types : [type]).map((t) => ownerOfConstituent(t, method)));
  const [first] = owners;
  if (owners.size === 1 && first !== undefined) return first;
  return owners.has('ShardingManager') && owners.has('ShardClientUtil') && owners.size === 2 ? 'both' : 'other';
}

const isNewManager = (file: ParsedFile, node: ts.Expression | undefined): boolean => {
  if (node === undefined) return false;
  const at = unwrap(node);
  return ts.isNewExpression(at) && isShardingManager(file.checker, at.expression);
};

function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | null {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) if (ts.isClassLike(at)) return at;
  return null;
}

function extendsManager(file: ParsedFile, node: ts.ClassLikeDeclaration | null): boolean {
  const clause = node?.heritageClauses?.find((c) => c.token === ts.SyntaxKind.ExtendsKeyword);
  const parent = clause?.types[0]?.expression;
  return parent !== undefined && isShardingManager(file.checker, parent);
}

/** Whether this file assigns a new ShardingManager to the same dotted path (`this.manager = new ShardingManager()`). */
function assignedManager(file: ParsedFile, path: string): boolean {
  for (const node of descendants(file.tree)) {
    if (
      ts.isPropertyDeclaration(node) &&
      path === `this.${node.name.getText()}` &&
      isNewManager(file, node.initializer)
    )
      return true;
    const assigns = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (assigns && dottedNames(node.left)?.join('.') === path && isNewManager(file, node.right)) return true;
  }
  return false;
}

/** What a written type says: `manager: ShardingManager`, also when discord.js is not installed here. */
function annotatedOwner(file: ParsedFile, node: ts.Expression): Owner {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  const declaration = ts.isIdentifier(name) ? symbolOf(file.checker, name)?.valueDeclaration : undefined;
  const typed =
    declaration !== undefined &&
    (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration));
  if (!typed || declaration.type === undefined) return 'unknown';
  const parts = ts.isUnionTypeNode(declaration.type) ? declaration.type.types : [declaration.type];
  const owners = new Set(parts.flatMap((part) => namedOwner(file, part)));
  if (owners.size > 1) return owners.has('unknown') ? 'unknown' : 'both';
  const [only = 'unknown'] = owners;
  return only;
}

function namedOwner(file: ParsedFile, type: ts.TypeNode): readonly Owner[] {
  if (ts.isLiteralTypeNode(type) || type.kind === ts.SyntaxKind.UndefinedKeyword) return [];
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return ['unknown'];
  const binding = importOf(file.checker, type.typeName);
  if (binding === null || !isDiscordModule(binding.specifier)) return ['unknown'];
  const { imported } = binding;
  return [imported === 'ShardingManager' || imported === 'ShardClientUtil' ? imported : 'unknown'];
}

/** Whether the class of a receiver, here or in another file, extends ShardingManager. */
function isOfManagerClass(file: ParsedFile, node: ts.Expression): boolean {
  const declarations = file.checker.getTypeAtLocation(node).symbol?.declarations ?? [];
  return declarations.some((declaration) => ts.isClassLike(declaration) && extendsManager(file, declaration));
}

/** JavaScript, or an untyped receiver: `<expr>.shard`, or a name bound to `new ShardingManager(...)`. */
function syntacticOwner(file: ParsedFile, receiver: ts.Expression): Owner {
  const at = unwrap(receiver);
  if (ts.isPropertyAccessExpression(at) && at.name.text === 'shard') return 'ShardClientUtil';
  if (at.kind === ts.SyntaxKind.ThisKeyword)
    return extendsManager(file, enclosingClass(at)) ? 'ShardingManager' : 'unknown';
  if (ts.isIdentifier(at)) {
    const declaration = symbolOf(file.checker, at)?.valueDeclaration;
    const bound = declaration !== undefined && ts.isVariableDeclaration(declaration);
    if (bound && isNewManager(file, declaration.initializer)) return 'ShardingManager';
  }
  const annotated = annotatedOwner(file, at);
  if (annotated !== 'unknown') return annotated;
  if (isOfManagerClass(file, at)) return 'ShardingManager';
  const path = dottedNames(at)?.join('.');
  return path !== undefined && assignedManager(file, path) ? 'ShardingManager' : 'unknown';
}

/** Follows `const shard = client.shard` to `client.shard`, when the right side is a plain dotted name. */
function aliasOf(file: ParsedFile, node: ts.Expression): ts.PropertyAccessExpression | null {
  if (!ts.isIdentifier(node)) return null;
  const declaration = symbolOf(file.checker, node)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return null;
  if (!(declaration.parent.flags & ts.NodeFlags.Const) || declaration.initializer === undefined) return null;
  const right = unwrap(declaration.initializer);
  const plain =
    ts.isPropertyAccessExpression(right) && right.name.text === 'shard' && dottedNames(right)?.[0] !== 'this';
  if (!plain || dottedNames(right) === null) return null;
  const root = rootOf(right);
  // The root must still mean the same thing at the call: same name, same declaration.
  const visible = file.checker.getSymbolsInScope(node, ts.SymbolFlags.Value).find((s) => s.name === root.text);
  return visible !== undefined && visible === symbolOf(file.checker, root) ? right : null;
}

function rootOf(node: ts.Expression): ts.Identifier {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at)) return rootOf(at.expression);
  return at as ts.Identifier;
}

function clusterSplices(shard: ts.PropertyAccessExpression, receiver: ts.Expression): readonly Splice[] {
  const { name } = shard;
  const renamed = { start: name.getStart(), end: name.getEnd(), text: 'cluster' };
  let bangs: ts.Expression = receiver;
  while (ts.isNonNullExpression(bangs)) bangs = bangs.expression;
  if (bangs === shard) return receiver.end === name.end ? [renamed] : [{ ...renamed, end: receiver.end }];
  // Parentheses or a cast around `client.shard` go with it: the cluster needs neither.
  return [{ start: receiver.getStart(), end: receiver.end, text: `${shard.expression.getText()}.cluster` }];
}

function ofShardClientUtil(file: ParsedFile, receiver: ts.Expression, method: Method): Receiver | Finding {
  const at = unwrap(receiver);
  if (ts.isPropertyAccessExpression(at) && at.name.text === 'shard') {
    return { proven: true, splices: clusterSplices(at, receiver) };
  }
  const original = aliasOf(file, at);
  if (original === null) return finding('DC-R5', { receiver: receiver.getText(), method });
  const text = `${original.expression.getText()}${original.questionDotToken === undefined ? '' : '?'}.cluster`;
  return { proven: true, splices: [{ start: receiver.getStart(), end: receiver.end, text }] };
}

/** Proves the receiver of a call, or says why it cannot be proven. */
export function receiverOf(
  file: ParsedFile,
  access: Access,
  method: Method,
  otherLibrary: string | null,
): Receiver | Finding {
  const receiver = access.expression;
  if (otherLibrary !== null) return finding('DC-S1', { method, owner: otherLibrary });
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) return finding('DC-R5', { receiver: 'super', method });
  const typed = file.typed ? typedOwner(file, receiver, method) : 'unknown';
  const owner = typed === 'unknown' ? syntacticOwner(file, receiver) : typed;
  if (owner === 'both') return finding('DC-R6', { receiver: receiver.getText() });
  if (owner === 'other') return finding('DC-S1', { method, owner: receiver.getText() });
  if (owner === 'ShardClientUtil') return ofShardClientUtil(file, receiver, method);
  if (owner === 'ShardingManager') return { proven: true, splices: [] };
  const names = dottedNames(receiver);
  const hybrid = names !== null && names[names.length - 1] === 'cluster';
  return finding(hybrid ? 'DC-S6' : 'DC-S3', { receiver: receiver.getText(), method });
}
