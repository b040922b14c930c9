/** test/features/stats: all clusters at one moment, the dead listed with the reason. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type ClusterStats, readStats, statsContract } from '../../src/features/stats.ts';
import { clusterAt, createFleet, plan, type TestFleet } from './nodes.ts';

let fleet: TestFleet;
beforeEach(() => {
  fleet = createFleet();
});

const stats = (id: number): ClusterStats => ({
  id,
  pid: 100 + id,
  shards: [],
  guilds: 10 ** id,
  members: 5 * 10 ** id,
  users: 1,
  channels: 2,
  uptimeMs: null,
  rss: 1,
  heapUsed: 1,
});
const serve = (id: number): void => clusterAt(fleet, id).node.peer.serve(statsContract, { read: () => stats(id) });
const read = () => readStats(fleet.manager.node.peer, plan);

describe('stats', () => {
  test('sum up what every cluster says', async () => {
    for (const id of plan.keys()) serve(id);
    expect(await read()).toEqual({ clusters: [0, 1, 2].map(stats), missing: [], guilds: 111, members: 555 });
  });

  test('list a cluster that is down and one that does not answer the question, with the reasons', async () => {
    serve(0);
    clusterAt(fleet, 1).die();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await read()).toMatchObject({
      clusters: [{ id: 0 }],
      missing: [
        { id: 1, reason: expect.stringContaining('cluster:1 is not connected') },
        { id: 2, reason: expect.stringContaining('does not answer stats.read') },
      ],
      guilds: 1,
    });
  });

  test('can be read from a cluster too', async () => {
    for (const id of plan.keys()) serve(id);
    expect(await readStats(clusterAt(fleet, 2).node.peer, plan)).toMatchObject({ guilds: 111, missing: [] });
  });
});
