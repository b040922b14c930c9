/** bench/contestants/raw-socket: see bench/far-ends/raw-socket.cjs. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import lines from '../far-ends/lines.cjs';

const file = fileURLToPath(new URL('../far-ends/raw-socket.cjs', import.meta.url));

/** Starts two processes: cluster 1 listens before cluster 0 starts and calls it. */
export async function start() {
  const { BENCH_SOCKET, BENCH_KEY } = process.env;
  const BENCH_MANAGER_PATH = `${BENCH_SOCKET}.${BENCH_KEY}.manager`;
  const BENCH_CLUSTER_PATH = `${BENCH_SOCKET}.${BENCH_KEY}.1`;
  const env = { ...process.env, BENCH_MANAGER_PATH, BENCH_CLUSTER_PATH };
  await lines.answerOn(BENCH_MANAGER_PATH);
  await once(fork(file, { env: { ...env, BENCH_CLUSTER: '1' } }), 'message');
  fork(file, { env: { ...env, BENCH_CLUSTER: '0' } });
}
