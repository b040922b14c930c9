/** respawn-all: starts clusters anew, one after the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster/cluster.ts';
import { isShardliftError } from './errors.ts';

/** Which clusters start anew, and how fast. */
export interface RespawnAllOptions {
  /** Only these clusters. Default: all. */
  readonly only?: readonly number[];
  /** All but these. */
  readonly except?: readonly number[];
  /** From one cluster being ready to the end of the next, in ms. Default 0. */
  readonly betweenMs?: number;
  /** From the end of a cluster to its new start, in ms. Default 0. */
  readonly delayMs?: number;
  /** Longest time without progress per cluster, in ms; `Infinity` for no limit. Default: the manager's. */
  readonly timeoutMs?: number;
}

/**
 * Starts the clusters anew; one has to be ready before the next is ended.
 *
 * The first that does not come up ends the round: what ails it would take down the others as well. One that somebody else
 * kills, spawns or respawns meanwhile is left to them.
 */
export async function respawnInTurn(
  clusters: readonly Cluster[],
  { betweenMs = 0, delayMs = 0, timeoutMs }: RespawnAllOptions & { readonly timeoutMs: number },
  stopping: AbortSignal,
): Promise<void> {
  for (const [index, cluster] of clusters.entries()) {
    // The accepted loss is the abort's own error: a start after a stop is refused by the cluster itself.
    if (index > 0 && betweenMs > 0) await sleep(betweenMs, undefined, { signal: stopping }).catch(() => undefined);
    await cluster.respawn({ delayMs, timeoutMs }).catch((error: unknown) => {
      if (!isShardliftError(error, 'RESPAWN_CALLED_OFF')) throw error;
    });
  }
}
