/** values/typed-owner: whose object an expression is, by its type. */
import { hybridClassOf } from '../modules/bindings.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';

/**
 * The class an object is of; `both` is sometimes a ShardingManager and sometimes a ShardClientUtil, `hybrid` one of the
 * two of discord-hybrid-sharding.
 */
export type Owner =
  | 'ShardingManager'
  | 'ShardClientUtil'
  | 'ClusterManager'
  | 'ClusterClient'
  | 'both'
  | 'hybrid'
  | 'other'
  | 'unknown';

/** The classes whose calls are rewritten. */
export const known: ReadonlySet<string> = new Set([
  'ShardingManager',
  'ShardClientUtil',
  'ClusterManager',
  'ClusterClient',
]);

/** Typings of the libraries whose classes these are. */
export const typingsOfOurs =
  /[\\/]discord\.js[\\/]typings[\\/]index\.d\.m?ts$|[\\/]shardlift[\\/]|[\\/]discord-hybrid-sharding[\\/]/;

const typingsOfHybrid = /[\\/]discord-hybrid-sharding[\\/]/;

/** What a manager and a client of one library are together. */
const pairs: readonly (readonly [together: Owner, ...parts: Owner[]])[] = [
  ['both', 'ShardingManager', 'ShardClientUtil'],
  ['hybrid', 'ClusterManager', 'ClusterClient'],
];

/** One owner for several possible values. */
export function united(owners: readonly Owner[]): Owner {
  const all = [...new Set(owners)];
  const [only = 'unknown'] = all;
  if (all.length <= 1) return only;
  const pair = pairs.find((parts) => all.every((one) => parts.includes(one)));
  return pair?.[0] ?? (all.includes('unknown') ? 'unknown' : 'other');
}

function ownerOfConstituent(type: ts.Type, method: string): Owner {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'unknown';
  const declaration = type.getProperty(method)?.declarations?.[0];
  // No such property although the code calls it: its class extends something that is not installed here.
  if (declaration === undefined) return 'unknown';
  const holder = declaration.parent;
  const name = ts.isClassDeclaration(holder) || ts.isInterfaceDeclaration(holder) ? holder.name?.text : undefined;
  return ownerDeclared(declaration.getSourceFile().fileName, name);
}

/** Whose a member is that a file declares in a class or an interface of this name. */
export function ownerDeclared(fileName: string, name: string | undefined): Owner {
  if (name === undefined || !typingsOfOurs.test(fileName)) return 'other';
  if (typingsOfHybrid.test(fileName)) return hybridClassOf(name) ?? 'other';
  return known.has(name) ? (name as Owner) : 'other';
}

/** What the type of an expression says. */
export function typedOwner(file: ParsedFile, receiver: ts.Expression, method: string): Owner {
  const type = file.checker.getNonNullableType(file.checker.getTypeAtLocation(receiver));
  return united((type.isUnion() ? type.types : [type]).map((part) => ownerOfConstituent(part, method)));
}

/** What only a client has beside its `shard`; a part of its type (`Pick<Client, 'shard'>`) has no `cluster` either. */
const beside = ['guilds', 'ws'] as const;

/** Whether the type of an expression says that its `shard` is the one that discord.js declares for a client. */
export function isClientByType({ checker }: ParsedFile, holder: ts.Expression): boolean {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(holder));
  return ['shard', ...beside].every((name) => {
    const declarations = type.getProperty(name)?.declarations ?? [];
    return declarations.length > 0 && declarations.every((one) => typingsOfOurs.test(one.getSourceFile().fileName));
  });
}
