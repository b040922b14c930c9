/** hybrid/contract: what bots and their manager ask each other behind discord-hybrid-sharding's names. */
import { call, cast, contract, type EvalOutcome, type FunctionWork } from '../../src/extend.ts';

/** What is evaluated: a function with its context, text, or a path of properties. */
export type Work =
  | FunctionWork
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'property'; readonly path: string };

/** Which clusters are meant; all of them when nothing is said. */
export interface Aim {
  readonly cluster?: number | readonly number[];
  readonly shard?: number;
  readonly guildId?: string;
  /** How long to wait for each, in ms. */
  readonly timeout?: number;
}

/** An evaluation for the clusters of an aim. */
export interface Order {
  readonly work: Work;
  readonly aim: Aim;
  /** What the user called. */
  readonly call: string;
}

/** The pace of `respawnAll`, in ms. */
export interface RespawnPace {
  readonly clusterDelay?: number;
  readonly respawnDelay?: number;
  readonly timeout?: number;
}

/** Served by the manager. An evaluation ends with its answer, its own timeout, or the cluster that owes it. */
export const hybridContract = contract('hybrid', {
  evaluate: call<Order, readonly EvalOutcome[]>({ timeoutMs: null }),
  /** Where a call that sends text stands, for `hybrid.evals: 'warn'`. */
  site: cast<{ readonly call: string; readonly site: string | undefined }>(),
  request: call<object, unknown>(),
  respawnAll: cast<RespawnPace>(),
  maintenance: call<{ readonly reason?: string; readonly all: boolean }, null>(),
  spawnNext: call<void, null>({ timeoutMs: null }),
});

/** Served by each bot. */
export const hybridBotContract = contract('hybridBot', { request: call<object, unknown>() });
