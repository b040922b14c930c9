/** values/taken-of-client: what is taken of a client of discord.js, as far as one file read alone tells by names. */
import { dirname } from 'node:path';
import { packageFile } from '../project/package-info.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { dottedNames, placesOf, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isClientClass } from './class-members.ts';
import { classOf, extendedBy } from './class-owner.ts';
import { saysClient, saysOther } from './client-words.ts';
import { accessName } from './puts.ts';
import { type Source, sourcesOf } from './sources.ts';

/** The names by which something is reached from a client: none of them for the client itself. */
type Taken = readonly string[];

type Seen = ReadonlySet<ts.Node>;

/** Names that are followed, one from another. */
const deepest = 8;

/** What a written type says, by its last name: `bot: Discord.Client<true>`. */
function ofType(type: ts.TypeNode | undefined): Taken | null {
  const parts = type !== undefined && ts.isUnionTypeNode(type) ? type.types : [type];
  const names = parts.flatMap((one) =>
    one !== undefined && ts.isTypeReferenceNode(one) ? [/[\w$]+$/.exec(one.typeName.getText())?.[0] ?? ''] : [],
  );
  if (names.includes('ShardClientUtil')) return ['shard'];
  return names.some(saysClient) ? [] : null;
}

const isUnder = (one: string | symbol): one is string => typeof one === 'string' && !/^[*#@]$/.test(one);

/** What is taken by some steps of what a parameter is given by callers that nobody sees. */
function ofGiven(parameter: ts.ParameterDeclaration, steps: Taken): readonly Taken[] {
  const client = steps.findLastIndex(saysClient);
  if (client >= 0) return [steps.slice(client + 1)];
  const typed = ofType(parameter.type);
  if (typed !== null) return [[...typed, ...steps]];
  // Whatever it is called, what is read of it tells: `(c) => c.shard.ids`.
  const isOpen = parameter.type === undefined && ts.isIdentifier(parameter.name) && !saysOther(parameter.name.text);
  return isOpen ? [[unknown, ...steps]] : [];
}

/** Stands in front of what is taken of something that is a client only if the names say so. */
const unknown = '';

/** What hardly anything but a client has. */
const ofClients = /^(?:guilds\.cache|users\.cache|shard\.ids|options\.shards|ws\.(?:ping$|shards))(?:\.|$)/;

const isMade = /^(?:getInstance|instance|singleton)$/;

/** What a call gives that says so: `getClient()`, `Bot.getInstance()`; not `client.guilds.cache.get(id)`. */
function givesClient(callee: ts.Expression): boolean {
  const [last, holder] = [...(dottedNames(callee) ?? [])].reverse();
  return saysClient(last) || (isMade.test(last ?? '') && saysClient(holder));
}

function ofSource({ value, steps = [], under, spread }: Source, seen: Seen): readonly Taken[] {
  if (under !== undefined || spread !== undefined || !steps.every(isUnder)) return [];
  const names = steps.filter(isUnder);
  if (ts.isParameter(value)) return ofGiven(value, names);
  return pathsOf(value, seen).map((path) => [...path, ...names]);
}

function ofName(name: ts.Identifier, seen: Seen): readonly Taken[] {
  if (saysClient(name.text)) return [[]];
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || seen.has(declared) || seen.size > deepest) return [];
  const typed = ts.isVariableDeclaration(declared) ? ofType(declared.type) : null;
  if (typed !== null) return [typed];
  return sourcesOf(declared).flatMap((one) => ofSource(one, new Set([...seen, declared])));
}

/** `this` of a class of clients, or of a function that no class holds, which may be called on any. */
function isThisClient(node: ts.Node): boolean {
  const made = classOf(node);
  if (made === null) return true;
  // What it extends may say so; else its own class is looked for in all files.
  const above = /[\w$]+(?=\W*$)/.exec(extendedBy(made)?.getText() ?? '')?.[0];
  if (saysClient(above)) return true;
  const manifest = packageFile(dirname(node.getSourceFile().fileName));
  return manifest !== null && isClientClass(dirname(manifest), made);
}

/** What a class keeps under a member of its own: `this.util = client.shard`. */
function ofKept(access: Access, seen: Seen): readonly Taken[] {
  const made = classOf(access);
  if (made === null || unwrap(access.expression).kind !== ts.SyntaxKind.ThisKeyword || seen.has(made)) return [];
  return placesOf(access.getSourceFile(), accessName(access)).flatMap(({ parent }) => {
    if (!ts.isPropertyAccessExpression(parent) || parent === access || classOf(parent) !== made) return [];
    if (parent.expression.kind !== ts.SyntaxKind.ThisKeyword) return [];
    return writtenAt(parent).flatMap((value) => (value === null ? [] : pathsOf(value, new Set([...seen, made]))));
  });
}

function pathsOf(node: ts.Expression, seen: Seen): readonly Taken[] {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return ofName(at, seen);
  if (at.kind === ts.SyntaxKind.ThisKeyword) return isThisClient(at) ? [[]] : [];
  if (ts.isBinaryExpression(at)) return [at.left, at.right].flatMap((one) => pathsOf(one, seen));
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].flatMap((one) => pathsOf(one, seen));
  if (ts.isCallExpression(at) || ts.isNewExpression(at)) return givesClient(at.expression) ? [[]] : [];
  if (ts.isAwaitExpression(at)) return pathsOf(at.expression, seen);
  if (!isAccess(at)) return [];
  const name = accessName(at);
  if (saysClient(name)) return [[]];
  return [...pathsOf(at.expression, seen).map((path) => [...path, name]), ...ofKept(at, seen)];
}

/** The dotted names by which an access or an element of a pattern is taken of a client; none where it is of none. */
export function takenOfClient(node: Access | ts.BindingElement): readonly string[] {
  const paths = isAccess(node)
    ? pathsOf(node, new Set())
    : sourcesOf(node).flatMap((one) => ofSource(one, new Set([node])));
  return paths.flatMap(([first, ...more]) => {
    if (first !== unknown) return [[first, ...more].join('.')];
    return ofClients.test(more.join('.')) ? [more.join('.')] : [];
  });
}
