import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HybridOptions, Shard, ShardingManager } from '../../compat/index.ts';
import { EvalCaller } from '../../src/features/eval-caller.ts';
import { Fleet } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.start();
});
afterEach(() => fleet.close());

const nothing = (): undefined => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing } as const;
const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;

const spawned = async (hybrid: HybridOptions, options: object = {}): Promise<ShardingManager> => {
  const manager = fleet.manager({ hybrid: { logger: quiet, ...hybrid }, ...options });
  await manager.spawn({ delay: 0 });
  return manager;
};

/** A call by the bot of shard 0, or how it failed. */
const byBot = (manager: ShardingManager, shard?: number): Promise<unknown> =>
  at(manager, 0).eval((c, on) => {
    const ids = (d: { shard: { ids: number[] } }) => d.shard.ids[0];
    const call = c.shard?.broadcastEval(ids as never, (on === null ? {} : { shard: on }) as never);
    return call?.catch((error: Error & { code?: unknown }) => [error.name, error.message]);
  }, shard ?? null);

/** How many evaluations the manager had done while something ran, beyond its own calls to the bot of shard 0. */
async function managersShare(calls: number, run: () => Promise<unknown>): Promise<number> {
  const asked = vi.spyOn(EvalCaller.prototype, 'run');
  await run();
  const share = asked.mock.calls.length - calls;
  asked.mockRestore();
  return share;
}

test.each(['process', 'worker'] as const)(
  'a bot asks the clusters itself from its second call on, in %s mode',
  async (mode) => {
    const manager = await spawned({ totalClusters: 2 }, { mode });
    expect(await managersShare(1, () => byBot(manager))).toBe(2);
    const later = await managersShare(3, async () => {
      expect(await byBot(manager)).toEqual([0, 1, 2, 3]);
      expect(await byBot(manager, 3)).toBe(3);
      expect(await byBot(manager, 9)).toEqual([
        'DiscordjsError [ShardingShardNotFound]',
        'Shard 9 could not be found.',
      ]);
    });
    expect(later).toBe(0);
  },
);

test('its results keep the order of the list, whatever the clusters', async () => {
  const manager = await spawned({ totalClusters: 2 }, { shardList: [3, 1, 0] });
  const order = [...manager.shards.keys()];
  for (let n = 0; n < 3; n++) expect(await byBot(manager)).toEqual(order);
});

describe('a bot that knows the clusters', () => {
  const inProcess = ['DiscordjsError [ShardingInProcess]', 'Shards are still being spawned.'];
  const dead = ['DiscordjsError [ShardingNoChildExists]', 'Shard 2 has no active process or worker.'];

  test('is refused once a shard is created by hand', async () => {
    const manager = await spawned({ totalClusters: 2 });
    await byBot(manager);
    expect(await byBot(manager)).toEqual([0, 1, 2, 3]);
    manager.createShard(7);
    expect(await byBot(manager)).toEqual(inProcess);
    expect(await byBot(manager, 3)).toBe(3);
    manager.shards.delete(7);
    expect(await byBot(manager)).toEqual([0, 1, 2, 3]);
  });

  test('is refused by a cluster that was killed, though its process lives on for a while', async () => {
    const options = { hybrid: { totalClusters: 2, killGraceMs: 2_000, logger: quiet } };
    const manager = fleet.manager(options, 'bot-ignores-sigterm.cjs');
    await manager.spawn({ delay: 0 });
    await byBot(manager);
    at(manager, 2).kill();
    expect(await byBot(manager)).toEqual(dead);
    expect(await byBot(manager, 2)).toEqual(dead);
    expect(await byBot(manager, 1)).toBe(1);
  });

  test('finds a cluster that was started anew, and asks it itself again', async () => {
    const manager = await spawned({ totalClusters: 2 });
    for (let n = 0; n < 2; n++) await byBot(manager);
    await at(manager, 2).respawn({ delay: 0 });
    expect(await byBot(manager)).toEqual([0, 1, 2, 3]);
    const later = await managersShare(2, async () => {
      expect(await byBot(manager)).toEqual([0, 1, 2, 3]);
      expect(await byBot(manager, 2)).toBe(2);
    });
    expect(later).toBe(0);
  });

  test('gets the words of discord.js when a cluster dies under its call', async () => {
    const manager = await spawned({ totalClusters: 2 }, { respawn: false });
    await byBot(manager);
    const call = at(manager, 0).eval((c) =>
      c.shard
        ?.broadcastEval((d) =>
          d.shard?.ids[0] === 2 ? process.kill(process.pid, 'SIGKILL') : new Promise(() => undefined),
        )
        .catch((error: Error & { code?: unknown }) => [error.name, error.message]),
    );
    expect(await call).toEqual(dead);
  });
});

test('warn names the call sites of a bot that knows the clusters once each', async () => {
  const warn = vi.fn();
  const manager = await spawned({ totalClusters: 2, evals: 'warn', logger: { ...quiet, warn } });
  const share = await managersShare(1, () =>
    manager.broadcastEval(
      async (c) => {
        const found: unknown[] = [];
        for (let n = 0; n < 3; n++) found.push(await c.shard?.broadcastEval((d) => d.shard?.ids[0], { shard: 3 }));
        return found;
      },
      { shard: 0 },
    ),
  );
  expect(share).toBe(1);
  await byBot(manager);
  const lines = warn.mock.calls.map(([line]) => String(line).split(' sends code')[0]);
  expect(new Set(lines).size).toBe(lines.length);
  // One of the manager; those of the bot stand in evaluated text, which has no place of its own.
  expect(lines.filter((line) => line?.startsWith('broadcastEval at '))).toEqual([
    expect.stringContaining('direct-evals.test.ts'),
    'broadcastEval at an unknown place',
  ]);
});
