/** bench/contestants/comlink: see bench/far-ends/comlink.mjs. */
import { threadPair } from './threads.mjs';

/** Starts two threads; resolves before they have said anything. */
export const start = threadPair('comlink.mjs');
