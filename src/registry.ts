/** registry: which cluster object belongs to which client. */
import type { Client } from 'discord.js';
import type { ClusterClient } from './client.ts';

// On the client itself, under a registered symbol: the preload and the bot's own import are two bundles of this code that
// must find the same cluster, and a view of a client must find the cluster of the client it shows.
const key = Symbol.for('shardlift.cluster');

/** The cluster a client belongs to, if it was attached. */
export const getCluster = (client: Client): ClusterClient | undefined =>
  (client as { readonly [key]?: ClusterClient })[key];

/** Notes the cluster of a client, also as its `cluster` where nothing has patched its class: a bundled discord.js, say. */
export function setCluster(client: Client, cluster: ClusterClient): void {
  Object.defineProperty(client, key, { value: cluster });
  if ('cluster' in client) return;
  Object.defineProperty(client, 'cluster', { value: cluster, configurable: true, enumerable: false, writable: true });
}
