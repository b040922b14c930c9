/** plugins: code that takes part in the life of a manager, by name. */
import type { Cluster } from './cluster/cluster.ts';
import type { ClusterDeath } from './cluster/death.ts';
import { messageOf, ShardliftError } from './errors.ts';
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

/** An asynchronous hook under way. */
interface Running {
  readonly hook: Hook;
  /** Settles when it has ended; never rejects. */
  readonly end: Promise<void>;
  readonly fail: (message: string, cause?: unknown) => void;
}

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
  /** Those that have not ended and are not late. */
  readonly #running = new Set<Running>();
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
    const running = [...this.#running].filter(({ hook }) => awaited.includes(hook));
    return running.length === 0 ? undefined : Promise.all(running.map((one) => this.#within(one)));
  }

  #run(plugin: ManagerPlugin, hook: Hook, given: readonly unknown[]): void {
    const act = plugin[hook] as ((...given: readonly unknown[]) => unknown) | undefined;
    if (act === undefined) return;
    const fail = (message: string, cause?: unknown): void => {
      const details = { plugin: plugin.name, hook, message };
      this.#tell(new ShardliftError('PLUGIN_FAILED', details, cause === undefined ? {} : { cause }));
    };
    try {
      const result = act.apply(plugin, given as unknown[]);
      if (typeof (result as PromiseLike<unknown> | undefined)?.then === 'function') {
        this.#follow(hook, result as PromiseLike<unknown>, fail);
      }
    } catch (cause) {
      fail(messageOf(cause), cause);
    }
  }

  #follow(hook: Hook, result: PromiseLike<unknown>, fail: Running['fail']): void {
    const running: Running = {
      hook,
      fail,
      // Told however late it comes, and whether anybody waits or not.
      end: Promise.resolve(result)
        .then(
          () => undefined,
          (cause: unknown) => fail(messageOf(cause), cause),
        )
        .finally(() => this.#running.delete(running)),
    };
    this.#running.add(running);
  }

  /** The end of a hook, or of the patience with it: one that is late is not waited for again. */
  async #within(running: Running): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      limit = setTimeout(() => {
        if (this.#running.delete(running)) running.fail(`it did not end within ${hookLimitMs} ms`);
        resolve();
      }, hookLimitMs);
    });
    await Promise.race([running.end, late]);
    clearTimeout(limit);
  }

  /** In a turn of its own: what hears of a failure may throw, which must not end what the hook was called for. */
  #tell(error: ShardliftError<'PLUGIN_FAILED'>): void {
    Promise.resolve(error)
      .then(this.#report)
      // The log or a listener of the manager's: nobody is left to tell but Node itself.
      .catch((thrown: unknown) => process.emitWarning(`${error.message} Telling of it failed: ${messageOf(thrown)}`));
  }
}
