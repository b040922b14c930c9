/** test/options/older-names: what discord-cluster's README shows is taken, with the meaning it has there. */
import { describe, expect, test } from 'vitest';
import { withOurNames } from '../../src/options/older-names.ts';
import { resolveOptions } from '../../src/options/resolve.ts';

const bot = 'package.json';

test('every option that older README files show is taken, with its meaning', () => {
  const options = resolveOptions(
    bot,
    {
      mode: 'worker',
      token: 'a token',
      totalShards: -1,
      totalClusters: -1,
      shardsPerClusters: -1,
      spawnOptions: { timeout: -1, delay: 7_000 },
      heartbeat: { enabled: true, interval: 2_500, timeout: 8_500, maxMissedHeartbeats: 3, maxRestarts: -1 },
      respawn: true,
      logging: { enabled: false, colors: true, timestamps: true, level: 'info' },
      queueOptions: { mode: 'auto' },
      shardArgs: [],
      execArgv: [],
    },
    {},
  );
  expect(options).toMatchObject({
    mode: 'worker',
    token: 'a token',
    totalShards: 'auto',
    totalClusters: undefined,
    shardsPerCluster: undefined,
    readyTimeoutMs: Number.POSITIVE_INFINITY,
    spawnDelayMs: 7_000,
    heartbeat: { intervalMs: 2_500, timeoutMs: 8_500, maxMissed: 3, maxRestarts: null },
    respawn: true,
    queue: 'auto',
    shardArgs: [],
    execArgv: [],
  });
});

describe('an older name', () => {
  test.each([
    [{ shardsPerClusters: 4 }, { shardsPerCluster: 4 }],
    [{ spawnOptions: { timeout: 9 } }, { readyTimeoutMs: 9 }],
    [{ spawnOptions: { delay: 9 } }, { spawnDelayMs: 9 }],
    [{ queueOptions: { mode: 'manual' } }, { queue: 'manual' }],
    [{ heartbeat: { interval: 9, maxRestarts: 2 } }, { heartbeat: { intervalMs: 9, maxRestarts: 2 } }],
  ] as const)('means ours: %o', (older, ours) => {
    expect(withOurNames(older)).toMatchObject(ours);
  });

  test('that says "find out yourself" leaves room for ours', () => {
    expect(withOurNames({ shardsPerClusters: -1, shardsPerCluster: 4 }).shardsPerCluster).toBe(4);
  });

  test('beside ours may say the same', () => {
    expect(withOurNames({ shardsPerClusters: 4, shardsPerCluster: 4 }).shardsPerCluster).toBe(4);
    const twice = { spawnOptions: { timeout: -1 }, readyTimeoutMs: Number.POSITIVE_INFINITY };
    expect(withOurNames(twice).readyTimeoutMs).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    ['shardsPerClusters', { shardsPerClusters: 4, shardsPerCluster: 2 }, 'shardsPerCluster (2)'],
    ['spawnOptions.timeout', { spawnOptions: { timeout: -1 }, readyTimeoutMs: null }, 'readyTimeoutMs (null)'],
    ['spawnOptions.delay', { spawnOptions: { delay: 5 }, spawnDelayMs: 0 }, 'spawnDelayMs (0)'],
    ['queueOptions.mode', { queueOptions: { mode: 'manual' }, queue: 'auto' }, "queue ('auto')"],
    ['heartbeat.timeout', { heartbeat: { timeout: 1, timeoutMs: 2 } }, 'heartbeat.timeoutMs (2)'],
  ] as const)('beside ours may not say something else: %s', (option, options, words) => {
    expect(() => withOurNames(options)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        details: expect.objectContaining({ option, expected: expect.stringContaining(words) }),
      }),
    );
  });
});
