/** bench/contestants/raw-port: see bench/far-ends/raw-port.cjs. */
import { threadPair } from './threads.mjs';

/** Starts it. */
export const start = threadPair('raw-port.cjs');
