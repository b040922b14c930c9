/** node: snaps router and peer together; the same in a manager and in a cluster. */

import { Router } from './routing/router.ts';
import { Peer } from './rpc/peer.ts';
import type { Address } from './wire/address.ts';

/** One speaker on the network of links. */
export interface Node {
  readonly peer: Peer;
  readonly router: Router;
}

/**
 * Builds a node.
 *
 * @param incarnation - differs for each start of the same address, so that answers to a predecessor are told apart
 */
export function createNode(self: Address, incarnation: number): Node {
  const router = new Router({ self, incarnation });
  const peer = new Peer({ self, incarnation, link: router.local });
  router.onLost = (address) => peer.forget(address);
  return { peer, router };
}
