import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AutoResharderClusterClient,
  AutoResharderManager,
  ClusterManager,
  type ClusterManagerOptions,
  HeartbeatManager,
  ReClusterManager,
} from '../../../compat/hybrid/index.ts';

let folder: string;
let manager: ClusterManager;
const warn = vi.fn();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-plugins-'));
  writeFileSync(join(folder, 'bot.cjs'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  warn.mockClear();
  const logger = { debug: vi.fn(), info: vi.fn(), error: vi.fn(), warn };
  manager = new ClusterManager(join(folder, 'bot.cjs'), { token: 't', hybrid: { logger } });
});

describe('HeartbeatManager', () => {
  test('says how long a cluster may hang, whenever it is added', () => {
    const usual = manager.hybrid.options.heartbeat;
    expect(usual).toMatchObject({ timeoutMs: 8_000, maxMissed: 2 });
    manager.extend(new HeartbeatManager({ interval: 2_000, maxMissedHeartbeats: 5 }));
    expect(manager.hybrid.options.heartbeat).toEqual({ ...usual, timeoutMs: 2_000, maxMissed: 6 });
    expect(manager.heartbeat?.options).toEqual({ interval: 2_000, maxMissedHeartbeats: 5 });
  });

  test('has the defaults of discord-hybrid-sharding', () => {
    expect(new HeartbeatManager().options).toEqual({ interval: 20_000, maxMissedHeartbeats: 5 });
  });

  const heartbeatOf = (options: Omit<ClusterManagerOptions, 'token'>) => {
    const made = new ClusterManager(join(folder, 'bot.cjs'), { token: 't', ...options });
    return { ...made.hybrid.options.heartbeat, said: made.heartbeat?.options };
  };

  test('is what keepAlive makes, the option that versions 1.5 have for it', () => {
    const keepAlive = { interval: 2_000, maxClusterRestarts: 5, maxMissedHeartbeats: 4 };
    expect(heartbeatOf({ keepAlive })).toEqual({
      ...{ intervalMs: 2_000, timeoutMs: 2_000, maxMissed: 5, maxRestarts: 5 },
      said: { interval: 2_000, maxMissedHeartbeats: 4 },
    });
    expect(heartbeatOf({ keepAlive: { maxMissedHeartbeats: 1 } })).toMatchObject({ timeoutMs: 10_000, maxMissed: 2 });
    expect(heartbeatOf({ keepAlive, hybrid: { heartbeat: { maxRestarts: 7 } } })).toMatchObject({ maxRestarts: 7 });
    expect(heartbeatOf({ keepAlive, hybrid: { heartbeat: { enabled: false } } })).not.toHaveProperty('timeoutMs');
  });

  test('is not made by an empty keepAlive', () => {
    expect(heartbeatOf({ keepAlive: {} })).toEqual(heartbeatOf({}));
  });

  test.each([{ interval: 0 }, { interval: '5' as never }, { maxMissedHeartbeats: -1 }])('refuses %o', (options) => {
    expect(() => new HeartbeatManager(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

describe('ReClusterManager', () => {
  test('starts the clusters anew, and says what that means, once; who asks meanwhile is told of the same round', async () => {
    const recluster = new ReClusterManager();
    expect(recluster.manager).toBe(null);
    manager.extend(recluster);
    expect(recluster.manager).toBe(manager);
    expect(manager.recluster).toBe(recluster);
    let end = (): void => undefined;
    const round = vi.spyOn(manager.hybrid, 'respawnAll').mockImplementation(
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    const first = recluster.start({ restartMode: 'rolling', delay: 5 });
    const meanwhile = recluster.start();
    expect(recluster.onProgress).toBe(true);
    end();
    expect(await Promise.all([first, meanwhile])).toEqual([{ success: true }, { success: true }]);
    expect(recluster.onProgress).toBe(false);
    expect(round.mock.calls).toEqual([[{ betweenMs: 5, delayMs: 0, timeoutMs: 180_000 }]]);
    const second = recluster.start();
    end();
    await second;
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('with no limit of its own waits as long as the manager does for each cluster', async () => {
    const round = vi.spyOn(manager.hybrid, 'respawnAll').mockResolvedValue();
    await manager.respawnAll();
    await new ReClusterManager({ timeout: -1 }).build(manager).start();
    expect(round.mock.calls).toEqual([[{ betweenMs: 0, delayMs: 0 }], [{ betweenMs: 0, delayMs: 0 }]]);
  });

  test('refuses another layout, and may be started again afterwards', async () => {
    const recluster = new ReClusterManager().build(manager);
    const error = await recluster.start({ totalShards: 8 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NOT_SUPPORTED', message: expect.stringContaining('totalShards') });
    expect(recluster.onProgress).toBe(false);
  });

  test('takes a layout that is as it is, and tells when Discord recommends more shards', async () => {
    const round = vi.spyOn(manager.hybrid, 'respawnAll').mockResolvedValue();
    const answer = { shards: 9, session_start_limit: { remaining: 1, reset_after: 0, max_concurrency: 1 } };
    const ask = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(answer));
    const plan = [[0, 1], [2, 3], [4]];
    Object.assign(manager, { totalShards: 5, totalClusters: 3, shardList: plan.flat(), shardClusterList: plan });
    const recluster = new ReClusterManager().build(manager);
    const same = { totalShards: 5, totalClusters: 3, shardsPerClusters: 2, shardList: [4, 3, 2, 1, 0] };
    await recluster.start({ ...same, shardClusterList: plan });
    expect(ask).not.toHaveBeenCalled();
    await recluster.start({ totalShards: 'auto', shardsPerClusters: 2, restartMode: 'rolling' });
    expect(warn).toHaveBeenLastCalledWith(expect.stringMatching(/the 5 shards anew.+recommends 9/));
    ask.mockRejectedValue(new Error('no net'));
    await recluster.start({ totalShards: -1 });
    expect(warn).toHaveBeenLastCalledWith(expect.stringContaining('no net'));
    expect(round).toHaveBeenCalledTimes(3);
    for (const other of [
      { shardsPerClusters: 3 },
      { totalClusters: 2 },
      { shardList: [0] },
      { shardClusterList: [] },
    ]) {
      await expect(recluster.start(other)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
    }
  });

  test('needs a manager', async () => {
    await expect(new ReClusterManager().start()).rejects.toThrow('manager.extend');
  });
});

test.each([AutoResharderManager, AutoResharderClusterClient])(
  '%o is not there, and says what to do instead',
  (Plugin) => {
    expect(() => new Plugin()).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED' }));
  },
);

test('a plugin of a user is built with the manager; what is none is refused', () => {
  const build = vi.fn();
  manager.extend({ build }, { build });
  expect(build.mock.calls).toEqual([[manager], [manager]]);
  expect(() => manager.extend({} as never)).toThrow(TypeError);
});
