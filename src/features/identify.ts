/** features/identify: the identify gate, asked from inside a cluster. */
import type { IdentifyRequest } from '../identify/gate.ts';
import { call, cast, contract } from '../rpc/contract.ts';

/** Served by the manager. A turn is known by its shard: a shard has one connection at a time. */
export const identifyContract = contract(
  'identify',
  {
    /** Answers when it is the shard's turn. No deadline: a 1 000-shard bot waits its time. */
    wait: call<IdentifyRequest, null>({ timeoutMs: null }),
    /** IDENTIFY left the cluster. */
    sent: cast<{ readonly shard: number }>(),
  },
  { vital: true },
);
