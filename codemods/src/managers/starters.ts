/** managers/starters: whether what a call is made of is the manager that starts shards, or may be one. */
import { Origins, parentsOf } from '../clients/origins.ts';
import { ValueFlow } from '../clients/owner.ts';
import { isDiscordModule, isHybridModule, libraryClassOf } from '../modules/bindings.ts';
import type { Library } from '../rules/ordered-arguments.ts';
import { isAccess } from '../syntax/access.ts';
import { lastName } from '../syntax/defining.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import { ownMember } from '../values/own-members.ts';
import { accessName } from '../values/puts.ts';
import type { Root } from '../values/roots.ts';
import { type Owner, typedOwner } from '../values/typed-owner.ts';

/**
 * `surely` a manager or, for `respawnAll`, the client's end of it; `perhaps` where a name or the arguments say so; `open`
 * where nothing tells at all.
 */
export type Starter = 'surely' | 'perhaps' | 'open' | 'no';

/** A method that is taken of something, and the library whose it is. */
export interface Asked {
  readonly receiver: ts.Expression;
  readonly method: string;
  readonly library: Library;
}

const listens = /^(?:on|once|off|addListener|removeListener)$/;

/** What listens goes on with the same manager: `manager.on('shardCreate', f).spawn(2)`. */
function listenedTo(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  const goesOn = ts.isCallExpression(at) && isAccess(at.expression) && listens.test(accessName(at.expression));
  return goesOn && isAccess(at.expression) ? listenedTo(at.expression.expression) : at;
}

/** Whose method is called: a class of the bot's own may bring one of that name, which takes what it takes. */
function ownerOf(file: ParsedFile, { receiver, method, library }: Asked): Owner {
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) {
    const base = extendedBy(ts.findAncestor(receiver, ts.isClassLike) as ts.ClassLikeDeclaration);
    return (base === undefined ? null : libraryClassOf(file.checker, base)) ?? 'unknown';
  }
  const typed = file.typed ? typedOwner(file, receiver, method) : 'unknown';
  if (typed !== 'unknown') return typed;
  const hybrid = library === 'hybrid';
  return new ValueFlow(file, { method, hybrid, asksClient: false }).ownerOf(receiver);
}

const managers: Readonly<Record<Library, Owner>> = { discord: 'ShardingManager', hybrid: 'ClusterManager' };
/** Bots respawn all shards through their own end as well. */
const ends: Readonly<Record<Library, readonly Owner[]>> = {
  discord: ['ShardClientUtil', 'both'],
  hybrid: ['ClusterClient', 'hybrid'],
};

/** What one of the values says that a receiver may be. */
function ofRoot(root: Root, asked: Asked, depth = 6): Starter {
  const { library, method } = asked;
  if (root.kind === 'instance') {
    if (ownMember(root.node, method) !== null || depth === 0) return 'no';
    const [parent] = parentsOf(root);
    return parent === undefined ? 'no' : ofRoot(parent, asked, depth - 1);
  }
  if (root.kind === 'open') return root.other ? 'no' : 'perhaps';
  if (root.kind !== 'package') return root.kind === 'type' ? 'perhaps' : 'no';
  const isOurs = library === 'hybrid' ? isHybridModule(root.specifier) : isDiscordModule(root.specifier);
  if (!isOurs || !root.made) return 'no';
  const { node } = root;
  const made = node !== null && ts.isNewExpression(node) ? libraryClassOf(root.file.checker, node.expression) : null;
  return made === managers[library] ? 'surely' : made === null ? 'perhaps' : 'no';
}

/** A single shard or cluster has a `spawn` of its own, that takes a time. */
const saysManager = /manager|sharder|sharding/i;

/** Whether the first argument can be a number of shards, and the others times. */
const areCounts = (given: readonly ts.Expression[]): boolean =>
  given.every((one) => {
    const at = unwrap(one);
    if (ts.isStringLiteralLike(at)) return at.text === 'auto';
    return !(
      ts.isArrayLiteralExpression(at) ||
      ts.isObjectLiteralExpression(at) ||
      ts.isTemplateExpression(at) ||
      ts.isFunctionLike(at)
    );
  });

/** A number as it is written, or what is reckoned of such: `5000`, `-1`, `5 * 1000`. */
function isWrittenNumber(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isPrefixUnaryExpression(at)) return isWrittenNumber(at.operand);
  return ts.isBinaryExpression(at) ? [at.left, at.right].every(isWrittenNumber) : ts.isNumericLiteral(at);
}

const isBoolean = ({ kind }: ts.Node): boolean =>
  kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;

/** Whether arguments are a number of shards with one or two times, as they are written: few others take such. */
function areWrittenCounts([amount, delay, timeout, more]: readonly ts.Expression[]): boolean {
  if (amount === undefined || delay === undefined || more !== undefined) return false;
  const isTime = timeout === undefined || isBoolean(unwrap(timeout)) || isWrittenNumber(timeout);
  return isWrittenNumber(amount) && isWrittenNumber(delay) && isTime;
}

/** Whether a name, or the arguments, say that a receiver starts shards, where nothing else tells. */
function isNamedSo({ receiver, method }: Asked, given: readonly ts.Expression[]): boolean {
  const [first] = given;
  const isText = first !== undefined && ts.isStringLiteralLike(unwrap(first));
  // Nothing else has a `respawnAll`, and nothing else starts 'auto'.
  const isSaid = isText || method === 'respawnAll' || saysManager.test(lastName(receiver) ?? '');
  return areCounts(given) && (isSaid || areWrittenCounts(given));
}

/** Whether a receiver starts shards of a library: by its type, by where it comes from or, perhaps, by its name. */
export function starterOf(file: ParsedFile, given: Asked, args: readonly ts.Expression[] = []): Starter {
  const { method, library } = given;
  const asked = { ...given, receiver: listenedTo(given.receiver) };
  const owner = ownerOf(file, asked);
  if (owner === managers[library] || (method === 'respawnAll' && ends[library].includes(owner))) return 'surely';
  if (owner !== 'unknown' || asked.receiver.kind === ts.SyntaxKind.SuperKeyword) return 'no';
  const roots = new Origins(file).of(asked.receiver).map((root) => ofRoot(root, asked));
  if (roots.length > 0 && roots.every((one) => one === 'surely')) return 'surely';
  if (roots.includes('surely')) return 'perhaps';
  if (roots.length > 0 && !roots.includes('perhaps')) return 'no';
  return isNamedSo(asked, args) ? 'perhaps' : areCounts(args) ? 'open' : 'no';
}
