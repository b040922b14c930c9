/** test/compat/shard-groups: each shard has one cluster, whatever users do with Shards. */
import { EventEmitter } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { GroupedShard } from '../../compat/grouped-shard.ts';
import { Hints } from '../../compat/hints.ts';
import { ShardGroup } from '../../compat/shard-group.ts';
import { ShardGroups } from '../../compat/shard-groups.ts';
import type { EvalCaller } from '../../src/extend.ts';
import { fakeCluster, settled } from '../cluster/fake-child.ts';

type Fake = ReturnType<typeof fakeCluster>;

function createShard(id: number): GroupedShard {
  const settings = { id, args: [], execArgv: undefined, env: {}, silent: false };
  const state = { ready: false, process: null, worker: null, send: () => Promise.resolve() };
  return Object.assign(new EventEmitter(), settings, state);
}

const running: Fake[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ cluster }) => cluster.kill())));

function createGroups() {
  const shards = new Map<number, GroupedShard>();
  const fakes = new Map<number, Fake>();
  const plans: string[] = [];
  const create = (id: number): GroupedShard => {
    const shard = createShard(id);
    shards.set(id, shard);
    return shard;
  };
  const groups = new ShardGroups({
    shards: () => shards,
    createShard: create,
    make(id, members) {
      const fake = fakeCluster({ shards: members.map((shard) => shard.id) });
      running.push(fake);
      fakes.set(id, fake);
      const none = { caller: {} as EvalCaller, environment: () => ({}), onChange: () => undefined };
      const desk = { handlers: [], values: async () => [], respawnAll: async () => undefined, warn: () => undefined };
      const hints = new Hints(() => console);
      const bot = { mode: () => 'process' as const, heard: () => Promise.resolve(), desk, hints };
      return new ShardGroup({ cluster: fake.cluster, shards: members, ...none, ...bot });
    },
    onPlan: (plan) => plans.push(JSON.stringify(plan)),
    onChange: () => undefined,
  });
  return { groups, shards, fakes, plans, create };
}

/** Two shards in one cluster, both ready. */
async function createPair() {
  const made = createGroups();
  made.groups.layOut([0, 1], (list) => [list]);
  const group = made.groups.take(0, [made.create(0), made.create(1)]);
  const fake = made.fakes.get(0) as Fake;
  const spawned = group.spawn(1_000);
  fake.becomeReady();
  await spawned;
  return { ...made, group, fake };
}

test('a list takes room for those shards alone that were not started by hand before', () => {
  const { groups, plans, create } = createGroups();
  groups.takeIn(create(1));
  groups.layOut([0, 1, 2], (list) => [list]);
  expect(plans).toEqual(['[[1]]', '[[1],[0,2]]']);
  expect([groups.idle([0, 1, 2]), groups.idle([1])]).toEqual([[0, 1], [0]]);
});

test('a shard that is started by hand before its turn takes its whole cluster along, siblings made for it', () => {
  const { groups, shards, create } = createGroups();
  groups.layOut([2, 3], (list) => [list]);
  const group = groups.takeIn(create(3));
  expect([group.shards.map(({ id }) => id), [...shards.keys()]]).toEqual([
    [2, 3],
    [3, 2],
  ]);
});

test('a Shard that is made anew ends what the old one ran, and its start is that of the same cluster', async () => {
  const { groups, create, group, fake, shards, fakes } = await createPair();
  const old = shards.get(0) as GroupedShard;
  const deaths: unknown[] = [];
  for (const shard of shards.values()) shard.on('death', () => deaths.push(shard.id));
  const shard = create(0);
  expect(groups.of(shard)).toBeUndefined();
  expect([groups.takeIn(shard), groups.of(shard), groups.of(old)]).toEqual([group, group, undefined]);
  expect(deaths).toEqual([0, 1]);
  const spawned = group.spawn(1_000, shard);
  await settled();
  fake.becomeReady();
  await spawned;
  expect([old.process, shard.process === null, shard.ready, shards.get(1)?.ready]).toEqual([null, false, true, true]);
  expect([fake.children.length, fakes.size]).toEqual([2, 1]);
});

test('a Shard that is made anew while a sibling starts joins that start', async () => {
  const { groups, create, group, fake, shards } = await createPair();
  group.kill();
  const first = group.spawn(1_000, shards.get(0));
  await settled();
  fake.becomeReady();
  await first;
  const shard = create(1);
  const heard: string[] = [];
  for (const event of ['spawn', 'ready']) shard.on(event, () => heard.push(event));
  await groups.takeIn(shard).spawn(1_000, shard);
  expect([heard, shard.ready, fake.children.length]).toEqual([['spawn', 'ready'], true, 2]);
});

test('a Shard that was replaced starts nothing beside its successor', async () => {
  const { groups, create, group, fake, shards } = await createPair();
  const old = shards.get(0) as GroupedShard;
  const shard = create(0);
  const spawned = groups.takeIn(shard).spawn(1_000, shard);
  await settled();
  fake.becomeReady();
  await spawned;
  expect(() => groups.takeIn(old)).toThrow('Shard 0 already has an active process.');
  group.kill();
  expect(groups.takeIn(old)).toBe(group);
});

test('what the manager has let go of is not among the current clusters', async () => {
  const { groups, group, shards } = await createPair();
  expect(groups.current).toEqual([group]);
  shards.delete(1);
  expect(groups.current).toEqual([group]);
  shards.clear();
  expect(groups.current).toEqual([]);
});
