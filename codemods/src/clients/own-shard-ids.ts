/** clients/own-shard-ids: members of the bot's own that hold the id of one shard, where a function compares them. */
import { type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { type ClientRead, clientReads } from './client-paths.ts';

/** The members by their names, which a function compares as if a process had one shard. */
export interface OwnShardIds {
  readonly names: readonly string[];
  /** Those of which it reads nothing else. */
  readonly only: readonly string[];
}

/** A function that compares none. */
export const noShardIds: OwnShardIds = { names: [], only: [] };

const meansShard = /^(?:my|own|this|current)?_?shard_?id$/i;

const ofThing = /\bshard(?:_?id|[?!]?\.id)[?!]?$/i;

const compares: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

const making = /^(?:Number|String|parseInt)$/;

/** What a value is compared with, be it made a number or a text before; `null` where nothing is. */
function comparedWith(node: ts.Expression): ts.Expression | null {
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isBinaryExpression(parent)) {
    const other = parent.left === at ? parent.right : parent.left;
    // Whether there is one tells nothing of which.
    return compares.has(parent.operatorToken.kind) && !isNothing(other) ? other : null;
  }
  if (ts.isSwitchStatement(parent) || ts.isCaseClause(parent)) return parent.expression;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== at) return null;
  const callee = unwrap(parent.expression);
  if (making.test(callee.getText())) return comparedWith(parent);
  const asks = ts.isPropertyAccessExpression(callee) && /^(includes|has|indexOf)$/.test(callee.name.text);
  return asks ? callee.expression : null;
}

function isCompared({ node, member = '' }: ClientRead): boolean {
  const other = comparedWith(node);
  return other !== null && (meansShard.test(member) || (other !== node && ofThing.test(unwrap(other).getText())));
}

/**
 * Finds members of the bot's own that a function compares with the shard of a guild, or that are called the id of a shard:
 * `guild.shardId !== c.shardId`, `c.shardId === 0`. A process sets them once, to one of its shards.
 */
export function ownShardIds(fn: MovableFunction): OwnShardIds {
  const own = clientReads(fn).filter(({ kind, member }) => kind === 'own' && member !== undefined);
  const names = [...new Set(own.filter(isCompared).flatMap(({ member }) => member ?? []))];
  const only = names.filter((name) => own.every((one) => one.member !== name || isCompared(one)));
  return { names, only };
}
