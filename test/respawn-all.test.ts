/** test/respawn-all: one cluster at a time, and the round ends with the first that does not come up. */
import { expect, test } from 'vitest';
import type { Cluster } from '../src/cluster/cluster.ts';
import { ShardliftError } from '../src/errors.ts';
import { respawnInTurn } from '../src/respawn-all.ts';

/** Clusters that only note what is asked of them; those in `broken` do not come up, those in `calledOff` are not to. */
function crew(broken: readonly number[] = [], calledOff: readonly number[] = []) {
  const notes: unknown[] = [];
  const clusters = [0, 1, 2].map((id) => ({
    respawn: async (options: object) => {
      notes.push([id, options]);
      await Promise.resolve();
      if (broken.includes(id)) throw new Error(`cluster ${id} does not come up`);
      if (calledOff.includes(id))
        throw new ShardliftError('RESPAWN_CALLED_OFF', { cluster: id, reason: 'kill was called' });
      notes.push(`${id} ready`);
    },
  }));
  return { notes, clusters: clusters as unknown as Cluster[] };
}

const never = new AbortController().signal;
const pace = { delayMs: 0, timeoutMs: 9 };

test('the next is ended when the one before it is ready', async () => {
  const { notes, clusters } = crew();
  await respawnInTurn(clusters, { timeoutMs: 9 }, never);
  expect(notes).toEqual([[0, pace], '0 ready', [1, pace], '1 ready', [2, pace], '2 ready']);
});

test('the first that does not come up ends the round, and the others run on as they are', async () => {
  const { notes, clusters } = crew([1]);
  await expect(respawnInTurn(clusters, { timeoutMs: 9 }, never)).rejects.toThrow('cluster 1 does not come up');
  expect(notes).toEqual([[0, pace], '0 ready', [1, pace]]);
});

test('one that is killed meanwhile is left out, and the round goes on', async () => {
  const { notes, clusters } = crew([], [1]);
  await respawnInTurn(clusters, { timeoutMs: 9 }, never);
  expect(notes).toEqual([[0, pace], '0 ready', [1, pace], [2, pace], '2 ready']);
});

test('a manager that stops does not wait out the pause between two', async () => {
  const { notes, clusters } = crew();
  const stopping = new AbortController();
  const round = respawnInTurn(clusters, { timeoutMs: 9, betweenMs: 600_000 }, stopping.signal);
  stopping.abort();
  await round;
  expect(notes).toHaveLength(6);
});
