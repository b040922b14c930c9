/** alone-facts: what a bot that no manager started is told of itself. */
import type { Client } from 'discord.js';
import { type ClusterClientOptions, handlersAlone } from './client-options.ts';
import type { ClusterFacts } from './environment.ts';

/** The facts of a bot that no manager started: one cluster with all shards of its client. @throws ShardliftError `INVALID_OPTION` */
export function aloneFacts(client: Client, options: ClusterClientOptions): ClusterFacts {
  const { shards, shardCount } = client.options;
  const own = Array.isArray(shards) ? [...shards] : [0];
  const totalShards = Math.max(shardCount ?? 1, own.length);
  const handlers = handlersAlone(options);
  return { id: 0, incarnation: 1, mode: 'process', shards: own, totalShards, plan: [own], handlers };
}
