/** bench/contestants/node-ipc: see bench/far-ends/node-ipc.cjs. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import correlation from '../far-ends/correlation.cjs';

const file = fileURLToPath(new URL('../far-ends/node-ipc.cjs', import.meta.url));

/** Starts two processes and passes on between them; resolves before they have said anything. */
export async function start() {
  const children = [0, 1].map((id) => fork(file, { env: { ...process.env, BENCH_CLUSTER: String(id) } }));
  for (const [from, child] of children.entries()) {
    child.on('message', ({ to, message }) => {
      if (to === 'manager') child.send({ from: to, message: correlation.answerTo(message) });
      else children[to].send({ from, message });
    });
  }
}
