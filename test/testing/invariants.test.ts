import { describe, expect, test } from 'vitest';
import { isShardliftError } from '../../src/errors.ts';
import { createDiscord } from '../../src/testing/index.ts';
import { RawBot } from './raw-bot.ts';

describe('the loopback Discord notices', () => {
  test('two live sessions of one shard', async () => {
    await using discord = await createDiscord({ time: { identifyWindow: 0 } });
    await using one = new RawBot(discord);
    await one.identify({ shard: [1, 2] });
    await one.event('READY');
    expect(discord.violations()).toEqual([]);
    await using two = new RawBot(discord);
    await two.identify({ shard: [1, 2] });
    await two.event('READY');
    expect(discord.violations()).toMatchObject([{ invariant: 'oneSessionPerShard', shard: 1 }]);
  });

  test('a guild that two sessions with different totals own', async () => {
    await using discord = await createDiscord({ guilds: 12, time: { identifyWindow: 0 } });
    await using one = new RawBot(discord);
    await one.identify({ shard: [1, 2] });
    await one.event('READY');
    await using two = new RawBot(discord);
    await two.identify({ shard: [0, 3] });
    await two.event('READY');
    const shared = discord.truth
      .guildIds({ shard: 0, totalShards: 3 })
      .find((id) => discord.truth.shardOf(id, 2) === 1);
    expect(discord.violations('guildOwnedOnce')[0]?.message).toBe(
      `guild ${shared} is owned by shard 1 of 2 and by shard 0 of 3`,
    );
  });

  test('nothing of the kind when the sets are apart', async () => {
    await using discord = await createDiscord({ guilds: 12, time: { identifyWindow: 0 }, strict: ['guildOwnedOnce'] });
    await using one = new RawBot(discord);
    await one.identify({ shard: [1, 2] });
    await one.event('READY');
    await using two = new RawBot(discord);
    await two.identify({ shard: [2, 4] });
    await two.event('READY');
    expect(discord.violations()).toEqual([]);
  });

  test('a bot that stops sending heartbeats, and closes it with 4009', async () => {
    await using discord = await createDiscord({ gateway: { heartbeatInterval: 200 } });
    await using bot = new RawBot(discord);
    await bot.identify();
    expect(await bot.closed).toBe(4009);
    expect(discord.violations()).toMatchObject([{ invariant: 'heartbeatOnTime', shard: 0 }]);
  });

  test('who is still connected when it stops', async () => {
    const discord = await createDiscord({ strict: true });
    await using bot = new RawBot(discord);
    await bot.identify();
    await bot.event('READY');
    const stopped = discord.stop();
    await expect(stopped).rejects.toMatchObject({
      code: 'LOOPBACK_VIOLATIONS',
      details: { violations: ['nothingLeftConnected: shard 0 is still connected'] },
    });
    expect(await bot.closed).toBe(1006);
  });
});

describe('stop()', () => {
  test('throws in strict mode, with every broken rule in the message', async () => {
    const discord = await createDiscord({ strict: true });
    await using bot = new RawBot(discord);
    await bot.identify({ shard: [5, 2] });
    await bot.closed;
    const error = await discord.stop().catch((reason: unknown) => reason);
    expect(isShardliftError(error, 'LOOPBACK_VIOLATIONS')).toBe(true);
    expect(String(error)).toContain('shardInRange: IDENTIFY with the shard [5,2]');
  });

  test('throws only for the invariants that strict names', async () => {
    const discord = await createDiscord({ strict: ['identifyPace'] });
    await using bot = new RawBot(discord);
    await bot.identify({ shard: [5, 2] });
    await bot.closed;
    await discord.stop();
    expect(discord.violations('shardInRange')).toHaveLength(1);
  });

  test('frees the port, may be called twice, and answers nobody afterwards', async () => {
    const discord = await createDiscord({ strict: true });
    expect((await fetch(`${discord.rest.url}/v10/gateway`)).status).toBe(200);
    await discord.stop();
    await discord.stop();
    await expect(fetch(`${discord.rest.url}/v10/gateway`)).rejects.toThrow();
  });
});
