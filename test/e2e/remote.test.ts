/** test/e2e/remote: objects that bots and their manager expose to each other. */
import { proxy } from 'comlink';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFleet, type Fleet, failureOf } from './fleet.ts';

interface Api {
  id: number;
  echo(value: unknown): unknown;
  hang(): void;
  exit(): void;
  each(count: number, callback: (n: number) => unknown): unknown[];
  subscribe(listener: (news: string) => unknown): void;
  tell(news: string): { value?: unknown; code?: string }[];
}

/** What a call of a bot's came to. */
interface Came {
  readonly value?: unknown;
  readonly code?: string;
  readonly cause?: unknown;
}

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await createFleet({
      bot: 'exposes.cjs',
      discord: { gateway: { shards: 3 } },
      options: { mode, shardsPerCluster: 1, restarts: { firstMs: 400, maxMs: 400 } },
    });
    await fleet.manager.spawn();
  });
  afterAll(async () => await fleet[Symbol.asyncDispose]());

  const ask = <T = Came>(cluster: number, name: string, data?: unknown): Promise<T> =>
    fleet.manager.ipc.requestTo<T>(cluster, name, data, { whenUnavailable: 'wait' });
  const guildIn = (shard: number): string => fleet.discord.truth.guildIds({ shard, totalShards: 3 })[0] as string;

  test('an object is called by its owner, by another cluster and by the manager', async () => {
    for (const from of [0, 1]) {
      expect(await ask(from, 'call', { target: { cluster: 1 }, path: ['id'] })).toEqual({ value: 1 });
      expect(await ask(from, 'call', { target: { shard: 2 }, path: ['id'] })).toEqual({ value: 2 });
      const count = fleet.discord.truth.guildIds({ shard: 2, totalShards: 3 }).length;
      const target = { guild: guildIn(2) };
      expect(await ask(from, 'call', { target, path: ['guilds', 'count'], args: [] })).toEqual({ value: count });
    }
    const value = { at: new Date(0), ids: new Map([[1n, 'one']]) };
    expect(await fleet.manager.remote<Api>({ cluster: 1 }).echo(value)).toStrictEqual(value);
    expect(await ask(0, 'call', { target: { cluster: 2 }, path: ['fail'], args: [] })).toMatchObject({
      code: 'HANDLER_FAILED',
      cause: 10_013,
    });
  });

  test('the manager exposes one too, and before it does, calls say so', async () => {
    const call = { target: 'manager', path: ['add'], args: [2, 3] };
    expect(await ask(1, 'call', call)).toMatchObject({ code: 'NOT_EXPOSED' });
    const takeBack = fleet.manager.expose({ add: (a: number, b: number) => a + b });
    expect(await ask(1, 'call', call)).toEqual({ value: 5 });
    takeBack();
    expect(await ask(1, 'call', call)).toMatchObject({ code: 'NOT_EXPOSED' });
  });

  test('callbacks are called where they are', async () => {
    expect(await ask(0, 'each', { target: { cluster: 2 }, count: 3 })).toEqual([0, 10, 20]);
    const got: number[] = [];
    await fleet.manager.remote<Api>({ cluster: 2 }).each(
      2,
      proxy((n: number) => got.push(n)),
    );
    expect(got).toEqual([0, 1]);
  });

  test('a call in flight when its cluster dies rejects, one that comes meanwhile too, or waits for the next', async () => {
    const { manager } = fleet;
    await ask(0, 'subscribe', { cluster: 1 });
    await ask(1, 'subscribe', { cluster: 0 });
    expect(await manager.remote<Api>({ cluster: 0 }).tell('first')).toEqual([{ value: 1 }]);
    const remote = manager.remote<Api>({ cluster: 1 });
    const near = failureOf(remote.hang());
    const far = ask(0, 'call', { target: { cluster: 1 }, path: ['hang'], args: [] });
    await ask(0, 'call', { target: { cluster: 1 }, path: ['id'] });
    await failureOf(remote.exit());
    expect(await near).toMatchObject({ code: 'LINK_CLOSED' });
    expect(await far).toMatchObject({ code: 'LINK_CLOSED' });
    // It starts again in 400 ms.
    expect(await failureOf(remote.id)).toMatchObject({ code: 'NO_ROUTE' });
    expect(await ask(0, 'call', { target: { cluster: 1 }, path: ['id'] })).toMatchObject({ code: 'NO_ROUTE' });
    const wait = { whenUnavailable: 'wait' } as const;
    const call = { target: { cluster: 1 }, path: ['id'], options: wait };
    expect(await Promise.all([manager.remote<Api>({ cluster: 1 }, wait).id, ask(0, 'call', call)])).toEqual([
      1,
      { value: 1 },
    ]);
  });

  test('a callback of a cluster that died is gone, and its successor is not taken for it', async () => {
    const [told] = await fleet.manager.remote<Api>({ cluster: 0 }).tell('second');
    expect(told).toMatchObject({ code: 'CALLBACK_GONE' });
    expect(await ask(1, 'heard')).toEqual([]);
    // Cluster 0 no longer holds what cluster 1 lent, nor does cluster 1 hold anything of cluster 0's.
    for (const id of [0, 1]) await expect.poll(() => ask<number>(id, 'inFlight')).toBe(0);
  });
});
