/** bench/contestants/birpc: see bench/far-ends/birpc.mjs. */
import { threadPair } from './threads.mjs';

/** Starts it. */
export const start = threadPair('birpc.mjs');
