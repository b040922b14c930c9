import { expect, test, vi } from 'vitest';
import { Patience } from '../../src/cluster/patience.ts';
import { fakeCluster } from './fake-child.ts';

test('a start that took too long is said until the next begins', () => {
  const patience = new Patience({ shards: [0], readyTimeoutMs: 1_000 });
  patience.begin();
  expect(patience.remark).toBeUndefined();
  patience.gaveUp();
  expect(patience.remark).toBe('That start was given up after 1 s; the next one may take 2 s.');
  patience.begin();
  expect([patience.limitMs, patience.remark]).toEqual([2_000, undefined]);
});

test('a start that fails before it has a child is not said to have taken too long, as the one before it did', async () => {
  const { cluster, settings, logged, last } = fakeCluster({ shards: [0], stubborn: true });
  await expect(cluster.spawn({ timeoutMs: 1 })).rejects.toMatchObject({ code: 'READY_TIMEOUT' });
  const again = expect(cluster.respawn({ timeoutMs: 120_000 })).rejects.toMatchObject({ code: 'CLUSTER_DIED' });
  settings.refusal = new Error('spawn EAGAIN');
  await last().die();
  await again;
  const said = () => logged.filter((line) => line.includes('EAGAIN'));
  await vi.waitFor(() => expect(said()).toHaveLength(1));
  expect(said()[0]).not.toContain('given up after');
  await cluster.kill();
});

test('whoever asks for a start has the patience he asks for, and one that came up leaves none behind', () => {
  const patience = new Patience({ shards: [0], readyTimeoutMs: 1_000 });
  patience.gaveUp();
  patience.gaveUp();
  expect(patience.limitMs).toBe(4_000);
  patience.fulfilled();
  expect(patience.limitMs).toBe(1_000);
  patience.gaveUp();
  patience.ask(500);
  expect(patience.limitMs).toBe(500);
  patience.ask(null);
  expect(patience.limitMs).toBeNull();
});
