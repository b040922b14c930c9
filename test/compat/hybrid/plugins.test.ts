import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AutoResharderClusterClient,
  AutoResharderManager,
  ClusterManager,
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

  test.each([{ interval: 0 }, { interval: '5' as never }, { maxMissedHeartbeats: -1 }])('refuses %o', (options) => {
    expect(() => new HeartbeatManager(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

describe('ReClusterManager', () => {
  test('starts the clusters anew, one round at a time, and says what that means, once', async () => {
    const recluster = new ReClusterManager();
    manager.extend(recluster);
    expect(manager.recluster).toBe(recluster);
    let end = (): void => undefined;
    const round = vi.spyOn(manager.hybrid, 'respawnAll').mockImplementation(
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    const first = recluster.start({ restartMode: 'rolling', delay: 5 });
    await expect(recluster.start()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    end();
    expect(await first).toEqual({ success: true });
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
