/** bench/cpu: processor time of processes, from the scheduler's own accounts. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** CPU of all threads of the processes so far, in ns. @see https://docs.kernel.org/scheduler/sched-stats.html */
export function cpuNs(pids) {
  let total = 0;
  for (const pid of pids) {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      total += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    }
  }
  return total;
}
