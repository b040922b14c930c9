import { describe, expect, test } from 'vitest';
import { IdentifyLedger } from '../../src/testing/identify-ledger.ts';
import { createDiscord } from '../../src/testing/index.ts';
import { run } from './program.ts';
import { RawBot } from './raw-bot.ts';
import { readyClient } from './ready-client.ts';

describe('two processes that identify at the same time', () => {
  test('break the pace of one key: op 9, written down, and both get in later', async () => {
    await using discord = await createDiscord({ guilds: 4, time: { identifyWindow: 1500 } });
    const shard = (id: number) => run('bot.cjs', { ...discord.env, SHARDS: String(id), SHARD_COUNT: '2' });
    await using one = shard(0);
    await using two = shard(1);
    await discord.waitFor('ready', { shards: 2 });
    const [violation, ...more] = discord.violations('identifyPace');
    expect(more).toEqual([]);
    expect(violation?.message).toMatch(/^shard [01] identified \d+ ms after the last shard of key 0; 1500 ms apart/);
    expect(discord.timeline('identifyRefused').map((event) => event.detail.code)).toEqual([9]);
    expect(discord.timeline('identify')).toHaveLength(3);
    for (const program of [one, two]) program.child.kill('SIGKILL');
    await Promise.all([one.ended, two.ended]);
  });

  test('may do so when their keys differ', async () => {
    await using discord = await createDiscord({ guilds: 4, gateway: { maxConcurrency: 2 }, strict: true });
    await using one = run('bot.cjs', { ...discord.env, SHARDS: '0', SHARD_COUNT: '2' });
    await using two = run('bot.mjs', { ...discord.env, SHARDS: '1', SHARD_COUNT: '2' });
    await discord.waitFor('ready', { shards: 2 });
    expect(discord.timeline('identify')).toHaveLength(2);
    for (const program of [one, two]) program.child.kill('SIGKILL');
    await Promise.all([one.ended, two.ended]);
  });
});

describe('the session start limit', () => {
  test('is told by GET /gateway/bot and counts down', async () => {
    const sessionStartLimit = { total: 9, remaining: 3, resetAfter: 60_000 };
    await using discord = await createDiscord({ gateway: { sessionStartLimit }, strict: true });
    await using client = await readyClient(discord);
    const answer = (await client.rest.get('/gateway/bot')) as { session_start_limit: Record<string, number> };
    expect(answer.session_start_limit).toMatchObject({ total: 9, remaining: 2, max_concurrency: 1 });
    expect(answer.session_start_limit.reset_after).toBeLessThanOrEqual(60_000);
  });

  test('once overdrawn resets the token: every session is closed with 4004 and REST answers 401', async () => {
    await using discord = await createDiscord({ gateway: { maxConcurrency: 2 } });
    const { token } = discord;
    await using first = new RawBot(discord);
    await first.identify({ shard: [0, 2] });
    await first.event('READY');
    discord.exhaustSessions();
    await using second = new RawBot(discord);
    await second.identify({ shard: [1, 2] });
    expect(await Promise.all([first.closed, second.closed])).toEqual([4004, 4004]);
    const { status } = await fetch(`${discord.rest.url}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
    expect(status).toBe(401);
    expect(discord.violations().map((violation) => violation.invariant)).toEqual(['sessionBudget']);
    expect(discord.token).not.toBe(token);
  });
});

describe('the ledger', () => {
  const limit = { total: 3, remaining: 2, resetAfterMs: 1_000 };

  test('lets one shard of a key through per window, whatever a refused one tried in between', () => {
    const ledger = new IdentifyLedger({ maxConcurrency: 2, windowMs: 100, limit: { ...limit, remaining: 9 } }, 0);
    expect(ledger.judge(0, 0)).toEqual({ kind: 'granted' });
    expect(ledger.judge(1, 0)).toEqual({ kind: 'granted' });
    expect(ledger.judge(2, 99)).toEqual({ kind: 'early', key: 0, sinceLastMs: 99 });
    expect(ledger.judge(2, 100)).toEqual({ kind: 'granted' });
  });

  test('is full again when its time is up', () => {
    const ledger = new IdentifyLedger({ maxConcurrency: 1, windowMs: 0, limit }, 0);
    expect([ledger.judge(0, 1).kind, ledger.judge(0, 2).kind, ledger.judge(0, 3).kind]).toEqual([
      'granted',
      'granted',
      'exhausted',
    ]);
    expect(ledger.limit(999)).toEqual({ total: 3, remaining: 0, resetAfterMs: 1 });
    expect(ledger.limit(1_000)).toEqual({ total: 3, remaining: 3, resetAfterMs: 1_000 });
  });
});
