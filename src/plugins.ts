/** plugins: code that takes part in the life of a manager, by name. */
import type { Cluster } from './cluster/cluster.ts';
import type { ClusterDeath } from './cluster/death.ts';
import { ShardliftError } from './errors.ts';
import type { ClusterManager } from './manager.ts';

/** The bot as it is going to be started. */
export interface FleetLayout {
  readonly totalShards: number;
  /** The shards of each cluster, by cluster id. */
  readonly plan: readonly (readonly number[])[];
}

/**
 * The moments at which a plugin may act. A hook may be asynchronous; one that throws, rejects or takes longer than 10 s
 * where it is waited for is reported as `PLUGIN_FAILED`, and the manager goes on.
 */
export interface PluginHooks {
  /** It was added by `manager.use`. `spawn` waits for it. */
  install(manager: ClusterManager): void | Promise<void>;
  /** The clusters are about to be made. `spawn` waits for it. */
  beforeSpawn(layout: FleetLayout): void | Promise<void>;
  /** A cluster was made; `cluster.launch` may be changed. `spawn` waits for it before it starts the cluster. */
  clusterCreate(cluster: Cluster): void | Promise<void>;
  /** All shards of a cluster are ready, also after a restart. */
  clusterReady(cluster: Cluster): void | Promise<void>;
  /** The child of a cluster is gone. */
  clusterDeath(cluster: Cluster, death: ClusterDeath): void | Promise<void>;
  /** The manager stops; the clusters are still there. `stop` waits for it. */
  stop(reason: string): void | Promise<void>;
}

/** Takes part in the life of a manager, see {@link ClusterManager.use}. */
export interface ManagerPlugin extends Partial<PluginHooks> {
  /** For reports, and so that it is used once. */
  readonly name: string;
}

type Hook = keyof PluginHooks;

const hooks: readonly Hook[] = ['install', 'beforeSpawn', 'clusterCreate', 'clusterReady', 'clusterDeath', 'stop'];
/** Longest time that is waited for a hook, in ms. */
export const hookLimitMs = 10_000;

function assertPlugin(plugin: ManagerPlugin): void {
  const { name } = (plugin ?? {}) as Partial<ManagerPlugin>;
  if (typeof name !== 'string' || name === '') {
    const expected = 'a string that is not empty';
    throw new ShardliftError('INVALID_OPTION', { option: 'plugin.name', expected, received: `of type ${typeof name}` });
  }
  for (const hook of hooks) {
    if (plugin[hook] === undefined || typeof plugin[hook] === 'function') continue;
    const received = `of type ${typeof plugin[hook]}, in the plugin '${name}'`;
    throw new ShardliftError('INVALID_OPTION', { option: `plugin.${hook}`, expected: 'a function', received });
  }
}

/** The plugins of one manager. */
export class Plugins {
  readonly #plugins = new Map<string, ManagerPlugin>();
  /** Those that have not ended, each with what it is for. */
  readonly #running = new Map<Promise<void>, Hook>();
  readonly #report: (error: ShardliftError<'PLUGIN_FAILED'>) => void;

  constructor(report: (error: ShardliftError<'PLUGIN_FAILED'>) => void) {
    this.#report = report;
  }

  /** @throws ShardliftError `DUPLICATE_PLUGIN`, or `INVALID_OPTION` for what is no plugin */
  add(plugin: ManagerPlugin, manager: ClusterManager): void {
    assertPlugin(plugin);
    if (this.#plugins.has(plugin.name)) throw new ShardliftError('DUPLICATE_PLUGIN', { name: plugin.name });
    this.#plugins.set(plugin.name, plugin);
    this.#run(plugin, 'install', [manager]);
  }

  /** Calls a hook of all plugins, in the order in which they were added. */
  call<H extends Exclude<Hook, 'install'>>(hook: H, ...given: Parameters<PluginHooks[H]>): void {
    for (const plugin of this.#plugins.values()) this.#run(plugin, hook, given);
  }

  /**
   * Waits for those of the given hooks that were called and have not ended, each for {@link hookLimitMs} at most. Not for
   * others: a hook may itself call what waits here.
   *
   * @returns `undefined` when there is nothing to wait for
   */
  pending(...awaited: readonly Hook[]): Promise<unknown> | undefined {
    const running = [...this.#running].flatMap(([end, hook]) => (awaited.includes(hook) ? [end] : []));
    return running.length === 0 ? undefined : Promise.all(running);
  }

  #run(plugin: ManagerPlugin, hook: Hook, given: readonly unknown[]): void {
    const act = plugin[hook] as ((...given: readonly unknown[]) => unknown) | undefined;
    if (act === undefined) return;
    const fail = (cause: unknown): void => {
      const message = cause instanceof Error ? cause.message : String(cause);
      this.#report(new ShardliftError('PLUGIN_FAILED', { plugin: plugin.name, hook, message }, { cause }));
    };
    try {
      const result = act.apply(plugin, given as unknown[]);
      if (typeof (result as PromiseLike<unknown> | undefined)?.then === 'function') {
        this.#follow(hook, result as PromiseLike<unknown>, fail);
      }
    } catch (cause) {
      fail(cause);
    }
  }

  #follow(hook: Hook, result: PromiseLike<unknown>, fail: (cause: unknown) => void): void {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const error = new Error(`it did not end within ${hookLimitMs} ms`);
      limit = setTimeout(() => reject(error), hookLimitMs);
    });
    const running = Promise.race([result, late])
      .then(() => undefined, fail)
      .finally(() => {
        clearTimeout(limit);
        this.#running.delete(running);
      });
    this.#running.set(running, hook);
  }
}
