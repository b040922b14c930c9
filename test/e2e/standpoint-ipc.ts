/** test/e2e/standpoint-ipc: named requests, as the tables of standpoints.test say. */
import { expect } from 'vitest';
import { type Case, fails, gives } from './standpoint-case.ts';
import { type Call, call, isGone, type Outcome, type Standpoint, type Thing } from './standpoints.ts';

const data = { at: new Date(7), of: new Map([[1n, 'one']]) };
const callerOf = (at: Standpoint): number => (at === 'owner' ? 1 : 0);

/** What the handler `who` answers to the caller. */
const who = (cluster: number | 'manager', shardId: number | null, at: Standpoint) => ({
  cluster,
  data,
  from: `cluster:${callerOf(at)}`,
  shardId,
});

/** Cluster 1 answers, or cannot be reached; once it is dead for good the error says why. */
const byOwner =
  (shardId: number | null = null): Case['ends'] =>
  (at): Outcome => {
    if (!isGone(at)) return { value: who(1, shardId, at) };
    const why = { reason: expect.any(String) };
    return { code: 'NO_ROUTE', details: { to: 'cluster:1', ...(at === 'dead' && why) } } as Outcome;
  };

const target = (title: string, to: (thing: Thing) => object): Case => ({
  title: `ipc.request to ${title}`,
  call: (thing) => call('ipc.request', 'who', data, { to: to(thing) }),
  ends: byOwner(),
});

const oneCases: readonly Case[] = [
  {
    title: 'ipc.request to whoever is free: the caller itself',
    call: () => call('ipc.request', 'who', data),
    ends: (at) => ({ value: who(callerOf(at), null, at) }),
  },
  target('a cluster', () => ({ cluster: 1 })),
  target('the cluster of a shard', () => ({ shard: 3 })),
  target('the cluster of a guild', ({ guild }) => ({ guild: guild.id })),
  {
    title: 'ipc.request to a shard that is none',
    call: () => call('ipc.request', 'who', data, { to: { shard: 4 } }),
    ends: fails('UNKNOWN_TARGET'),
  },
  { title: 'ipc.requestTo', call: () => call('ipc.requestTo', 1, 'who', data), ends: byOwner() },
  {
    title: 'ipc.requestTo that waits for its cluster',
    call: () => call('ipc.requestTo', 1, 'who', data, { whenUnavailable: 'wait', timeoutMs: 1_000 }),
    ends: (at, thing) => (at === 'waiting' ? { code: 'CALL_TIMEOUT' } : byOwner()(at, thing)),
  },
  {
    title: 'ipc.requestTo a cluster that is none',
    call: () => call('ipc.requestTo', 2, 'who', data),
    ends: fails('UNKNOWN_TARGET'),
  },
  {
    title: 'ipc.requestTo for a name nobody answers',
    call: () => call('ipc.requestTo', 1, 'nothing'),
    ends: (at) =>
      isGone(at)
        ? { code: 'NO_ROUTE' }
        : {
            code: 'NO_HANDLER',
            details: { name: 'nothing', on: 'cluster:1', known: ['attempt', 'heard', 'natively', 'three', 'who'] },
          },
  },
  { title: 'ipc.requestToShard', call: () => call('ipc.requestToShard', 2, 'who', data), ends: byOwner(2) },
  {
    title: 'ipc.requestToShard of a shard that is none',
    call: () => call('ipc.requestToShard', 4, 'who', data),
    ends: fails('UNKNOWN_TARGET'),
  },
  {
    title: 'ipc.requestToGuild',
    call: ({ guild }) => call('ipc.requestToGuild', guild.id, 'who', data),
    ends: byOwner(),
  },
  {
    title: 'ipc.requestToGuild of no id',
    call: () => call('ipc.requestToGuild', 'x', 'who', data),
    ends: fails('UNKNOWN_TARGET'),
  },
  {
    title: 'ipc.requestManager',
    call: () => call('ipc.requestManager', 'who', data),
    ends: (at) => ({ value: who('manager', null, at) }),
  },
  {
    title: 'ipc.requestManager for a name it does not answer',
    call: () => call('ipc.requestManager', 'nothing'),
    ends: fails('NO_HANDLER'),
  },
];

/** The answers of all, or why there is none. */
const all = (at: Standpoint, ofShards: boolean): Outcome => {
  const entry = (id: number, cluster: number) =>
    cluster === 1 && isGone(at) ? [id, 'NO_ROUTE'] : [id, who(cluster, ofShards ? id : null, at)];
  const entries = ofShards ? [0, 1, 2, 3].map((id) => entry(id, id >> 1)) : [0, 1].map((id) => entry(id, id));
  // One that is starting answers, from half full caches.
  return { value: { allOk: !isGone(at) && at !== 'starting', entries } };
};

const three = (then: string): Call => ({ ...call('ipc.requestAll', 'three'), then });

const allCases: readonly Case[] = [
  { title: 'ipc.requestAll', call: () => call('ipc.requestAll', 'who', data), ends: (at) => all(at, false) },
  {
    title: 'ipc.requestAll for a name nobody answers',
    call: () => call('ipc.requestAll', 'nothing'),
    ends: (at) => ({
      value: {
        allOk: false,
        entries: [
          [0, 'NO_HANDLER'],
          [1, isGone(at) ? 'NO_ROUTE' : 'NO_HANDLER'],
        ],
      },
    }),
  },
  {
    title: 'ipc.requestAll, the values that came',
    call: () => three('values'),
    ends: (at) => ({ value: isGone(at) ? [3] : [3, 3] }),
  },
  { title: 'ipc.requestAll, their sum', call: () => three('sum'), ends: (at) => ({ value: isGone(at) ? 3 : 6 }) },
  {
    title: 'ipc.requestAll, all values or none',
    call: () => three('valuesOrThrow'),
    ends: (at) =>
      isGone(at)
        ? { code: 'PARTIAL_RESULT', details: expect.objectContaining({ failed: [1], of: 2 }) }
        : { value: [3, 3] },
  },
  { title: 'ipc.requestAllShards', call: () => call('ipc.requestAllShards', 'who', data), ends: (at) => all(at, true) },
];

const ownCases: readonly Case[] = [
  {
    title: 'ipc.handle, then the other cluster or the caller asked for it',
    prepare: (stage) => stage.attempt(call('ipc.handle', 'own', { made: 'handler' })),
    call: () => call('ipc.request', 'own'),
    ends: (at) => ({ value: callerOf(at) }),
    after: async (stage) => {
      const again = call('ipc.handle', 'own', { made: 'handler' });
      expect(await stage.attempt(again)).toMatchObject({ code: 'DUPLICATE_HANDLER' });
      expect(await stage.attempt(call('ipc.removeHandler', 'own'))).toEqual({ value: true });
      expect(await stage.attempt(call('ipc.requestTo', stage.caller, 'own'))).toMatchObject({ code: 'NO_HANDLER' });
    },
  },
  { title: 'ipc.removeHandler of none', call: () => call('ipc.removeHandler', 'own'), ends: gives(false) },
];

export const ipcCases: readonly Case[] = [...oneCases, ...allCases, ...ownCases];
