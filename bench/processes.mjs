/** bench/processes: what processes cost: CPU and memory, from the kernel's own accounts. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Reads a file of /proc; `undefined` when its process or thread ended meanwhile. */
function readProc(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return undefined;
    throw error;
  }
}

function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A process and all that it and its children started. @see https://man7.org/linux/man-pages/man5/proc.5.html */
export function processTree(pid) {
  const children = threadsOf(pid).flatMap((thread) => {
    const text = readProc(`/proc/${pid}/task/${thread}/children`) ?? '';
    return text.split(' ').filter((child) => child !== '');
  });
  return [pid, ...children.flatMap((child) => processTree(Number(child)))];
}

/** Whether a process is there; one that ended and was not collected yet is not. */
export function isAlive(pid) {
  const stat = readProc(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything; the state follows the last bracket.
  return stat !== undefined && !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
}

/** CPU of all threads of the processes so far, in us. @see https://docs.kernel.org/scheduler/sched-stats.html */
export function cpuUs(pids) {
  let total = 0;
  for (const pid of pids) {
    for (const thread of threadsOf(pid)) {
      const text = readProc(`/proc/${pid}/task/${thread}/schedstat`);
      // A thread that ended takes its account with it.
      if (text !== undefined) total += Number(text.split(' ')[0]);
    }
  }
  return total / 1_000;
}

/** Memory of the processes in MB: resident, proportional (shared pages divided among their users) and private. */
export function memoryMb(pids) {
  const total = { rss: 0, pss: 0, private: 0 };
  for (const pid of pids) {
    const text = readProc(`/proc/${pid}/smaps_rollup`) ?? '';
    const mb = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1_024;
    total.rss += mb('Rss');
    total.pss += mb('Pss');
    total.private += mb('Private_Clean') + mb('Private_Dirty');
  }
  return total;
}
