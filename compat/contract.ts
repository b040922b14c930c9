/** compat/contract: what a bot's `client.shard` asks of the manager. */
import { call, cast, contract, type EvalOutcome, type EvalWork } from '../src/extend.ts';

/** Where an evaluation goes: every shard unless one is named. */
export interface EvalTarget {
  /** One shard; its result comes alone, not in an array. */
  readonly shard?: number;
  /** Once per cluster on the whole client, instead of once per shard. */
  readonly perCluster?: boolean;
}

/** Work for some shards, from a bot. */
export interface EvalOrder {
  readonly work: EvalWork;
  readonly target: EvalTarget;
  /** Where in the bot's code the call stands, for `hybrid.evals: 'warn'`. */
  readonly site: string | undefined;
}

/** Pauses and patience of `respawnAll`, in ms, under the names discord.js has for them. */
export interface RespawnPace {
  readonly shardDelay: number;
  readonly respawnDelay: number;
  readonly timeout: number;
}

/** Served by the manager. An evaluation has no deadline: it ends with its answer or with the cluster that owes it. */
export const compatContract = contract('compat', {
  evaluate: call<EvalOrder, readonly EvalOutcome[]>({ timeoutMs: null }),
  respawnAll: cast<RespawnPace>(),
});

/** The environment variable (in threads: the key of `workerData`) that tells a bot that text is not to be evaluated. */
export const evalsVariable = 'SHARDLIFT_EVALS';
