/** test/compat/shard-group: what happens to a cluster happens to each of its Shards, whatever their listeners do. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GroupedShard } from '../../compat/grouped-shard.ts';
import { Hints } from '../../compat/hints.ts';
import { respawnGroups } from '../../compat/respawn-all.ts';
import { ManagedShard } from '../../compat/shard.ts';
import { ShardGroup } from '../../compat/shard-group.ts';
import type { EvalCaller } from '../../src/extend.ts';
import type { Mode } from '../../src/index.ts';
import { fakeCluster, settled } from '../cluster/fake-child.ts';

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

function createGroup({ stubborn = false, mode = 'process' as Mode } = {}) {
  const fake = fakeCluster({ stubborn });
  const shards = [0, 1].map((id): GroupedShard => {
    const settings = { id, args: ['--of-shard'], execArgv: undefined, env: { A: 'shard', B: 'shard' }, silent: false };
    const state = { ready: false, process: null, worker: null, send: () => Promise.resolve() };
    return Object.assign(new EventEmitter(), settings, state);
  });
  const hints: string[] = [];
  const group = new ShardGroup({
    cluster: fake.cluster,
    shards,
    caller: {} as EvalCaller,
    environment: () => ({ C: 'manager' }),
    mode: () => mode,
    heard: () => Promise.resolve(),
    desk: { handlers: [], values: async () => [], respawnAll: async () => undefined, warn: () => undefined },
    hints: new Hints(() => ({ warn: (text) => void hints.push(text) })),
    onChange: () => undefined,
  });
  const deaths: number[] = [];
  shards[0]?.on('death', () => {
    throw new Error('of a listener');
  });
  for (const shard of shards) shard.on('death', () => deaths.push(shard.id));
  const first = shards[0] as GroupedShard;
  const second = shards[1] as GroupedShard;
  const states = () => shards.map(({ ready, process }) => [ready, process]);
  return { ...fake, group, hints, shards, first, second, deaths, states };
}
/** A group whose shards are ready. */
async function createReady(how: { readonly stubborn?: boolean } = {}) {
  const made = createGroup(how);
  made.first.removeAllListeners('death');
  const spawned = made.group.spawn(1_000);
  made.becomeReady();
  await spawned;
  return made;
}
const codeOf = (start: Promise<unknown>): Promise<unknown> =>
  start.then(
    () => 'started',
    ({ code }) => code,
  );
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const gone = [
  [false, null],
  [false, null],
];

test('a kill throws what a death listener throws, ends the child, and lets every sibling hear of it', async () => {
  const { cluster, group, last, becomeReady, deaths, states } = createGroup();
  const spawned = group.spawn(1_000);
  becomeReady();
  await spawned;
  expect(() => group.kill()).toThrow('of a listener');
  expect([deaths, states(), last().kills.length]).toEqual([[0, 1], gone, 1]);
  await nextTurn();
  expect([cluster.state, uncaught]).toEqual(['stopped', []]);
});

test('a respawn rejects with what a death listener throws, and the cluster comes back', async () => {
  const { cluster, group, becomeReady, children } = createGroup();
  const spawned = group.spawn(1_000);
  becomeReady();
  await spawned;
  await expect(group.respawn({ delay: 0, timeout: 1_000 })).rejects.toThrow('of a listener');
  await nextTurn();
  expect([cluster.state, children.length, uncaught]).toEqual(['starting', 2, []]);
  group.shards[0]?.removeAllListeners('death');
  group.kill();
});

test('a respawn that a listener ends for its caller is under way until the cluster is up, and who asks then waits for that', async () => {
  const { cluster, group, becomeReady, children, first, second } = await createReady();
  first.once('death', () => {
    throw new Error('of a listener');
  });
  const pace = { delay: 0, timeout: 1_000 };
  await expect(group.respawn(pace, first)).rejects.toThrow('of a listener');
  const ends: string[] = [];
  const ending = [
    group.settled.then(() => ends.push('settled')),
    group.respawn(pace, second).then(() => ends.push('of a sibling')),
    group.respawn(pace, first).then(() => ends.push('of the same again')),
  ];
  await vi.waitFor(() => expect(cluster.state).toBe('starting'));
  await nextTurn();
  expect([group.busy, ends, children.length]).toEqual([true, [], 2]);
  becomeReady();
  await Promise.all(ending);
  expect([ends.length, children.length, cluster.state]).toEqual([3, 2, 'ready']);
  group.kill();
});

test('a respawn that a listener ended fails for who asks later as the start fails', async () => {
  const { group, first, last, settings, cluster } = await createReady();
  first.once('spawn', () => {
    throw new Error('of a listener');
  });
  settings.respawn = false;
  const pace = { delay: 0, timeout: 1_000 };
  await expect(group.respawn(pace, first)).rejects.toThrow('of a listener');
  const again = codeOf(group.respawn(pace, first));
  await last().die({ code: 1 });
  expect([await again, cluster.state]).toEqual(['CLUSTER_DIED', 'stopped']);
});

test('who asks again hears what a listener throws after that', async () => {
  const { group, becomeReady, first, last, cluster } = await createReady({ stubborn: true });
  const throws = (text: string) => () => {
    throw new Error(text);
  };
  const pace = { delay: 0, timeout: 1_000 };
  first.once('death', throws('of a death'));
  await expect(group.respawn(pace, first)).rejects.toThrow('of a death');
  first.once('spawn', throws('of a spawn'));
  const second = expect(group.respawn(pace, first)).rejects.toThrow('of a spawn');
  await last().die();
  await second;
  const third = group.respawn(pace, first);
  becomeReady();
  await third;
  expect(cluster.state).toBe('ready');
  group.kill();
  await last().die();
});

test("a respawn of the program's own that does not wait is not waited for", async () => {
  const [one, other] = [await createReady(), await createReady()];
  const { respawn } = ManagedShard.prototype;
  for (const shard of other.shards) Object.assign(shard, { respawn });
  for (const shard of one.shards)
    Object.assign(shard, { respawn: async () => void one.group.respawn({ delay: 0, timeout: 1_000 }, shard) });
  const all = respawnGroups([one.group, other.group], { shardDelay: 0, respawnDelay: 0, timeout: 1_000 });
  await vi.waitFor(() => expect([one.cluster.state, other.cluster.state]).toEqual(['starting', 'starting']));
  for (const { becomeReady } of [one, other]) becomeReady();
  await all;
  for (const { group } of [one, other]) group.kill();
});

test('of several clusters the next is restarted when the one before it is up, whatever its listeners throw', async () => {
  const [one, other] = [await createReady(), await createReady()];
  const { respawn } = ManagedShard.prototype;
  for (const shard of [...one.shards, ...other.shards]) Object.assign(shard, { respawn });
  one.first.on('death', () => {
    throw new Error('of a listener');
  });
  const pace = { shardDelay: 1, respawnDelay: 0, timeout: 1_000 };
  const all = expect(respawnGroups([one.group, other.group], pace)).rejects.toThrow('of a listener');
  await vi.waitFor(() => expect(one.cluster.state).toBe('starting'));
  await nextTurn();
  expect(other.cluster.state).toBe('ready');
  one.becomeReady();
  await vi.waitFor(() => expect(other.cluster.state).toBe('starting'));
  other.becomeReady();
  await all;
  one.first.removeAllListeners('death');
  for (const { group } of [one, other]) group.kill();
});

test('a start rejects with what a spawn listener throws; one that nobody asked for makes it an error of the shard', async () => {
  const { cluster, group, becomeReady, children, first, last, states } = createGroup();
  first.removeAllListeners('death');
  first.on('spawn', () => {
    throw new Error('of a spawn');
  });
  await expect(group.spawn(1_000)).rejects.toThrow('of a spawn');
  becomeReady();
  await vi.waitFor(() => expect(states().map(([ready]) => ready)).toEqual([true, true]));
  const errors: unknown[] = [];
  first.on('error', (error) => errors.push(error));
  await last().die();
  await vi.waitFor(() => expect(errors).toEqual([expect.objectContaining({ message: 'of a spawn' })]));
  expect([children.length, uncaught]).toEqual([2, []]);
  await cluster.kill();
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

test('a program that respawns shards of one process in a row is told once what to call instead', async () => {
  const { group, hints, first, second, becomeReady, cluster } = await createReady();
  const told: number[] = [];
  for (const shard of [first, first, second, first]) {
    const respawned = group.respawn({ delay: 0, timeout: 1_000 }, shard);
    await vi.waitFor(() => expect(cluster.state).toBe('starting'));
    becomeReady();
    await respawned;
    told.push(hints.length);
  }
  expect(told).toEqual([0, 0, 1, 1]);
  expect(hints[0]).toContain('respawn() of shard 1 restarts the process that respawn() of shard 0');
  expect(hints[0]).toContain('manager.respawnAll()');
  group.kill();
});

test('a bot that dies of reading SHARDS as a number is told what it is, and what to read instead', async () => {
  const { group, hints, last, settings, first } = createGroup();
  first.removeAllListeners('death');
  settings.respawn = false;
  const started = codeOf(group.spawn(1_000));
  const error = new TypeError('None of the provided shards were valid.');
  await last().die({ error });
  expect(await started).toBe('CLUSTER_DIED');
  expect(hints).toEqual([expect.stringMatching(/SHARDS is a list, here \[0,1\].*client\.shard\.ids/)]);
  const again = codeOf(group.spawn(1_000));
  await last().die({ error: new TypeError('something else') });
  expect([await again, hints.length]).toEqual(['CLUSTER_DIED', 1]);
});

test('it is told so too where a listener had thrown before', async () => {
  const { group, hints, last, settings, first } = createGroup();
  first.removeAllListeners('death').once('spawn', () => {
    throw new Error('of a listener');
  });
  settings.respawn = false;
  await expect(group.spawn(1_000)).rejects.toThrow('of a listener');
  await last().die({ error: new TypeError('None of the provided shards were valid.') });
  expect(hints).toHaveLength(1);
});

const hour = 3_600_000;

test('a respawn is waited for by those who ask the cluster something, and a kill in its pause calls it off', async () => {
  const { cluster, group, children } = await createReady();
  const respawned = codeOf(group.respawn({ delay: hour, timeout: 1_000 }));
  expect([cluster.state, cluster.returning]).toEqual(['stopping', true]);
  await settled();
  expect([cluster.state, cluster.returning]).toEqual(['waiting', true]);
  group.kill();
  expect(await respawned).toBe('RESPAWN_CALLED_OFF');
  expect([cluster.state, cluster.returning, children.length]).toEqual(['stopped', false, 1]);
});

test.each(['respawn', 'spawn'] as const)('a kill calls a %s off that waits for the old child to end', async (how) => {
  const { cluster, group, children, last, first } = await createReady({ stubborn: true });
  group.kill(first);
  const asked = codeOf(
    how === 'spawn' ? group.spawn(1_000, first) : group.respawn({ delay: 0, timeout: 1_000 }, first),
  );
  expect(cluster.returning).toBe(true);
  group.kill(first);
  await last().die();
  expect(await asked).toBe('RESPAWN_CALLED_OFF');
  expect([cluster.state, children.length, last().kills.length]).toEqual(['stopped', 1, 1]);
});

test('a respawn after a kill that called one off is another', async () => {
  const { group, children, becomeReady, last } = await createReady({ stubborn: true });
  const off = codeOf(group.respawn({ delay: 0, timeout: 1_000 }));
  group.kill();
  const again = group.respawn({ delay: 0, timeout: 1_000 });
  await last().die();
  becomeReady();
  await again;
  expect([await off, children.length]).toEqual(['RESPAWN_CALLED_OFF', 2]);
});

test('death listeners that ask for a respawn during one get that one', async () => {
  const { group, children, becomeReady, shards } = await createReady();
  const asked: Promise<void>[] = [];
  for (const shard of shards) {
    shard.once('death', () => asked.push(group.respawn({ delay: 0, timeout: 1_000 }, shard)));
  }
  const respawned = group.respawn({ delay: 0, timeout: 1_000 }, shards[0]);
  await settled();
  becomeReady();
  await Promise.all([respawned, ...asked]);
  expect([asked.length, children.length]).toEqual([2, 2]);
});

test('after a death each shard may ask for a start once, and all get the same', async () => {
  const { group, children, becomeReady, first, second } = await createReady();
  expect([group.mayStart(first), group.mayStart(second)]).toEqual([false, false]);
  group.kill();
  expect([group.mayStart(first), group.mayStart(second)]).toEqual([true, true]);
  const one = group.spawn(1_000, first);
  expect([group.mayStart(first), group.mayStart(second)]).toEqual([false, true]);
  await settled();
  becomeReady();
  await one;
  expect([group.mayStart(first), group.mayStart(second)]).toEqual([false, true]);
  await group.spawn(1_000, second);
  expect([group.mayStart(first), group.mayStart(second), children.length]).toEqual([false, false, 2]);
});

test('a shard that is dead ends nothing while a sibling starts again', async () => {
  const { group, cluster, becomeReady, first, second } = await createReady();
  group.kill(first);
  const one = group.spawn(1_000, first);
  group.kill(second);
  await settled();
  becomeReady();
  await one;
  expect(cluster.state).toBe('ready');
  group.kill(second);
  expect(cluster.state).toBe('stopping');
});

test('nobody may ask for a start beside a restart that comes by itself', async () => {
  const { group, cluster, last, becomeReady, first, second } = await createReady();
  await last().die();
  const back = new Promise<void>((resolve) => cluster.once('ready', resolve));
  void cluster.spawn();
  becomeReady();
  await back;
  expect([group.mayStart(first), group.mayStart(second)]).toEqual([false, false]);
  group.kill();
});
