/** test/e2e/least-busy: who is asked by a request to nobody in particular, while clusters come and go. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/index.ts';
import { createFleet, type Fleet, until } from './fleet.ts';

/** Who answers cluster 0; it has a request to itself in flight all the while, and none to cluster 1. */
const whoIsAsked = async ({ manager }: Fleet): Promise<number> => {
  const request = { path: ['ipc', 'request'], args: ['who', undefined, 20_000] };
  return (await manager.ipc.requestTo<{ readonly id: number }>(0, 'call', request)).id;
};

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  test('a cluster that is not ready yet is passed over, though nobody has asked it anything', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode } });
    const { manager, discord } = fleet;
    await manager.spawn();
    const busy = { path: ['ipc', 'requestTo'], args: [0, 'hang', undefined, { timeoutMs: null }] };
    // Cluster 0 has it in flight until it ends.
    manager.ipc.requestTo(0, 'call', busy, { timeoutMs: null }).catch(() => undefined);
    expect(await whoIsAsked(fleet)).toBe(1);

    const held = discord.faults.add({ on: 'ready', shard: 3, do: 'hang' });
    const other = manager.clusters.get(1) as Cluster;
    const listening = once(other, 'listening');
    other.respawn().catch(() => undefined);
    await listening;
    await until(() => held.hits === 1, { what: 'shard 3 to wait for its READY' });
    expect(await whoIsAsked(fleet)).toBe(0);
    expect(await manager.ipc.requestTo(1, 'who')).toMatchObject({ id: 1 });
    expect((await manager.ipc.request<{ readonly id: number }>('who')).id).toBe(0);
    expect([other.state, held.hits]).toEqual(['starting', 1]);

    const ready = once(other, 'ready');
    await other.kill();
    void other.spawn();
    await ready;
    expect(await whoIsAsked(fleet)).toBe(1);
  });
});
