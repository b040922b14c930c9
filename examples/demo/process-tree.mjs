/** demo/process-tree: what a process and everything it started costs. Linux reads /proc; elsewhere `ps` gives RSS alone. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const kiBPerPage = 4;

/** All processes as [pid, ppid, rss in KiB], from /proc. */
function linuxProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The name in parentheses may hold spaces: count from behind it. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [[Number(name), Number(fields[1]), Number(fields[21]) * kiBPerPage]];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** The same from `ps`, where there is no /proc. */
function otherProcesses() {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}

const processes = process.platform === 'linux' ? linuxProcesses : otherProcesses;

/** The process and its descendants. */
export function treeOf(root) {
  const all = processes();
  const members = new Set([root]);
  let before = 0;
  while (members.size !== before) {
    before = members.size;
    for (const [pid, ppid] of all) if (members.has(ppid)) members.add(pid);
  }
  return all.filter(([pid]) => members.has(pid)).map(([pid, , rss]) => ({ pid, rssKiB: rss }));
}

/** Private memory of a process in KiB: what the machine gets back when it ends. `undefined` where /proc is not there. */
function privateKiB(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].reduce(
      (sum, [, kib]) => sum + Number(kib),
      0,
    );
  } catch {
    // Not Linux, or the process ended between the listing and this look.
    return undefined;
  }
}

/** Processes, RSS and private memory of a tree, in MB. */
export function measureTree(root) {
  const members = treeOf(root).filter(({ rssKiB }) => rssKiB > 0);
  const own = members.map(({ pid }) => privateKiB(pid));
  const sum = (values) => Math.round(values.reduce((total, value) => total + value, 0) / 1024);
  return {
    processes: members.length,
    rssMB: sum(members.map(({ rssKiB }) => rssKiB)),
    privateMB: own.every((value) => value === undefined) ? undefined : sum(own.map((value) => value ?? 0)),
  };
}

/** Whether a process is there. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: it is gone.
    return false;
  }
}
