/** test/e2e/handlers: handlers files, CommonJS and ES module, are loaded before the bot is ready. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFleet, failureOf, fixture } from './fleet.ts';

const handlers = ['./with a space #1/handlers.cjs', './handlers.mjs'];

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  test('both kinds of file answer, and did so when the bot became ready', async () => {
    await using fleet = await createFleet({ bot: 'notes-handlers.cjs', options: { mode, handlers } });
    const { ipc } = fleet.manager;
    await fleet.manager.spawn();
    const [count, data, cluster] = await ipc.requestTo<[number, string, number]>(1, 'fromCjs', 'hello');
    const own = [2, 3].flatMap((shard) => fleet.discord.truth.guildIds({ shard, totalShards: 4 }));
    expect([count, data, cluster]).toEqual([own.length, 'hello', 1]);
    expect(await ipc.requestTo(0, 'fromMjs', { name: 'bot' })).toEqual({ name: 'bot', ready: true });
    await expect
      .poll(() => ipc.requestAll('handlersAtReady').values())
      .toEqual([
        ['fulfilled', 'fulfilled'],
        ['fulfilled', 'fulfilled'],
      ]);
    const perShard = (await ipc.requestAllShards<[number]>('fromCjs')).map(([guilds]) => guilds);
    expect(perShard).toEqual(
      [0, 1, 2, 3].map((shard) => fleet.discord.truth.guildIds({ shard, totalShards: 4 }).length),
    );
  });

  test('the manager answers the handlers of its own file, also before any bot is ready', async () => {
    const managerHandlers = fixture('manager-handlers.cjs');
    await using fleet = await createFleet({ bot: 'asks-manager.cjs', options: { mode, managerHandlers } });
    await fleet.manager.spawn();
    const { ipc } = fleet.manager;
    const told = { clusters: 2, from: 'cluster:1', same: true, signal: true };
    expect(await ipc.requestTo(1, 'early')).toMatchObject({ data: 'early', from: 'cluster:1' });
    expect(await ipc.requestTo(1, 'ask', { name: 'clusters', data: 'late' })).toEqual({ ...told, data: 'late' });
    const refused = await failureOf(ipc.requestTo(0, 'ask', { name: 'refuse' }));
    expect(refused).toMatchObject({ cause: { code: 'HANDLER_FAILED', cause: { name: 'RangeError' } } });
    const unknown = await failureOf(ipc.requestTo(0, 'ask', { name: 'clutsers' }));
    expect(unknown.message).toContain('Known names: clusters, refuse');
  });

  test('a request that came before the client was made finds the handlers that are added with it', async () => {
    await using fleet = await createFleet({ bot: 'makes-its-client-late.cjs', options: { mode, respawn: false } });
    await fleet.manager.spawn({ timeoutMs: null });
    const { ipc } = fleet.manager;
    expect(await Promise.all([ipc.requestTo(0, 'first'), ipc.requestTo(0, 'second')])).toEqual([1, 2]);
  });

  test('a file that cannot be used keeps the bot from logging in, and the error names it', async () => {
    await using fleet = await createFleet({
      bot: 'bot.cjs',
      options: { mode, handlers: './throws-at-top.cjs', respawn: false },
    });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'CLUSTER_DIED', message: expect.stringContaining('throws-at-top.cjs') });
    expect(fleet.discord.timeline('identify')).toEqual([]);
  });

  test('a bot that becomes ready without having loaded its handlers fails its start, and is not tried again', async () => {
    const bot = 'passes-by-login.cjs';
    await using fleet = await createFleet({ bot, options: { mode, handlers, totalShards: 1 } });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'HANDLERS_NOT_LOADED', details: { cluster: 0 } });
    expect(error.message).toContain('handlers.mjs');
    expect(fleet.manager.clusters.get(0)?.state).toBe('failed');
  });

  test('a bot that loads them by hand is ready without client.login()', async () => {
    const [bot, env] = ['passes-by-login.cjs', { LOADS: 'yes' }];
    await using fleet = await createFleet({ bot, env, options: { mode, handlers, totalShards: 1 } });
    await fleet.manager.spawn();
    expect(await fleet.manager.ipc.request('fromMjs', { name: 'x' })).toEqual({ name: 'x', ready: true });
  });

  test('a file that was edited between two starts is told, with the names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shardlift-edited-'));
    const file = join(folder, 'handlers.cjs');
    writeFileSync(file, 'exports.handlers = { stays: () => 1, goes: () => 2 };');
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, handlers: file } });
    await fleet.manager.spawn();
    expect(fleet.logged.join()).not.toContain('other handlers');
    writeFileSync(file, 'exports.handlers = { stays: () => 1, comes: () => 3 };');
    await fleet.manager.clusters.get(1)?.respawn();
    expect(fleet.logged.join()).toContain('than cluster 0, which runs: without goes; with comes in addition');
    expect(await fleet.manager.ipc.requestTo(1, 'comes')).toBe(3);
    rmSync(folder, { recursive: true });
  });

  test('a file that throws an error with the token shows it nowhere', async () => {
    await using fleet = await createFleet({
      bot: 'bot.cjs',
      options: { mode, handlers: './throws-its-token.cjs', respawn: false, totalShards: 1 },
    });
    const error = await failureOf(fleet.manager.spawn());
    expect(error.message).toContain('it throws: login with [token] failed');
    expect(error.message + fleet.logged.join('\n')).not.toContain(fleet.discord.token);
  });
});
