/** bench/contestants/raw: the transport itself and nothing else: the limit. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { payload } from '../payload.mjs';

const file = fileURLToPath(new URL('../far-ends/raw.cjs', import.meta.url));

/** A counter, a map, a resolve: what every request and answer needs. */
function correlation(send) {
  const waiting = new Map();
  let next = 1;
  return {
    call: () =>
      new Promise((resolve) => {
        const id = next++;
        waiting.set(id, resolve);
        send([id, payload]);
      }),
    answer: ([id, value]) => {
      const resolve = waiting.get(id);
      waiting.delete(id);
      resolve(value);
    },
  };
}

function port() {
  const worker = new Worker(file);
  const { call, answer } = correlation((message) => worker.postMessage(message));
  worker.on('message', answer);
  return { name: 'raw port', call, pids: [process.pid], stop: () => worker.terminate() };
}

function socket() {
  const child = fork(file, [], { stdio: ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'] });
  const stream = child.stdio[4];
  const { call, answer } = correlation((message) => stream.write(`${JSON.stringify(message)}\n`));
  let rest = '';
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) answer(JSON.parse(line));
  });
  return { name: 'raw socket', call, pids: [process.pid, child.pid], stop: () => child.kill('SIGKILL') };
}

/** Starts it. */
export const startRaw = ({ mode }) => (mode === 'worker' ? port() : socket());
