/** registry: which cluster object belongs to which client, shared by all copies of this package in the process. */
import type { Client } from 'discord.js';
import type { ClusterClient } from './client.ts';

const key = Symbol.for('shardlift.clusters');

// The preload and the bot's own import are two bundles of the same code: they meet on the global symbol registry.
const holder = globalThis as { [key]?: WeakMap<object, ClusterClient> };

const clusters = (): WeakMap<object, ClusterClient> => {
  holder[key] ??= new WeakMap();
  return holder[key];
};

/** The cluster a client belongs to, if it was attached. */
export const getCluster = (client: Client): ClusterClient | undefined => clusters().get(client);

/** Notes the cluster of a client. */
export const setCluster = (client: Client, cluster: ClusterClient): void => void clusters().set(client, cluster);
