/** hybrid/plugins: discord-hybrid-sharding's plugins, as far as they can keep their meaning. */
import { ShardliftError } from '../../src/index.ts';
import type { ClusterManager } from './cluster-manager.ts';
import type { Plugin } from './manager-parts.ts';
import { numberOf } from './options.ts';
import { assertSameLayout, tellRecommended } from './recluster-layout.ts';

/** When a cluster counts as hung. */
export interface keepAliveOptions {
  /** Time of one heartbeat, in ms. Default 20 000. */
  readonly interval?: number | undefined;
  /** So many in a row may go unanswered. Default 5. */
  readonly maxMissedHeartbeats?: number | undefined;
}

const assertAtLeast = (option: string, least: number, value: number): void => {
  if (typeof value === 'number' && value >= least) return;
  throw new ShardliftError('INVALID_OPTION', {
    option,
    expected: `a number of ${least} or more`,
    received: String(value),
  });
};

/**
 * Sets how long a cluster may hang before it is ended and started again. Without it that is 16 s: hanging clusters are found
 * in any case. Its restarts count in the budget of the option `restarts`.
 */
export class HeartbeatManager implements Plugin {
  readonly name = 'heartbeat';
  readonly options: { readonly interval: number; readonly maxMissedHeartbeats: number };

  /** @throws ShardliftError `INVALID_OPTION` */
  constructor({ interval = 20_000, maxMissedHeartbeats = 5 }: keepAliveOptions = {}) {
    assertAtLeast('interval', 1, interval);
    assertAtLeast('maxMissedHeartbeats', 0, maxMissedHeartbeats);
    this.options = { interval, maxMissedHeartbeats };
  }

  build(manager: ClusterManager): void {
    manager.heartbeat = this;
  }
}

/** How `ReClusterManager` starts the clusters anew. What it says of the layout has to be as it is. */
export interface ReClusterOptions {
  /** From one cluster being ready to the end of the next, in ms. Default 0. */
  readonly delay?: number | undefined;
  /** Longest time without progress per cluster, in ms; -1 for the manager's own. Default 180 000. */
  readonly timeout?: number | undefined;
  readonly restartMode?: 'gracefulSwitch' | 'rolling' | undefined;
  /** `'auto'` or -1: as many as there are; the log says when Discord recommends another number. */
  readonly totalShards?: number | 'auto' | undefined;
  readonly totalClusters?: number | undefined;
  readonly shardsPerClusters?: number | undefined;
  readonly shardList?: readonly number[] | undefined;
  readonly shardClusterList?: readonly (readonly number[])[] | undefined;
}

/**
 * Starts all clusters anew, one after the other; those whose turn it is not go on serving. A cluster is down while it
 * restarts, and the layout stays as it is.
 */
export class ReClusterManager implements Plugin {
  readonly name = 'recluster';
  readonly options: ReClusterOptions;
  /** A round is under way. */
  onProgress = false;
  /** The manager that it was added to. */
  manager: ClusterManager | null = null;
  #round: Promise<{ readonly success: true }> | undefined;

  constructor(options: ReClusterOptions = {}) {
    this.options = options;
  }

  build(manager: ClusterManager): this {
    manager.recluster = this;
    this.manager = manager;
    return this;
  }

  /**
   * Starts the clusters anew. While a round is under way, this is that round: bots that listen more than once ask more than once.
   *
   * @throws ShardliftError `NOT_SUPPORTED` for another layout, and what `respawnAll` throws
   */
  async start(options: ReClusterOptions = this.options): Promise<{ readonly success: true }> {
    const { manager } = this;
    if (manager === null) throw new TypeError('Add it to a manager first: manager.extend(recluster)');
    assertSameLayout(options, manager);
    this.#round ??= this.#go(options, manager).finally(() => {
      this.#round = undefined;
      this.onProgress = false;
    });
    return this.#round;
  }

  async #go(options: ReClusterOptions, manager: ClusterManager): Promise<{ readonly success: true }> {
    this.onProgress = true;
    manager.warnOnce(
      'ReClusterManager starts one cluster anew after the other. Each is down for as long as it takes to come back; ' +
        'the others go on meanwhile.',
    );
    if (options.totalShards && numberOf(options.totalShards) === undefined) await tellRecommended(manager);
    await manager.respawnAll({ clusterDelay: options.delay ?? 0, timeout: options.timeout ?? 180_000 });
    return { success: true };
  }
}

const noResharding = (what: string): never => {
  const instead =
    "Watch manager.hybrid.guilds.count(), and start the bot anew with totalShards: 'auto' when it has grown.";
  throw new ShardliftError('NOT_SUPPORTED', { what, instead });
};

/** Not there: it never worked in discord-hybrid-sharding either. @throws ShardliftError `NOT_SUPPORTED` */
export class AutoResharderManager implements Plugin {
  constructor(_options?: unknown) {
    noResharding('AutoResharderManager');
  }

  build(): void {
    noResharding('AutoResharderManager');
  }
}

/** Not there: it never worked in discord-hybrid-sharding either. @throws ShardliftError `NOT_SUPPORTED` */
export class AutoResharderClusterClient {
  constructor(_cluster?: unknown, _options?: unknown) {
    noResharding('AutoResharderClusterClient');
  }
}
