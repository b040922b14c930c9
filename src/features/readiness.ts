/** features/readiness: which clusters are ready, for those that look for somebody to ask. */
import { cast, contract } from '../rpc/contract.ts';

/** Served by each cluster. */
export const readinessContract = contract(
  'readiness',
  {
    /** The ids of all clusters that are ready from now on. */
    set: cast<readonly number[]>(),
  },
  // What is lost would be believed until the next change.
  { vital: true },
);
