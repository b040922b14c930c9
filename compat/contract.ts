/** compat/contract: what a bot's `client.shard` asks of the manager, and what it is told. */
import { call, cast, contract, type EvalOutcome, type EvalRequest, type EvalWork } from '../src/extend.ts';
import type { FleetPlan } from './fleet-plan.ts';

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

/** What users call, for the work it leads to. */
export const callOf = ({ kind }: EvalWork): 'broadcastEval' | 'fetchClientValues' =>
  kind === 'property' ? 'fetchClientValues' : 'broadcastEval';

/** Outcomes, all of them good, and who to ask without the manager from now on. */
export interface EvalReply {
  readonly outcomes: readonly EvalOutcome[];
  /** The one outcome is the value of the whole call: a method of the manager's program gave it. */
  readonly whole?: boolean;
  /** Only when every shard is there and alive, so that the manager would refuse no call. */
  readonly plan?: FleetPlan;
}

/** Work for one cluster that could not be reached without the manager. */
export interface ClusterOrder {
  readonly cluster: number;
  readonly request: EvalRequest;
}

/** A cluster in a plan. */
export interface PlannedPlace {
  readonly cluster: number;
  /** Of the plan. */
  readonly version: number;
}

/** Pauses and patience of `respawnAll`, in ms, under the names discord.js has for them. */
export interface RespawnPace {
  readonly shardDelay: number;
  readonly respawnDelay: number;
  readonly timeout: number;
}

/** Served by the manager. An evaluation has no deadline: it ends with its answer or with the cluster that owes it. */
export const compatContract = contract('compat', {
  evaluate: call<EvalOrder, EvalReply>({ timeoutMs: null }),
  evaluateIn: call<ClusterOrder, readonly EvalOutcome[]>({ timeoutMs: null }),
  /** Whether a cluster has neither died nor come to life since the plan of that version. */
  stands: call<PlannedPlace, boolean>(),
  respawnAll: cast<RespawnPace>(),
  /** Answers once the manager has heard so many messages of the bot that asks, and all it said before on its own line. */
  heard: call<number, null>(),
});

/** Served by each bot. */
export const compatBotContract = contract('compatBot', {
  /** The manager would now answer otherwise than plans older than this version say. */
  planChanged: cast<number>(),
  /** Answers once the bot's listeners were given so many messages of users; at once when there are none. */
  heard: call<number, null>(),
});

/** The environment variable (in threads: the key of `workerData`) that tells a bot what `hybrid.evals` is. */
export const evalsVariable = 'SHARDLIFT_EVALS';
