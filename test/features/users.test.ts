/** test/features/users: users belong to nobody: any cache will do, and any cluster can write to them. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { DirectRequest, UserDesk } from '../../src/discord/user-desk.ts';
import { serveUsers, Users } from '../../src/features/users.ts';
import { clusterAt, createFleet, plan, type TestFleet } from './nodes.ts';

let log: string[];
let fleet: TestFleet;
let desks: UserDesk[];

const user = (id: string, username: string) => ({ id, username });
/** Cluster 1 has user 11 in its cache, clusters 1 and 2 have user 12; Discord knows user 99 too. */
function deskOf(id: number): UserDesk {
  const caches: Readonly<Record<number, readonly string[]>> = { 0: [], 1: ['11', '12'], 2: ['12'] };
  return {
    cached: (userId: string) => (caches[id]?.includes(userId) ? user(userId, `cached in ${id}`) : undefined),
    fetch: async (userId: string) => {
      log.push(`${id} fetch ${userId}`);
      return userId === '99' ? user(userId, 'by REST') : null;
    },
    send: async ({ userId, message }: DirectRequest) => {
      log.push(`${id} send ${userId} ${message.body.content}`);
      return { id: '1' };
    },
  } as unknown as UserDesk;
}

beforeEach(() => {
  fleet = createFleet();
  log = [];
  desks = plan.map((_shards, id) => deskOf(id));
  for (const { id, node } of fleet.clusters) serveUsers(node.peer, desks[id] as UserDesk);
});
const clusterOfGuild = () => 0;
const usersOf = (id: number): Users =>
  new Users({ peer: clusterAt(fleet, id).node.peer, plan: () => plan, clusterOfGuild, self: id }, desks[id]);
const ofManager = (): Users =>
  new Users({ peer: fleet.manager.node.peer, plan: () => plan, clusterOfGuild, self: undefined });
const die = async (id: number) => {
  clusterAt(fleet, id).die();
  await new Promise((resolve) => setImmediate(resolve));
};

describe('a user', () => {
  test('comes from the own cache, else from that of any cluster', async () => {
    expect(await usersOf(2).fetch('12')).toMatchObject({ username: 'cached in 2' });
    expect(await usersOf(0).fetch('11')).toMatchObject({ username: 'cached in 1' });
    expect(await ofManager().fetch('11')).toMatchObject({ username: 'cached in 1' });
    expect(log).toEqual([]);
  });

  test('nobody has is asked of Discord once, for the manager by a cluster that is up', async () => {
    expect(await usersOf(2).fetch('99')).toMatchObject({ username: 'by REST' });
    expect(await usersOf(2).fetch('98')).toBeNull();
    await die(0);
    expect(await ofManager().fetch('99')).toMatchObject({ username: 'by REST' });
    expect(log).toEqual(['2 fetch 99', '2 fetch 98', '1 fetch 99']);
  });

  test('is asked of Discord whatever the caches hold when the answer must be fresh', async () => {
    expect(await usersOf(1).fetch('11', { force: true })).toBeNull();
    expect(log).toEqual(['1 fetch 11']);
  });

  test('is cached where it is, and a cluster that is down has nobody', async () => {
    expect(await usersOf(2).whereCached('12')).toEqual([1, 2]);
    expect(await ofManager().whereCached('11')).toEqual([1]);
    await die(1);
    expect(await usersOf(2).whereCached('12')).toEqual([2]);
    expect(await usersOf(0).whereCached('11')).toEqual([]);
  });

  test('is not said to be cached nowhere when a cluster cannot tell', async () => {
    (desks[1] as { cached: unknown }).cached = () => {
      throw new Error('broken cache');
    };
    await expect(usersOf(0).whereCached('12')).rejects.toMatchObject({
      code: 'PARTIAL_RESULT',
      details: { failed: [1], of: 3, found: [2] },
      cause: { code: 'HANDLER_FAILED' },
    });
  });

  test('is not waited for longer than 2 s at a cluster that hangs', async () => {
    (desks[1] as { cached: unknown }).cached = () => new Promise(() => undefined);
    await expect(ofManager().whereCached('12')).rejects.toMatchObject({
      details: { failed: [1], found: [2] },
      cause: { code: 'CALL_TIMEOUT', details: { timeoutMs: 2_000 } },
    });
  });
});

describe('a direct message', () => {
  test('is sent from here, without a hop', async () => {
    await usersOf(1).send('11', 'hi');
    expect(log).toEqual(['1 send 11 hi']);
  });

  test('of the manager is sent by one cluster that is up', async () => {
    await die(0);
    await ofManager().send('11', { content: 'hi' });
    expect(log).toEqual(['1 send 11 hi']);
  });

  test('of the manager is not sent again when the one that was asked dies', async () => {
    const never = new Promise(() => undefined);
    (desks[0] as { send: unknown }).send = () => {
      log.push('0 send');
      return never;
    };
    const sending = ofManager().send('11', 'hi');
    await expect.poll(() => log).toEqual(['0 send']);
    clusterAt(fleet, 0).die();
    await expect(sending).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { by: 'cluster:0' } });
    expect(log).toEqual(['0 send']);
  });
});
