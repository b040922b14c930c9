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
    /** I keep back what I say to this cluster, which wants a line to me: it may be opened. */
    expecting: cast<{ readonly cluster: number }>(),
    /** The line I was told to open could not be had. */
    failed: cast<{ readonly cluster: number; readonly line: number }>(),
  },
  { vital: true },
);

/** Served by each cluster. Each of them is about one other cluster. */
export const meshContract = contract(
  'mesh',
  {
    /** It wants a line to you: keep back what you say to it until the line is there, and tell me that you do. */
    expect: cast<{ readonly cluster: number }>(),
    /** Connect to its door: it expects you. `line` is the number of the line that comes about. */
    visit: cast<{ readonly cluster: number; readonly door: string; readonly line: number }>(),
    /** There is no line to be had now: the manager passes everything on. Ask again after `available`. */
    absent: cast<{ readonly cluster: number }>(),
    /** There is no line to be had while both of you live: expect it no more, the manager passes everything on. */
    refused: cast<{ readonly cluster: number }>(),
    /** It may be asked for a line now. */
    available: cast<{ readonly cluster: number }>(),
    /** It ended. */
    ended: cast<{ readonly cluster: number; readonly reason: string }>(),
  },
  { vital: true },
);
