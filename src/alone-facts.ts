/** alone-facts: what a bot that no manager started is told of itself. */
import type { Client } from 'discord.js';
import { type ClusterClientOptions, handlersAlone } from './client-options.ts';
import type { ClusterFacts } from './environment.ts';

/**
 * The facts of a bot that no manager started: one cluster with all shards of its client, as the client knows them by now.
 * With `shards: 'auto'` it learns them from Discord at its login; before, it has one.
 *
 * @throws ShardliftError `INVALID_OPTION`
 */
export function aloneFacts(client: Client, given: ClusterClientOptions): ClusterFacts {
  const { options } = client;
  const before = [0];
  const own = (): readonly number[] => (Array.isArray(options.shards) ? options.shards : before);
  return {
    ...{ id: 0, incarnation: 1, mode: 'process', handlers: handlersAlone(given), earlyEvents: 'interactions' },
    killGraceMs: 0,
    get shards() {
      return own();
    },
    get totalShards() {
      return Math.max(options.shardCount ?? 1, own().length);
    },
    get plan() {
      return [own()];
    },
  };
}
