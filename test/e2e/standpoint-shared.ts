/** test/e2e/standpoint-shared: store, events, stats and facts, as the tables of standpoints.test say. */
import { expect } from 'vitest';
import { type Case, fails, gives } from './standpoint-case.ts';
import { call, guildCount, isCached, isGone, type Stage, type Standpoint, type Thing } from './standpoints.ts';

const value = { at: new Date(7), of: new Map([[1n, 'one']]) };
const written = (key: string, what: unknown, options?: object) => (stage: Stage) =>
  stage.fleet.manager.store.set(key, what, options);
const holds = (key: string, what: unknown) => async (stage: Stage) =>
  expect(await stage.fleet.manager.store.get(key)).toEqual(what);

const storeCases: readonly Case[] = [
  {
    title: 'store.set',
    call: () => call('store.set', 'set', value),
    ends: gives(undefined),
    after: holds('set', value),
  },
  {
    title: 'store.get',
    prepare: written('get', value),
    call: () => call('store.get', 'get'),
    ends: gives(value),
  },
  { title: 'store.get of nothing', call: () => call('store.get', 'none'), ends: gives(undefined) },
  { title: 'store.has', prepare: written('has', 1), call: () => call('store.has', 'has'), ends: gives(true) },
  { title: 'store.has of what is over', call: () => call('store.has', 'none'), ends: gives(false) },
  {
    title: 'store.delete',
    prepare: written('delete', 1),
    call: () => call('store.delete', 'delete'),
    ends: gives(true),
    after: holds('delete', undefined),
  },
  {
    title: 'store.setIfAbsent where something is',
    prepare: written('absent', 1),
    call: () => call('store.setIfAbsent', 'absent', 2),
    ends: gives(false),
    after: holds('absent', 1),
  },
  {
    title: 'store.compareAndSet',
    prepare: written('swap', value),
    call: () => call('store.compareAndSet', 'swap', value, 2),
    ends: gives(true),
    after: holds('swap', 2),
  },
  {
    title: 'store.increment',
    prepare: written('number', 40),
    call: () => call('store.increment', 'number', 2),
    ends: gives(42),
  },
  {
    title: 'store.increment of what is no number',
    prepare: written('text', 'one'),
    call: () => call('store.increment', 'text'),
    ends: fails('NOT_A_NUMBER'),
  },
  {
    title: 'store.ttl',
    prepare: written('ttl', 1, { ttlMs: 3_600_000 }),
    call: () => call('store.ttl', 'ttl'),
    ends: () => ({ value: expect.closeTo(3_600_000, -5) }),
  },
  {
    title: 'store.touch',
    prepare: written('touch', 1),
    call: () => call('store.touch', 'touch', 0),
    ends: gives(true),
    after: holds('touch', undefined),
  },
  {
    title: 'store.getOrSet',
    call: () => call('store.getOrSet', 'computed', { made: 'three' }),
    ends: gives(3),
    after: holds('computed', 3),
  },
  {
    title: 'store.namespace, its keys',
    prepare: (stage) => stage.fleet.manager.store.namespace('rooms').set('a', 1),
    call: () => call('store.namespace(rooms).keys'),
    ends: gives(['a']),
  },
  { title: 'store.namespace, its size', call: () => call('store.namespace(rooms).size'), ends: gives(1) },
  { title: 'store.namespace, cleared', call: () => call('store.namespace(rooms).clear'), ends: gives(1) },
  {
    title: 'store.stats',
    call: () => call('store.stats'),
    ends: () => ({ value: expect.objectContaining({ evictions: 0 }) }),
  },
  { title: 'store.get of no key', call: () => call('store.get', ''), ends: fails('INVALID_KEY') },
];

/** What cluster 1 heard, or this cluster when nobody is there. */
const heardByOwner = async ({ fleet, at }: Stage): Promise<unknown> =>
  isGone(at) ? [] : fleet.manager.ipc.requestTo(1, 'heard');
/** Behind what the caller said before: order is kept per sender. */
const behind = (stage: Stage): Promise<unknown> => stage.attempt(call('events.broadcastAndWait', 'behind'));
const others = (at: Standpoint): unknown[] => (at === 'owner' ? ['manager', 0] : ['manager', 1]);

const eventCases: readonly Case[] = [
  {
    title: 'events.emitTo cluster 1',
    call: ({ user }: Thing) => call('events.emitTo', 1, 'note', { user, ...value }),
    ends: gives(undefined),
    after: async (stage, { user }) => {
      await behind(stage);
      expect(await heardByOwner(stage)).toEqual(isGone(stage.at) ? [] : [[{ user, ...value }, stage.caller]]);
    },
  },
  {
    title: 'events.emitTo a cluster that is none',
    call: () => call('events.emitTo', 2, 'note'),
    ends: fails('UNKNOWN_TARGET'),
  },
  {
    title: 'events.broadcast, itself included',
    call: () => call('events.broadcast', 'note', 1, { sendSelf: true }),
    ends: gives(undefined),
    after: async (stage) => {
      await behind(stage);
      expect(await heardByOwner(stage)).toEqual(isGone(stage.at) ? [] : [[1, stage.caller]]);
    },
  },
  {
    title: 'events.broadcastAndWait',
    call: () => call('events.broadcastAndWait', 'waited for', 1),
    ends: (at) => ({
      value: isGone(at)
        ? { acknowledged: ['manager'], failed: [], missing: [[1, 'NO_ROUTE']], allOk: false }
        : { acknowledged: others(at), failed: [], missing: [], allOk: true },
    }),
  },
  { title: 'events.on', call: () => call('events.on', 'x', { made: 'listener' }), ends: gives('itself') },
  { title: 'events.once', call: () => call('events.once', 'x', { made: 'listener' }), ends: gives('itself') },
  { title: 'events.listenerCount', call: () => call('events.listenerCount', 'x'), ends: gives(2) },
  { title: 'events.off', call: () => call('events.off', 'x', { made: 'listener' }), ends: gives('itself') },
];

const statsCases: readonly Case[] = [
  {
    title: 'stats',
    call: () => call('stats'),
    ends: (at) => {
      const one = (id: number, status: string) => expect.objectContaining({ id, status });
      const down = expect.objectContaining({
        missing: [{ id: 1, reason: expect.any(String) }],
        guilds: guildCount / 2,
      });
      if (isGone(at)) return { value: down };
      const clusters = [one(0, 'ready'), one(1, isCached(at) ? 'ready' : 'starting')];
      return {
        value: expect.objectContaining({
          complete: isCached(at),
          missing: [],
          clusters,
          guilds: isCached(at) ? guildCount : guildCount / 2,
        }),
      };
    },
  },
  {
    title: 'ping of cluster 1',
    call: () => call('ping', 1),
    ends: (at) => (isGone(at) ? { code: 'NO_ROUTE' } : { value: expect.any(Number) }),
  },
  { title: 'ping of itself', call: () => call('ping'), ends: gives(expect.any(Number)) },
  { title: 'findShard', call: () => call('findShard', String(2n << 22n)), ends: gives(2) },
  { title: 'findGuild', call: () => call('findGuild', String(2n << 22n)), ends: gives(1) },
  { title: 'findGuild of no id', call: () => call('findGuild', 'x'), ends: fails('UNKNOWN_TARGET') },
  { title: 'findCluster', call: () => call('findCluster', 3), ends: gives(1) },
  { title: 'totalShards', call: () => call('totalShards'), ends: gives(4) },
  { title: 'totalClusters', call: () => call('totalClusters'), ends: gives(2) },
  { title: 'isPrimary', call: () => call('isPrimary'), ends: (at) => ({ value: at !== 'owner' }) },
  {
    title: 'shards',
    call: () => call('shards'),
    ends: (at) => ({ value: at === 'owner' ? [2, 3] : [0, 1] }),
  },
  { title: 'ready', call: () => call('ready'), ends: gives(true) },
];

export const sharedCases: readonly Case[] = [...storeCases, ...eventCases, ...statsCases];
