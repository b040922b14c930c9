/** bench/contestants/raw-port: see bench/far-ends/raw-port.cjs. */
import { threadPair } from './threads.mjs';

/** Starts two threads; resolves before they have said anything. */
export const start = threadPair('raw-port.cjs');
