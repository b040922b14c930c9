/** test/compat/shard-group: what happens to a cluster happens to each of its Shards, whatever their listeners do. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GroupedShard, ShardGroup } from '../../compat/shard-group.ts';
import type { EvalCaller } from '../../src/extend.ts';
import { fakeCluster } from '../cluster/fake-child.ts';

const uncaught: unknown[] = [];
let others: NodeJS.UncaughtExceptionListener[] = [];
beforeEach(() => {
  uncaught.length = 0;
  others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => void uncaught.push(error));
});
afterEach(() => {
  process.removeAllListeners('uncaughtException');
  for (const listener of others) process.on('uncaughtException', listener);
});

function createGroup() {
  const fake = fakeCluster();
  const shards = [0, 1].map((id): GroupedShard => {
    const settings = { id, args: ['--of-shard'], execArgv: undefined, env: { A: 'shard', B: 'shard' }, silent: false };
    const state = { ready: false, process: null, worker: null, send: () => Promise.resolve() };
    return Object.assign(new EventEmitter(), settings, state);
  });
  const group = new ShardGroup({
    cluster: fake.cluster,
    shards,
    caller: {} as EvalCaller,
    environment: () => ({ C: 'manager' }),
    heard: () => Promise.resolve(),
    desk: { handlers: [], values: async () => [], respawnAll: async () => undefined, warn: () => undefined },
    onChange: () => undefined,
  });
  const deaths: number[] = [];
  shards[0]?.on('death', () => {
    throw new Error('of a listener');
  });
  for (const shard of shards) shard.on('death', () => deaths.push(shard.id));
  const states = () => shards.map(({ ready, process }) => [ready, process]);
  return { ...fake, group, shards, deaths, states };
}
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const gone = [
  [false, null],
  [false, null],
];

test('a death listener that throws keeps no kill from ending the child, and no sibling from hearing of it', async () => {
  const { cluster, group, last, becomeReady, deaths, states } = createGroup();
  const spawned = group.spawn(1_000);
  becomeReady();
  await spawned;
  group.kill();
  expect([deaths, states(), last().kills.length]).toEqual([[0, 1], gone, 1]);
  await nextTurn();
  expect([cluster.state, uncaught]).toEqual(['stopped', [expect.objectContaining({ message: 'of a listener' })]]);
});

test('a death listener that throws leaves no shard with what it had before a crash', async () => {
  const { cluster, group, last, becomeReady, deaths, states } = createGroup();
  const spawned = group.spawn(1_000);
  becomeReady();
  await spawned;
  await last().die();
  expect([deaths, states()]).toEqual([[0, 1], gone]);
  await nextTurn();
  expect(uncaught).toHaveLength(1);
  await cluster.kill();
});

test('what is changed in the launch of a cluster is laid over the settings of its first shard', () => {
  const { cluster, shards } = createGroup();
  const { launch } = cluster;
  Object.assign(launch.env, { B: 'launch', D: 'launch' });
  delete launch.env.C;
  launch.args = ['--of-launch'];
  const own = shards[0]?.env as Record<string, unknown>;
  Object.assign(own, { A: 'later', B: 'later' });
  expect({ ...launch }).toMatchObject({ args: ['--of-launch'], silent: false });
  expect(launch.env).toEqual({ A: 'later', B: 'launch', D: 'launch', SHARDS: '[0,1]' });
  launch.env = { ...launch.env, E: 'launch' };
  Object.assign(own, { A: 'last' });
  expect(launch.env).toEqual({ A: 'last', B: 'launch', D: 'launch', E: 'launch', SHARDS: '[0,1]' });
});
