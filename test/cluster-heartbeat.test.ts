/** test/cluster-heartbeat: whom the manager asks for a heartbeat. */
import { Collection } from '@discordjs/collection';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClusterHeartbeat } from '../src/cluster-heartbeat.ts';
import { fakeCluster } from './cluster/fake-child.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A cluster that answers nothing, and a heartbeat that watches it. */
function silent() {
  const fake = fakeCluster({ shards: [0] });
  const clusters = new Collection([[0, fake.cluster]]);
  const beat = vi.fn(() => new Promise(() => undefined));
  const rules = { intervalMs: 1_000, timeoutMs: 2_000, maxMissed: 1, maxRestarts: null };
  const options = { heartbeat: rules, mode: 'process', respawn: true, logger: { warn: () => undefined } };
  const peer = { at: () => ({ beat }) } as never;
  const heartbeat = new ClusterHeartbeat({ peer, options: () => options as never, clusters });
  heartbeat.watch(fake.cluster);
  const hung = vi.fn();
  fake.cluster.on('hung', hung);
  return { ...fake, beat, hung, heartbeat };
}

test('a cluster that is ready and silent is ended', async () => {
  const { cluster, becomeReady, hung } = silent();
  void cluster.spawn();
  becomeReady();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(hung).toHaveBeenCalledTimes(1);
  await cluster.kill();
});

test.each(['before', 'after'])(
  'a cluster that can be asked nothing is not asked, found out %s it was ready',
  async (when) => {
    const { cluster, becomeReady, beat, hung } = silent();
    void cluster.spawn();
    if (when === 'before') cluster.unreached('it knows nobody');
    becomeReady();
    cluster.unreached('it knows nobody');
    await vi.advanceTimersByTimeAsync(10_000);
    expect([beat.mock.calls.length, hung.mock.calls.length]).toEqual([0, 0]);
    await cluster.kill();
  },
);
