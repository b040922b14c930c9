/** wire/address: where one frame goes. Strings, so that they log and serialise as themselves. */

/** One node: `host:NAME` is a manager process, `cluster:N` one discord.js client. */
export type Address = `cluster:${number}` | `host:${string}`;

/** The manager of a bot that runs on one host. */
export const localHost: Address = 'host:local';

/** The address of a cluster, from its id (0-based). */
export const clusterAddress = (id: number): Address => `cluster:${id}`;

/** The cluster id in an address, or `undefined` when the address names a host. */
export function clusterIdOf(address: Address): number | undefined {
  return address.startsWith('cluster:') ? Number(address.slice('cluster:'.length)) : undefined;
}
