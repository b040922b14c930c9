/** mesh/contract: how clusters come to lines of their own, with the manager's help. */
import { cast, contract } from '../rpc/contract.ts';

/** Another cluster, and how many lines to it were taken so far: a wish that crossed the line itself is told by that. */
interface Wish {
  readonly cluster: number;
  readonly taken: number;
}

/** Served by the manager. */
export const brokerContract = contract(
  'broker',
  {
    /** I want a line of my own to this cluster. */
    want: cast<Wish>(),
    /** The line I was told to open could not be had. */
    failed: cast<{ readonly cluster: number }>(),
  },
  { vital: true },
);

/** Served by each cluster. Each of them is about one other cluster. */
export const meshContract = contract(
  'mesh',
  {
    /** Connect to its door: it expects you. */
    visit: cast<{ readonly cluster: number; readonly door: string }>(),
    /** It will connect to your door. */
    expect: cast<{ readonly cluster: number }>(),
    /** There is no line to be had now: the manager passes everything on. Ask again after `available`. */
    absent: cast<{ readonly cluster: number }>(),
    /** There is no line to be had while both of you live: the manager passes everything on. */
    refused: cast<{ readonly cluster: number }>(),
    /** It may be asked for a line now. */
    available: cast<{ readonly cluster: number }>(),
    /** It ended. */
    ended: cast<{ readonly cluster: number; readonly reason: string }>(),
  },
  { vital: true },
);
