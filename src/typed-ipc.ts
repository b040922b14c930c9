/** typed-ipc: the ipc object as users see it, with names, data and results known when handlers are registered. */
import type { RequestOptions } from './features/ipc.ts';
import type { ResultPromise } from './features/result-collection.ts';
import type {
  Arriving,
  DataOf,
  FileHandler,
  InlineHandler,
  ManagerFileHandler,
  ManagerInlineHandler,
  RegisteredHandlers,
  RegisteredManagerHandlers,
  ResultOf,
} from './register.ts';

/** Data may be left out when the handler takes none, or does not say what it takes. */
type RequestArgs<F> =
  unknown extends DataOf<F>
    ? [data?: DataOf<F>, options?: number | RequestOptions]
    : [DataOf<F>] extends [undefined]
      ? [data?: undefined, options?: number | RequestOptions]
      : undefined extends DataOf<F>
        ? [data?: DataOf<F>, options?: number | RequestOptions]
        : [data: DataOf<F>, options?: number | RequestOptions];

/** What an inline handler may give where one of the type `F` is registered. */
type GivenBy<F> = F extends (...args: never) => infer R ? Awaited<R> | Promise<Awaited<R>> : never;

/** Requests that need no knowledge of the names. */
interface IpcBase {
  /** Stops answering a name; says whether it was answered. */
  removeHandler(name: string): boolean;
}

/** Requests between clusters when no handlers are registered: names are strings, results what you say they are. */
export interface UntypedIpc extends IpcBase {
  /**
   * Answers a name in this cluster. A function made by `defineHandlers` takes the client first; any other takes
   * `(data, context)`. Nobody has said what data comes, so it is `any` unless the handler says it.
   *
   * @throws ShardliftError `DUPLICATE_HANDLER` when the name is answered already
   */
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown` nothing could be read of the data of a one-line handler
  handle<D = any, R = unknown>(name: string, handler: InlineHandler<D, R>): void;
  handle(name: string, handler: FileHandler): void;
  /** Asks one cluster: the owner of `options.to`, else the ready one with the fewest of our requests in flight. */
  request<T = unknown>(name: string, data?: unknown, options?: number | RequestOptions): Promise<T>;
  /** Asks one cluster by its id. @throws ShardliftError `UNKNOWN_TARGET` */
  requestTo<T = unknown>(cluster: number, name: string, data?: unknown, options?: number | RequestOptions): Promise<T>;
  /** Asks the cluster of a shard; the handler sees that shard's view of the client. */
  requestToShard<T = unknown>(
    shard: number,
    name: string,
    data?: unknown,
    options?: number | RequestOptions,
  ): Promise<T>;
  /** Asks the cluster that owns a guild. */
  requestToGuild<T = unknown>(
    guildId: string,
    name: string,
    data?: unknown,
    options?: number | RequestOptions,
  ): Promise<T>;
  /** Asks every cluster, the own one included: one result per cluster. */
  requestAll<T = unknown>(name: string, data?: unknown, options?: number | RequestOptions): ResultPromise<T>;
  /** Asks every shard: one result per shard, in shard order, from one message per cluster. What `broadcastEval` means. */
  requestAllShards<T = unknown>(name: string, data?: unknown, options?: number | RequestOptions): ResultPromise<T>;
}

/** Requests between clusters when the bot registered its handlers: unknown names and wrong data do not compile. */
export interface TypedIpc<H> extends IpcBase {
  /**
   * Answers a name in this cluster. A function made by `defineHandlers` takes the client first; any other takes
   * `(data, context)`. For a registered name data and result are those of `Register`; others take `unknown` unless the
   * handler says what it takes.
   *
   * @throws ShardliftError `DUPLICATE_HANDLER` when the name is answered already
   */
  handle<N extends keyof H & string>(name: N, handler: InlineHandler<Arriving<DataOf<H[N]>>, GivenBy<H[N]>>): void;
  handle<N extends keyof H & string>(name: N, handler: H[N]): void;
  handle<N extends string, D = unknown>(name: N extends keyof H ? never : N, handler: InlineHandler<D>): void;
  handle<N extends string>(name: N extends keyof H ? never : N, handler: FileHandler): void;
  /** Asks one cluster: the owner of `options.to`, else the ready one with the fewest of our requests in flight. */
  request<N extends keyof H & string>(name: N, ...args: RequestArgs<H[N]>): Promise<ResultOf<H[N]>>;
  /** Asks one cluster by its id. @throws ShardliftError `UNKNOWN_TARGET` */
  requestTo<N extends keyof H & string>(cluster: number, name: N, ...args: RequestArgs<H[N]>): Promise<ResultOf<H[N]>>;
  /** Asks the cluster of a shard; the handler sees that shard's view of the client. */
  requestToShard<N extends keyof H & string>(
    shard: number,
    name: N,
    ...args: RequestArgs<H[N]>
  ): Promise<ResultOf<H[N]>>;
  /** Asks the cluster that owns a guild. */
  requestToGuild<N extends keyof H & string>(
    guildId: string,
    name: N,
    ...args: RequestArgs<H[N]>
  ): Promise<ResultOf<H[N]>>;
  /** Asks every cluster, the own one included: one result per cluster. */
  requestAll<N extends keyof H & string>(name: N, ...args: RequestArgs<H[N]>): ResultPromise<ResultOf<H[N]>>;
  /** Asks every shard: one result per shard, in shard order, from one message per cluster. What `broadcastEval` means. */
  requestAllShards<N extends keyof H & string>(name: N, ...args: RequestArgs<H[N]>): ResultPromise<ResultOf<H[N]>>;
}

/** Requests to the manager when its handlers are not registered. */
export interface UntypedManagerRequests {
  /** Asks the manager's own handlers. */
  requestManager<T = unknown>(name: string, data?: unknown, options?: number | RequestOptions): Promise<T>;
}

/** Requests to the manager when its handlers are registered. */
export interface TypedManagerRequests<H> {
  /** Asks the manager's own handlers. */
  requestManager<N extends keyof H & string>(name: N, ...args: RequestArgs<H[N]>): Promise<ResultOf<H[N]>>;
}

type ManagerRequests = RegisteredManagerHandlers extends undefined
  ? UntypedManagerRequests
  : TypedManagerRequests<RegisteredManagerHandlers>;

/** `cluster.ipc`: typed by `Register` when the bot filled it in. */
export type ClusterIpc = ManagerRequests &
  (RegisteredHandlers extends undefined ? UntypedIpc : TypedIpc<RegisteredHandlers>);

/** Answering in the manager when its handlers are not registered. */
interface UntypedManagerHandling {
  /**
   * Answers a name in the manager, for `requestManager`. A function made by `defineManagerHandlers` takes the manager first;
   * any other takes `(data, context)`. Nobody has said what data comes, so it is `any` unless the handler says it.
   *
   * @throws ShardliftError `DUPLICATE_HANDLER` when the name is answered already
   */
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown` nothing could be read of the data of a one-line handler
  handle<D = any, R = unknown>(name: string, handler: ManagerInlineHandler<D, R>): void;
  handle(name: string, handler: ManagerFileHandler): void;
}

/** Answering in the manager when its handlers are registered: a wrong result or wrong data does not compile. */
interface TypedManagerHandling<H> {
  /**
   * Answers a name in the manager, for `requestManager`. A function made by `defineManagerHandlers` takes the manager first;
   * any other takes `(data, context)`. For a registered name data and result are those of `Register`; others take `unknown`
   * unless the handler says what it takes.
   *
   * @throws ShardliftError `DUPLICATE_HANDLER` when the name is answered already
   */
  handle<N extends keyof H & string>(
    name: N,
    handler: ManagerInlineHandler<Arriving<DataOf<H[N]>>, GivenBy<H[N]>>,
  ): void;
  handle<N extends keyof H & string>(name: N, handler: H[N]): void;
  handle<N extends string, D = unknown>(name: N extends keyof H ? never : N, handler: ManagerInlineHandler<D>): void;
  handle<N extends string>(name: N extends keyof H ? never : N, handler: ManagerFileHandler): void;
}

type ManagerHandling = RegisteredManagerHandlers extends undefined
  ? UntypedManagerHandling
  : TypedManagerHandling<RegisteredManagerHandlers>;

/** `manager.ipc`: the same requests, and handlers that know the manager instead of a client. */
export type ManagerIpc = ManagerHandling & Omit<ClusterIpc, 'handle'>;
