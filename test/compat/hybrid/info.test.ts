import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { evalsOption, getInfo } from '../../../compat/hybrid/info.ts';

afterEach(() => vi.unstubAllEnvs());

const told = {
  ...{ SHARD_LIST: '4,5,6', TOTAL_SHARDS: '8', CLUSTER: '1', CLUSTER_COUNT: '3' },
  ...{ CLUSTER_MANAGER_MODE: 'process', CLUSTER_QUEUE_MODE: 'manual' },
};

test('a bot is told its shards and its place', () => {
  for (const [name, value] of Object.entries(told)) vi.stubEnv(name, value);
  expect(getInfo()).toEqual({
    ...{ SHARD_LIST: [4, 5, 6], TOTAL_SHARDS: 8, FIRST_SHARD_ID: 4, LAST_SHARD_ID: 6, CLUSTER: 1, CLUSTER_COUNT: 3 },
    ...{ CLUSTER_MANAGER_MODE: 'process', CLUSTER_QUEUE_MODE: 'manual', MAINTENANCE: undefined },
  });
});

test('a thread of a bot of its own is told the same', async () => {
  const code = `
    const { workerData, parentPort } = require('node:worker_threads');
    import(workerData.url).then(({ getInfo }) => parentPort.postMessage(getInfo()));
  `;
  const url = new URL('../../../dist/compat-hybrid.mjs', import.meta.url).href;
  const worker = new Worker(code, { eval: true, env: { ...process.env, ...told }, workerData: { url } });
  const [info] = await once(worker, 'message');
  expect(info).toMatchObject({ CLUSTER: 1, CLUSTER_COUNT: 3, SHARD_LIST: [4, 5, 6] });
});

test('a bot that no manager started is one cluster with one shard', () => {
  vi.stubEnv('CLUSTER_MANAGER_MODE', undefined);
  expect(getInfo()).toMatchObject({ SHARD_LIST: [0], TOTAL_SHARDS: 1, CLUSTER: 0, CLUSTER_COUNT: 1, LAST_SHARD_ID: 0 });
});

test('a bot is told what becomes of evals', () => {
  expect(evalsOption()).toBeUndefined();
  vi.stubEnv('SHARDLIFT_EVALS', 'off');
  expect(evalsOption()).toBe('off');
});
