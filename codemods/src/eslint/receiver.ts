/** eslint/receiver: whether what is called is discord.js's: by its type where ESLint has types, else by where it comes from. */
import type { Scope } from 'eslint';
import { saysGuild, saysOther } from '../analyze/client-words.ts';
import { constValue, memberName, type Node, type Source, unwrapped, variableOf } from './nodes.ts';

interface TypeLike {
  readonly types?: readonly TypeLike[];
  getProperty(name: string): { readonly declarations?: readonly DeclarationLike[] } | undefined;
}

interface DeclarationLike {
  getSourceFile(): { readonly fileName: string };
}

/** What typescript-eslint's parser offers when it runs with types. */
interface TypedServices {
  readonly program?: object | null;
  getTypeAtLocation?(node: Node): TypeLike;
}

const ownTypings = /[\\/]discord\.js[\\/]typings[\\/]|[\\/]shardlift[\\/]|[\\/]discord-hybrid-sharding[\\/]/;
const classes = new Set(['ShardingManager', 'ShardClientUtil']);

/** `null` where types say nothing: there are none, or the value is `any`. */
function byType(source: Source, receiver: Node, method: string): boolean | null {
  const services = source.parserServices as TypedServices;
  if (services.program === undefined || services.program === null) return null;
  const type = services.getTypeAtLocation?.(receiver);
  const parts = type === undefined ? [] : (type.types ?? [type]);
  const found = parts.flatMap((part) => part.getProperty(method)?.declarations?.slice(0, 1) ?? []);
  return found.length === 0 ? null : found.every((one) => ownTypings.test(one.getSourceFile().fileName));
}

/** `manager: ShardingManager`, with or without others beside it. */
function isWritten({ defs: [definition] }: Scope.Variable): boolean {
  const name = definition?.name as unknown as
    | { readonly typeAnnotation?: { readonly typeAnnotation: Node } }
    | undefined;
  const type = name?.typeAnnotation?.typeAnnotation;
  if (type === undefined) return false;
  const parts = type.type === 'TSUnionType' ? (type.types as readonly Node[]) : [type];
  return parts.some((part) => classes.has((part.typeName as Node | undefined)?.name as string));
}

function takesOut(pattern: Node, variable: Scope.Variable, name: string): boolean {
  if (pattern.type !== 'ObjectPattern') return false;
  return (pattern.properties as readonly Node[]).some((property) => {
    const key = property.key as Node | undefined;
    const value = property.value as Node | undefined;
    return key?.name === name && value?.name === variable.name;
  });
}

/** The `shard` of something that says it is no client, or of a guild, is another library's. */
function isOfOther(holder: Node): boolean {
  const at = unwrapped(holder);
  const name = memberName(at) ?? at.name;
  return typeof name === 'string' && (saysOther(name) || saysGuild(name));
}

/** Follows a value a few steps back. */
function byOrigin(source: Source, node: Node, steps: number): boolean {
  const at = unwrapped(node);
  if (memberName(at) === 'shard') return !isOfOther(at.object as Node);
  if (at.type === 'NewExpression') {
    const callee = at.callee as Node;
    return (memberName(callee) ?? callee.name) === 'ShardingManager';
  }
  if (at.type !== 'Identifier' || steps === 0) return false;
  const variable = variableOf(source, at);
  if (variable === null) return false;
  if (isWritten(variable)) return true;
  const given = constValue(variable);
  if (given === null) return false;
  return given.pattern.type === 'Identifier'
    ? byOrigin(source, given.value, steps - 1)
    : takesOut(given.pattern, variable, 'shard') && !isOfOther(given.value);
}

/** Whether a receiver is a ShardingManager or a ShardClientUtil. Says no where nothing proves it. */
export function isDiscord(source: Source, receiver: Node, method: string): boolean {
  return byType(source, receiver, method) ?? byOrigin(source, receiver, 4);
}
