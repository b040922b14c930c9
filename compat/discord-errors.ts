/** compat/discord-errors: failures in the classes, codes and words of the discord.js that is loaded. */
import { DiscordjsError, DiscordjsRangeError, DiscordjsTypeError } from 'discord.js';
import { type ErrorCode, isShardliftError } from '../src/index.ts';

type ErrorClass = new (code: string, ...args: readonly unknown[]) => Error;

// The typings call the constructors private; discord.js itself throws these classes from all over.
const plain = DiscordjsError as unknown as ErrorClass;
const type = DiscordjsTypeError as unknown as ErrorClass;
const range = DiscordjsRangeError as unknown as ErrorClass;

/** The failures thrown here, each with discord.js's class and code for it. */
const failures = {
  ClientInvalidOptionType: [type, 'ClientInvalidOption'],
  ClientInvalidOptionRange: [range, 'ClientInvalidOption'],
  ShardingInvalidEvalBroadcast: [type, 'ShardingInvalidEvalBroadcast'],
  ShardingAlreadySpawned: [plain, 'ShardingAlreadySpawned'],
  ShardingInProcess: [plain, 'ShardingInProcess'],
  ShardingNoChildExists: [plain, 'ShardingNoChildExists'],
  ShardingNoShards: [plain, 'ShardingNoShards'],
  ShardingProcessExists: [plain, 'ShardingProcessExists'],
  ShardingReadyDied: [plain, 'ShardingReadyDied'],
  ShardingReadyDisconnected: [plain, 'ShardingReadyDisconnected'],
  ShardingReadyTimeout: [plain, 'ShardingReadyTimeout'],
  ShardingShardNotFound: [plain, 'ShardingShardNotFound'],
  ShardingWorkerExists: [plain, 'ShardingWorkerExists'],
  TokenInvalid: [plain, 'TokenInvalid'],
  TokenMissing: [plain, 'TokenMissing'],
} as const satisfies Record<string, readonly [ErrorClass, string]>;

/** A failure of discord.js that this package throws too. */
export type DiscordFailure = keyof typeof failures;

/** Builds discord.js's own error; `args` fill its message. */
export function discordError(failure: DiscordFailure, ...args: readonly unknown[]): Error {
  const [DiscordError, code] = failures[failure];
  return new DiscordError(code, ...args);
}

/** The same, with the reason we know and discord.js never tells. */
export function causedError(cause: unknown, failure: DiscordFailure, ...args: readonly unknown[]): Error {
  return Object.assign(discordError(failure, ...args), { cause });
}

/** What a failed start of a cluster is called for one of its shards. */
const startFailures: Partial<Record<ErrorCode, DiscordFailure>> = {
  CLUSTER_DIED: 'ShardingReadyDied',
  GATEWAY_REFUSED: 'ShardingReadyDisconnected',
  READY_TIMEOUT: 'ShardingReadyTimeout',
  // A kill before there was a child; with one discord.js says the same.
  RESPAWN_CALLED_OFF: 'ShardingReadyDied',
  TOKEN_REFUSED: 'TokenInvalid',
  TOKEN_MISSING: 'TokenMissing',
};

/** Failures that starting other clusters, or this one again, cannot mend. */
export const isFinal = (error: unknown): boolean =>
  // Token, intents and number of shards are the same for all clusters.
  isShardliftError(error, 'TOKEN_REFUSED') || isShardliftError(error, 'GATEWAY_REFUSED');

/** A failed start, as discord.js would say it of this shard. */
export function startError(error: unknown, shard: number): unknown {
  const failure = isShardliftError(error) ? startFailures[error.code] : undefined;
  if (failure === undefined) return error;
  return failure.startsWith('Token') ? causedError(error, failure) : causedError(error, failure, shard);
}

/** A call that a dead cluster will never answer, as discord.js would say it of this shard. */
export function callError(error: unknown, shard: number): unknown {
  const isDead = isShardliftError(error, 'LINK_CLOSED') || isShardliftError(error, 'NO_ROUTE');
  return isDead ? causedError(error, 'ShardingNoChildExists', shard) : error;
}
