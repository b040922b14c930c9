/** bench/contestants/comlink: see bench/far-ends/comlink.mjs. */
import { threadPair } from './threads.mjs';

/** Starts it. */
export const start = threadPair('comlink.mjs');
