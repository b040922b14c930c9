/** test/manager-board: which clusters are there, and whose reports count. */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { unpackReadings } from '../src/board/packed-readings.ts';
import { packRecord } from '../src/board/record.ts';
import type { Cluster } from '../src/cluster/cluster.ts';
import { ShardliftError } from '../src/errors.ts';
import { boardContract } from '../src/features/stats.ts';
import { ManagerBoard } from '../src/manager-board.ts';
import { localHost } from '../src/wire/address.ts';
import { clusterAt, createFleet, plan, type TestFleet } from './features/nodes.ts';

let fleet: TestFleet;
let board: ManagerBoard;
const clusters = plan.map((_shards, id) => Object.assign(new EventEmitter(), { id, incarnation: 1, state: 'idle' }));

const row = { status: 0, ping: 1, readyAt: 1, guilds: 1, channels: 1, members: 1 };
const numbersOf = (id: number, incarnation: number, guilds: number): number[] =>
  packRecord({
    ...{ incarnation, guilds, users: 0, channels: 0, members: 0, pid: 1, readyAt: 1, rss: 1, heapUsed: 1 },
    ...{ lagMs: 0, maxLagMs: 0, gaugedAt: 1, droppedMessages: 0, droppedAnswers: 0 },
    shards: (plan[id] ?? []).map(() => row),
  });
const ask = (id: number) => clusterAt(fleet, id).node.peer.at(boardContract, localHost);
const clusterOf = (id: number) => clusters[id] as (typeof clusters)[number];
const enter = (id: number, state: string): void => {
  clusterOf(id).state = state;
  clusterOf(id).emit(state === 'starting' ? 'spawn' : 'stateChange', state);
};
const reasons = async (): Promise<unknown[]> =>
  unpackReadings(await ask(0).read()).map((reading) => (reading.ok ? 'there' : reading.reason));

beforeEach(() => {
  fleet = createFleet();
  board = new ManagerBoard({ peer: fleet.manager.node.peer, mode: 'process' });
  board.layOut(plan);
  for (const cluster of clusters) {
    cluster.removeAllListeners();
    Object.assign(cluster, { incarnation: 1, state: 'idle' });
    board.watch(cluster as unknown as Cluster);
  }
});

describe('the board of a manager', () => {
  test('says of each cluster why there is nothing to say', async () => {
    enter(0, 'starting');
    enter(1, 'starting');
    clusterOf(1).state = 'waiting';
    clusterOf(1).emit('death', { code: 3, signal: null });
    expect(await reasons()).toEqual([
      'it is starting and has not reported yet',
      'it is to be started again; the last one ended with exit code 3',
      'it was not started yet',
    ]);
  });

  test.each(['stopped', 'failed'])('says of a cluster that is %s what starts it', async (state) => {
    enter(1, 'starting');
    enter(1, state);
    const { unknown } = await ask(0).countGuilds();
    expect(new ShardliftError('GUILDS_UNKNOWN', { clusters: unknown }).message).toMatch(/cluster 1 \(.*by respawn\(\)/);
  });

  test('takes the numbers of a cluster from that cluster, of this start of it', async () => {
    for (const id of plan.keys()) enter(id, 'starting');
    for (const id of plan.keys()) enter(id, 'ready');
    ask(0).report(numbersOf(0, 1, 5));
    ask(1).report(numbersOf(1, 2, 6));
    ask(2).report(numbersOf(0, 1, 7));
    expect(await reasons()).toEqual(['there', ...[1, 2].map(() => 'it has not reported since its start')]);
    expect(await ask(0).countGuilds()).toEqual({
      guilds: 5,
      unknown: [1, 2].map((id) => ({ id, reason: 'it has not reported since its start' })),
    });
  });

  test('counts guilds of clusters that are ready only', async () => {
    for (const id of plan.keys()) enter(id, 'starting');
    for (const id of plan.keys()) ask(id).report(numbersOf(id, 1, 10 ** id));
    enter(0, 'ready');
    const starting = [1, 2].map((id) => ({ id, reason: 'its shards are not all ready yet' }));
    expect(await ask(0).countGuilds()).toEqual({ guilds: 1, unknown: starting });
    enter(1, 'ready');
    enter(2, 'ready');
    expect(await ask(1).countGuilds()).toEqual({ guilds: 111, unknown: [] });
    enter(2, 'stopping');
    expect(await board.countGuilds()).toEqual({ guilds: 11, unknown: [{ id: 2, reason: 'it is being ended' }] });
  });

  test('gives its memory to threads only, and takes no reports in their names', async () => {
    expect(board.shared).toBeUndefined();
    const { node } = createFleet().manager;
    const threads = new ManagerBoard({ peer: node.peer, mode: 'worker' });
    threads.layOut(plan);
    threads.watch(clusterOf(0) as unknown as Cluster);
    enter(0, 'starting');
    expect(threads.shared).toHaveLength(plan.length);
    node.peer.at(boardContract, localHost).report(numbersOf(0, 1, 5));
    expect((await threads.read())[0]?.reading.ok).toBe(false);
  });
});
