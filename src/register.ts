/** register: what a bot says once about itself so that its handler names, data and results are typed everywhere. */
import type { Client } from 'discord.js';
import type { ClusterClient } from './client.ts';
import type { ClusterManager } from './manager.ts';
import type { Arriving } from './wire/arriving.ts';

export type { Arriving } from './wire/arriving.ts';

/**
 * Filled in by the bot, once.
 *
 * @example
 * ```ts
 * declare module 'shardlift' {
 *   interface Register {
 *     handlers: typeof handlers;
 *     managerHandlers: typeof managerHandlers;
 *     events: { settings: { guildId: string } };
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: empty until a bot merges its own declaration into it
export interface Register {}

/**
 * What `client.cluster` is, where a door of shardlift gives it another interface than {@link ClusterClient}; the door fills it
 * in, not the bot.
 */
// biome-ignore lint/suspicious/noEmptyInterface: empty until a door merges its own declaration into it
export interface Attached {}

/** The type of `client.cluster`. */
export type AttachedCluster = Attached extends { readonly cluster: infer C } ? C : ClusterClient;

/** What every handler learns beside its data. */
export interface HandlerContext {
  readonly client: Client<true>;
  readonly cluster: ClusterClient;
  /** Who asks: `cluster:3` or `host:local`. */
  readonly from: string;
  /** Fires when the caller gives up, times out or dies. */
  readonly signal: AbortSignal;
  /** Set when the handler runs once per shard, by `requestAllShards` or `requestToShard`. */
  readonly shardId?: number;
}

/** What every handler of the manager learns beside its data. */
export interface ManagerHandlerContext {
  readonly manager: ClusterManager;
  /** Who asks: `cluster:3`. */
  readonly from: string;
  /** Fires when the caller gives up, times out or dies. */
  readonly signal: AbortSignal;
}

/** A handler of a manager's handlers file: the manager first. */
export type ManagerFileHandler = (manager: ClusterManager, data: never, context: ManagerHandlerContext) => unknown;

/** A handler written where the manager is in scope. */
export type ManagerInlineHandler<D = never, R = unknown> = (data: D, context: ManagerHandlerContext) => R;

/** A handler of a handlers file: the client first, exactly like a function given to `broadcastEval`. */
export type FileHandler = (client: Client<true>, data: never, context: HandlerContext) => unknown;

/** A handler written where the client is in scope. */
export type InlineHandler<D = never, R = unknown> = (data: D, context: HandlerContext) => R;

/** The handlers a bot registered, or `undefined` when it registered none. */
export type RegisteredHandlers = Register extends { handlers: infer H } ? H : undefined;

/** The manager's handlers a bot registered, or `undefined` when it registered none. */
export type RegisteredManagerHandlers = Register extends { managerHandlers: infer H } ? H : undefined;

/** The events a bot registered, data by name, or `undefined` when it registered none. */
export type RegisteredEvents = Register extends { events: infer E } ? E : undefined;

/** What a handler takes, from its type; with `undefined` when it may be left out. */
export type DataOf<F> = F extends (client: never, ...rest: infer R) => unknown
  ? R extends readonly []
    ? undefined
    : R[0]
  : never;
/** What its caller gets. */
export type ResultOf<F> = F extends (...args: never) => infer R ? Arriving<Awaited<R>> : never;
