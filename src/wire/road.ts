/** wire/road: the two ends of a frame's way as one number, for the nodes of one host. */
import { type Address, clusterAddress, clusterIdOf, type Destination, isGroup, localHost } from './address.ts';

/** Cluster ids below this have a number of 16 bits, with some to spare for marks. */
const maxCluster = 0x7ffd;
/** 15 bits each: the engine keeps a whole number of 31 bits without a box. */
const unit = 0x8000;

/** 0 is the manager of this host, n + 1 is cluster n, `undefined` everything else. */
export function packAddress(address: Address): number | undefined {
  if (address === localHost) return 0;
  const id = clusterIdOf(address);
  return id !== undefined && id < maxCluster ? id + 1 : undefined;
}

/** The address of a number that {@link packAddress} gave. */
export const unpackAddress = (packed: number): Address => (packed === 0 ? localHost : clusterAddress(packed - 1));

// Frames come in runs of the same two ends: what was worked out last is nearly always what is asked next.
let lastFrom: Address = localHost;
let lastTo: Destination = localHost;
let lastRoad: number | undefined = 0;

/** Both ends as one number; `undefined` when one of them is a list or on another host. */
export function packRoad(from: Address, to: Destination): number | undefined {
  if (from === lastFrom && to === lastTo) return lastRoad;
  const a = packAddress(from);
  const b = isGroup(to) ? undefined : packAddress(to);
  lastFrom = from;
  lastTo = to;
  lastRoad = a === undefined || b === undefined ? undefined : a * unit + b;
  return lastRoad;
}

/** Where a road that {@link packRoad} gave begins. */
export const roadFrom = (road: number): Address => unpackAddress(Math.floor(road / unit));
/** Where it ends. */
export const roadTo = (road: number): Address => unpackAddress(road % unit);
