/** features/maintenance: the reason why clusters should do less for now. */
import { cast, contract } from '../rpc/contract.ts';

/** Served by each cluster. */
export const maintenanceContract = contract(
  'maintenance',
  {
    /** The reason that holds from now on; none when it is over. */
    set: cast<{ readonly reason?: string }>(),
  },
  // Told once: a cluster whose line is full, which needs it most, would never hear of it.
  { vital: true },
);
