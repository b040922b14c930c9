import { describe, expect, test, vi } from 'vitest';
import { type ClusterManagerOptions, coreOptions, tellIgnored } from '../../../compat/hybrid/options.ts';

/** What is made of options, without what is not said. */
const madeOf = (options: ClusterManagerOptions): object =>
  Object.fromEntries(Object.entries(coreOptions(options)).filter(([, value]) => value !== undefined));

describe('options', () => {
  test.each<[string, ClusterManagerOptions, object]>([
    ['shards per cluster', { shardsPerClusters: 4 }, { shardsPerCluster: 4 }],
    ['shards per cluster before clusters', { shardsPerClusters: 2, totalClusters: 9 }, { shardsPerCluster: 2 }],
    ['a number of clusters', { totalClusters: 3 }, { totalClusters: 3 }],
    ['auto', { totalClusters: 'auto', totalShards: 'auto' }, { totalShards: 'auto' }],
    ['-1', { totalClusters: -1, totalShards: -1 as never }, { totalShards: -1 }],
    ['a list of shards', { shardList: [1, 2] }, { shardList: [1, 2] }],
    ['an empty list of shards', { shardList: [] }, {}],
    ['the ids that clusters have', { clusterList: [0, 1] }, {}],
    [
      'restarts',
      { restarts: { max: 5, interval: 60_000, current: 0 } },
      { restarts: { maxRestarts: 5, windowMs: 60_000 } },
    ],
    ['a manual queue', { queue: { auto: false } }, { queue: 'manual' }],
    // discord-hybrid-sharding never starts a cluster then.
    ['a queue with a timeout alone', { queue: { timeout: 9 } }, {}],
    ['what a child is started with', { clusterOptions: { silent: true } }, { silent: true }],
    ['ours', { hybrid: { handlers: './a.js', evals: 'warn' } }, { handlers: './a.js' }],
  ])('%s', (_name, options, made) => {
    expect(madeOf(options)).toEqual({ queue: 'auto', ...made });
  });

  test.each([
    [{ clusterList: [3, 4] }, 'clusterList'],
    [{ keepAlive: true }, 'keepAlive'],
    [{ clusterOptions: { cwd: '/' } }, 'clusterOptions.cwd'],
  ])('%o has no meaning here, and the error says what to use', (options, name) => {
    expect(() => coreOptions(options as never)).toThrow(
      expect.objectContaining({
        code: 'NOT_SUPPORTED',
        details: expect.objectContaining({ what: `The option ${name}` }),
      }),
    );
  });

  test.each([
    [{ hybrid: 7 }, 'hybrid'],
    [{ hybrid: { evals: 'maybe' } }, 'hybrid.evals'],
    [{ hybrid: { shardsPerCluster: 1 } }, 'hybrid.shardsPerCluster'],
    [{ queue: 'manual' }, 'queue'],
    [{ shardsPerClusters: 0 }, 'shardsPerClusters'],
    [{ shardsPerClusters: '4' }, 'shardsPerClusters'],
    [{ keepAlive: { interval: 0 } }, 'keepAlive.interval'],
    [{ keepAlive: { maxMissedHeartbeats: '5' } }, 'keepAlive.maxMissedHeartbeats'],
    [{ keepAlive: { maxClusterRestarts: -1 } }, 'keepAlive.maxClusterRestarts'],
    [{ restarts: 3 }, 'restarts'],
    [{ restarts: { max: -1, interval: 1 } }, 'restarts.max'],
    [{ restarts: { max: 1, interval: 'hour' } }, 'restarts.interval'],
  ])('%o is refused by name', (options, option) => {
    expect(() => coreOptions(options as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining({ option }) }),
    );
  });

  test('that mean nothing are told once, without their values', () => {
    const warn = vi.fn();
    const logger = { debug: vi.fn(), info: vi.fn(), error: vi.fn(), warn };
    tellIgnored({ token: 't', usev13: true, restartMode: 'secret' } as never, logger);
    tellIgnored({ token: 't' }, logger);
    expect(warn.mock.calls).toEqual([[expect.stringContaining('usev13, restartMode')]]);
    expect(String(warn.mock.calls)).not.toContain('secret');
  });
});
