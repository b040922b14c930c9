/** bench/contestants/birpc: see bench/far-ends/birpc.mjs. */
import { threadPair } from './threads.mjs';

/** Starts two threads; resolves before they have said anything. */
export const start = threadPair('birpc.mjs');
