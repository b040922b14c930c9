/** node: snaps router and peer together; the same in a manager and in a cluster. */
import { Router, type RouterSetup } from './routing/router.ts';
import { Peer } from './rpc/peer.ts';

/** One speaker on the network of links. */
export interface Node {
  readonly peer: Peer;
  readonly router: Router;
}

/** What a node is made of. */
export interface NodeSetup extends RouterSetup {
  /** Another one for each start of the same address, so that answers to a predecessor are told apart. */
  readonly incarnation: number;
}

/** Builds a node. */
export function createNode(setup: NodeSetup): Node {
  const router = new Router(setup);
  const peer = new Peer({ ...setup, link: router.local });
  router.onLost((address) => peer.answerer.forget(address));
  return { peer, router };
}
