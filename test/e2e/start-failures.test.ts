/** test/e2e/start-failures: bots that cannot come up; the error says why, and Discord is not asked again and again. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createDiscord } from '../../src/testing/index.ts';
import { alive, createFleet, failureOf, fixture, until } from './fleet.ts';

const one = { totalShards: 1, respawn: false } as const;
const modes = ['process', 'worker'] as const;

/** Everything an error can show, its causes included. */
const allOf = (error: unknown): string => {
  const { message, stack, cause, details } = error as Error & { details?: unknown };
  return [message, stack, JSON.stringify(details), cause === undefined ? '' : allOf(cause)].join('\n');
};

describe.each(modes)('in %s mode, a bot', (mode) => {
  test('that throws while it loads is CLUSTER_DIED with the error it threw', async () => {
    await using fleet = await createFleet({ bot: 'throws-at-top.cjs', options: { ...one, mode } });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'CLUSTER_DIED', details: { cluster: 0, code: 1, signal: null } });
    expect(error.message).toContain("Cannot read properties of undefined (reading 'token')");
    expect(fleet.discord.timeline('identify')).toEqual([]);
  });

  test('that exits before it is ready is CLUSTER_DIED with code and last stderr, its token blotted out', async () => {
    await using fleet = await createFleet({ bot: 'exits-before-ready.cjs', options: { ...one, mode } });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'CLUSTER_DIED', details: { code: 3 } });
    expect(error.message).toContain('exit code 3');
    expect(error.message).toContain('cannot reach the database, gave up. My token is [token].');
    expect(allOf(error) + fleet.logged.join()).not.toContain(fleet.discord.token);
  });

  test('that comes to its end without a client is not kept alive, and is CLUSTER_DIED', async () => {
    await using fleet = await createFleet({ bot: 'does-nothing.cjs', options: { ...one, mode } });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'CLUSTER_DIED', details: { code: 0 } });
    expect(error.message).toContain('nothing to do');
  });

  test('that throws an error with its token shows it nowhere', async () => {
    await using fleet = await createFleet({
      bot: 'throws-its-token.cjs',
      options: { totalShards: 1, mode, restarts: { maxRestarts: 1, firstMs: 1, maxMs: 1 } },
    });
    const failed: unknown[] = [];
    fleet.manager.on('clusterCreate', (cluster) => cluster.on('failed', (error) => failed.push(error)));
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'CLUSTER_DIED' });
    await until(() => failed.length > 0, { what: 'the restarts to be used up' });
    const shown = [error, ...failed].map(allOf).join('\n') + fleet.logged.join('\n');
    expect(shown).toContain('login with [token] failed');
    expect(shown).not.toContain(fleet.discord.token);
  });

  test('that never logs in is READY_TIMEOUT, with what it said', async () => {
    await using fleet = await createFleet({ bot: 'never-logs-in.cjs', options: { ...one, mode } });
    const error = await failureOf(fleet.manager.spawn({ timeoutMs: 1_500 }));
    expect(error).toMatchObject({ code: 'READY_TIMEOUT', details: { missing: [0], timeoutMs: 1_500 } });
    expect(error.message).toContain('client.login()');
    expect(error.message).toContain('waiting for nothing');
    await until(() => fleet.manager.clusters.get(0)?.child === undefined, { what: 'it to be ended' });
    expect([...fleet.pids].filter(alive)).toEqual([]);
  });

  test('with a bad token of its own is TOKEN_REFUSED, tried once', async () => {
    const badToken = 'MTIz.bad.token-that-nobody-may-see';
    await using fleet = await createFleet({
      bot: 'own-token.cjs',
      options: { totalShards: 2, mode, restarts: { firstMs: 1, maxMs: 1 } },
      env: { OWN_TOKEN: badToken },
    });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'TOKEN_REFUSED' });
    await until(() => fleet.manager.clusters.get(0)?.state === 'failed', { what: 'the cluster to be given up' });
    expect(fleet.manager.clusters.get(0)?.incarnation).toBe(1);
    expect(fleet.discord.timeline('identify')).toEqual([]);
    expect(allOf(error)).not.toContain(badToken);
  });

  test('with intents that are not switched on is GATEWAY_REFUSED, tried once', async () => {
    await using fleet = await createFleet({
      bot: 'privileged.cjs',
      discord: { intents: { privileged: GatewayIntentBits.MessageContent } },
      options: { totalShards: 1, mode, restarts: { firstMs: 1, maxMs: 1 } },
    });
    const error = await failureOf(fleet.manager.spawn());
    expect(error).toMatchObject({ code: 'GATEWAY_REFUSED' });
    expect(error.message).toMatch(/4014.*privileged intents.*developer portal/);
    await until(() => fleet.manager.clusters.get(0)?.state === 'failed', { what: 'the cluster to be given up' });
    expect(fleet.manager.clusters.get(0)?.incarnation).toBe(1);
    expect(fleet.discord.timeline('connect')).toHaveLength(1);
  });

  test('that dies whenever it is ready is given up when its restarts are used up', async () => {
    await using fleet = await createFleet({
      bot: 'dies-when-ready.cjs',
      options: { totalShards: 1, mode, restarts: { firstMs: 1, maxMs: 1, maxRestarts: 3 } },
    });
    const failures: (Error & { code?: string })[] = [];
    fleet.manager.on('clusterCreate', (cluster) => cluster.on('failed', (error) => failures.push(error)));
    await fleet.manager.spawn().catch((error: Error) => expect(error).toMatchObject({ code: 'CLUSTER_DIED' }));
    await until(() => failures.length > 0, { what: 'the restarts to be used up' });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'RESTART_LIMIT', cause: { code: 'CLUSTER_DIED', details: { code: 9 } } });
    expect(fleet.manager.clusters.get(0)).toMatchObject({ state: 'failed', incarnation: 4 });
    expect(fleet.discord.timeline('identify')).toHaveLength(4);
    expect([...fleet.pids].filter(alive)).toEqual([]);
  });
});

describe('a token that Discord refuses', () => {
  test('starts no cluster at all', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { token: 'MTIz.bad.token' } });
    expect(await failureOf(fleet.manager.spawn())).toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(fleet.manager.clusters.size).toBe(0);
    expect(fleet.pids.size).toBe(0);
  });

  test('because it was reset while the bot ran ends every cluster for good', async () => {
    await using fleet = await createFleet({
      bot: 'bot.cjs',
      options: { restarts: { firstMs: 1, maxMs: 1 } },
    });
    await fleet.manager.spawn();
    const identifies = fleet.discord.timeline('identify').length;
    fleet.discord.resetToken();
    await until(() => fleet.manager.clusters.every(({ state }) => state === 'failed'), { what: 'all to be given up' });
    expect(fleet.discord.timeline('identify')).toHaveLength(identifies);
    expect(fleet.logged.filter((line) => line.includes("refuses the bot's token"))).toHaveLength(2);
    expect([...fleet.pids].filter(alive)).toEqual([]);
  });

  test('and a failing bot put the token into no output', async () => {
    await using discord = await createDiscord({ guilds: 2, gateway: { shards: 1 }, time: { identifyWindow: 100 } });
    const options = JSON.stringify({
      totalShards: 1,
      silent: true,
      restarts: { maxRestarts: 1, firstMs: 1, maxMs: 1 },
    });
    const manager = spawn(process.execPath, [fixture('manager.mjs'), './exits-before-ready.cjs', options], {
      env: { ...process.env, ...discord.env },
    });
    let output = '';
    for (const stream of [manager.stdout, manager.stderr]) stream.on('data', (chunk) => (output += chunk));
    await once(manager, 'close');
    expect(output).toContain('CLUSTER_DIED');
    expect(output).toContain('[token]');
    expect(output).not.toContain(discord.token);
  });
});

test('a manager without a file descriptor left says so, lives, and starts the cluster when there is one', async () => {
  const { DISCORD_TOKEN: _, ...env } = process.env;
  const limited = ['-c', 'ulimit -n 64 && exec "$@"', 'sh', process.execPath, fixture('runs-out-of-files.mjs')];
  const { stdout } = await promisify(execFile)('sh', limited, { env, timeout: 20_000 });
  expect(JSON.parse(stdout)).toEqual({
    code: 'CLUSTER_DIED',
    message: expect.stringContaining('EMFILE'),
    restarted: true,
  });
});
