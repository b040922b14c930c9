/** node: snaps router and peer together; the same in a manager and in a cluster. */

import { Router, type RouterSetup } from './routing/router.ts';
import { Peer } from './rpc/peer.ts';

/** One speaker on the network of links. */
export interface Node {
  readonly peer: Peer;
  readonly router: Router;
}

/**
 * Builds a node.
 *
 * `incarnation` differs for each start of the same address, so that answers to a predecessor are told apart.
 */
export function createNode(setup: RouterSetup): Node {
  const router = new Router(setup);
  const peer = new Peer({ ...setup, link: router.local });
  router.onLost = (address) => peer.answerer.forget(address);
  return { peer, router };
}
