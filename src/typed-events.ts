/** typed-events: the events object as users see it, with names and data known when events are registered. */
import type { EventListener } from './features/event-listeners.ts';
import type {
  Acknowledgements,
  BroadcastAndWaitOptions,
  BroadcastOptions,
  EventNode,
  ListenerFailure,
} from './features/events.ts';
import type { Arriving, RegisteredEvents } from './register.ts';

/** Data may be left out when the event has none; what follows it are options. */
type EventArgs<D, O = never> = [D] extends [undefined | void]
  ? [data?: undefined, options?: O]
  : undefined extends D
    ? [data?: D, options?: O]
    : [data: D, options?: O];

/** Events that need no knowledge of the names. */
interface EventsBase {
  /** How many listeners an event has in this node. */
  listenerCount(name: string): number;
  /**
   * Hears of listeners of this node that throw or reject, in addition to the warning that is logged. What the hook itself
   * throws, or its promise rejects with, is logged too.
   *
   * @returns what takes the hook back
   */
  onError(hook: (failure: ListenerFailure) => unknown): () => void;
}

/** Events between clusters when none are registered: names are strings, data is what you say it is. */
export interface UntypedEvents extends EventsBase {
  /**
   * Tells all others, the manager included; those that are down do not hear it. Order per sender is kept.
   *
   * @throws ShardliftError `UNSERIALISABLE`, `FRAME_TOO_LARGE`
   */
  broadcast(name: string, data?: unknown, options?: BroadcastOptions): void;
  /** Tells one cluster, or the manager. @throws ShardliftError `UNKNOWN_TARGET`, `UNSERIALISABLE`, `FRAME_TOO_LARGE` */
  emitTo(node: EventNode, name: string, data?: unknown): void;
  /**
   * Tells all others and waits until their listeners are done; says who acknowledged, failed, or is missing.
   *
   * @param options - a number is its deadline in ms, 10 000 by default
   * @throws ShardliftError `UNSERIALISABLE`, `CALL_ABORTED`
   */
  broadcastAndWait(name: string, data?: unknown, options?: number | BroadcastAndWaitOptions): Promise<Acknowledgements>;
  /** Listens to an event from now on. Nobody has said what data comes, so it is `any` unless the listener says it. */
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown` nothing could be read of the data in a one-line listener
  on<D = any>(name: string, listener: EventListener<D>): this;
  /** Listens to an event until it came once. */
  // biome-ignore lint/suspicious/noExplicitAny: as for `on`
  once<D = any>(name: string, listener: EventListener<D>): this;
  /** Listens no more. */
  off<D = unknown>(name: string, listener: EventListener<D>): this;
}

/** Events between clusters when the bot registered its events: unknown names and wrong data do not compile. */
export interface TypedEvents<E> extends EventsBase {
  /**
   * Tells all others, the manager included; those that are down do not hear it. Order per sender is kept.
   *
   * @throws ShardliftError `UNSERIALISABLE`, `FRAME_TOO_LARGE`
   */
  broadcast<N extends keyof E & string>(name: N, ...args: EventArgs<E[N], BroadcastOptions>): void;
  /** Tells one cluster, or the manager. @throws ShardliftError `UNKNOWN_TARGET`, `UNSERIALISABLE`, `FRAME_TOO_LARGE` */
  emitTo<N extends keyof E & string>(node: EventNode, name: N, ...args: EventArgs<E[N]>): void;
  /**
   * Tells all others and waits until their listeners are done; says who acknowledged, failed, or is missing.
   *
   * @throws ShardliftError `UNSERIALISABLE`, `CALL_ABORTED`
   */
  broadcastAndWait<N extends keyof E & string>(
    name: N,
    ...args: EventArgs<E[N], number | BroadcastAndWaitOptions>
  ): Promise<Acknowledgements>;
  /** Listens to an event from now on. */
  on<N extends keyof E & string>(name: N, listener: EventListener<Arriving<E[N]>>): this;
  /** Listens to an event until it came once. */
  once<N extends keyof E & string>(name: N, listener: EventListener<Arriving<E[N]>>): this;
  /** Listens no more. */
  off<N extends keyof E & string>(name: N, listener: EventListener<Arriving<E[N]>>): this;
}

/** `cluster.events` and `manager.events`: typed by `Register` when the bot filled it in. */
export type SharedEvents = RegisteredEvents extends undefined ? UntypedEvents : TypedEvents<RegisteredEvents>;
