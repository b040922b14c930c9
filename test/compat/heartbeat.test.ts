/** test/compat/heartbeat: a shard whose event loop hangs does not stay that way. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fleet, heard } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.start();
});
afterEach(() => fleet.close());

test('a bot whose event loop is blocked for ever is replaced, and its shards say so', async () => {
  const heartbeat = { intervalMs: 200, timeoutMs: 1_000, maxMissed: 2 };
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const manager = fleet.manager({ hybrid: { shardsPerCluster: 2, heartbeat, logger, restarts: { firstMs: 10 } } });
  await manager.spawn({ delay: 0 });
  const shard = manager.shards.get(1);
  if (shard === undefined) throw new Error('there is no shard 1');
  const before = shard.process?.pid;
  const [died, back] = [heard(shard, 'death'), heard(shard, 'ready')];
  const blocked = shard.eval(() => {
    for (;;);
  });
  await expect(blocked).rejects.toThrow();
  await died;
  await back;
  expect(shard.process?.pid).not.toBe(before);
  expect(await manager.broadcastEval(() => 1)).toEqual([1, 1, 1, 1]);
  expect(manager.hybrid.clusters.map(({ incarnation }) => incarnation)).toEqual([2, 1]);
});
