/** host-stats: how the machine is doing that the clusters run on. */
import { availableParallelism, freemem, loadavg, totalmem, uptime } from 'node:os';
import type { HostStats } from './features/stats.ts';

/** How old the answer may be, in ms: asking the system takes longer than all the rest of `stats()`. */
const freshForMs = 1_000;

let newest: HostStats | undefined;
let measuredAt = 0;

/** Measures the machine; what was measured in the last second is taken as it is. */
export function hostStats(now: number = performance.now()): HostStats {
  if (newest === undefined || now - measuredAt >= freshForMs) {
    newest = {
      processors: availableParallelism(),
      load: loadavg()[0] as number,
      memory: totalmem(),
      freeMemory: freemem(),
      uptimeMs: Math.round(uptime() * 1_000),
    };
    measuredAt = now;
  }
  return newest;
}
