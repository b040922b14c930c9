/** wire/address: where one frame goes. Strings, so that they log and serialise as themselves. */

/** One node: `host:NAME` is a manager process, `cluster:N` one discord.js client. */
export type Address = `cluster:${number}` | `host:${string}`;

/** Where a frame may go: one node, or each node of a list. */
export type Destination = Address | readonly Address[];

/** The manager of a bot that runs on one host. */
export const localHost: Address = 'host:local';

/** Made once: a string that is built anew for each call would have to be hashed anew for each look into a map. */
const clusterAddresses: Address[] = [];
const clusterIds = new Map<string, number>();
const maxKept = 4096;

/** The address of a cluster, from its id (0-based). */
export function clusterAddress(id: number): Address {
  const known = clusterAddresses[id];
  if (known !== undefined) return known;
  const address: Address = `cluster:${id}`;
  if (Number.isInteger(id) && id >= 0 && id < maxKept) {
    clusterAddresses[id] = address;
    clusterIds.set(address, id);
  }
  return address;
}

/**
 * The cluster id in an address, or `undefined` when the address names a host.
 *
 * Only what {@link clusterAddress} makes of an id is one: `cluster:01`, or `cluster:-1`, names no node and must not be
 * taken for another one.
 */
export function clusterIdOf(address: Address): number | undefined {
  const known = clusterIds.get(address);
  if (known !== undefined) return known;
  if (!address.startsWith('cluster:')) return undefined;
  const digits = address.slice('cluster:'.length);
  const id = Number(digits);
  return Number.isSafeInteger(id) && id >= 0 && String(id) === digits ? id : undefined;
}

/** True for a list of nodes. */
export const isGroup = (to: Destination): to is readonly Address[] => typeof to !== 'string';

/** A destination with each node of a list once: who is named twice is to be reached once. */
export const distinct = (to: Destination): Destination => (isGroup(to) ? [...new Set(to)] : to);

/** A destination for logs and errors: `cluster:3`, `3 nodes`. */
export const destinationText = (to: Destination): string => (isGroup(to) ? `${to.length} nodes` : to);
