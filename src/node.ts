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

/** What a node has lost since its start. */
export interface Dropped {
  /** Messages that want no answer, for a node without a line, or on a line that had closed or was full. */
  readonly messages: number;
  /** Answers nobody waited for any more, or that came twice, or from somebody who was not asked. */
  readonly answers: number;
}

/** Counts what a node has lost, on the roads it keeps and in its own calls. */
export function droppedBy({ peer, router }: Node): Dropped {
  const { late, duplicate, foreign } = peer.dropped;
  const { casts, replies } = router.dropped;
  return { messages: casts, answers: replies + late + duplicate + foreign };
}

/** Builds a node. */
export function createNode(setup: NodeSetup): Node {
  const router = new Router(setup);
  const peer = new Peer({ ...setup, link: router.local });
  router.onLost((address) => peer.answerer.forget(address));
  return { peer, router };
}
