import { once } from 'node:events';
import { Events } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createDiscord, type LoopbackDiscord } from '../../src/testing/index.ts';
import { RawBot } from './raw-bot.ts';
import { type DisposableClient, readyClient } from './ready-client.ts';

/** Collects what the client hears, in order. */
function listen(client: DisposableClient): string[] {
  const heard: string[] = [];
  client.on(Events.MessageCreate, (message) => heard.push(message.content));
  return heard;
}

/** Waits until the client heard this many messages; anything sent twice would be heard before the last one. */
async function heardAll(client: DisposableClient, heard: readonly string[], count: number): Promise<void> {
  while (heard.length < count) await new Promise((resolve) => client.once(Events.MessageCreate, resolve));
}

function say(discord: LoopbackDiscord, from: number, to: number): string[] {
  const contents = Array.from({ length: to - from }, (_, n) => `message ${from + n}`);
  for (const content of contents) discord.guild(0).message({ content });
  return contents;
}

describe('a shard that loses its connection', () => {
  test('by TCP resets in the middle of a burst hears every message exactly once, with one IDENTIFY', async () => {
    await using discord = await createDiscord({ strict: true });
    await using client = await readyClient(discord);
    const heard = listen(client);
    const said = say(discord, 0, 100);
    for (let round = 1; round <= 3; round += 1) {
      discord.shard(0).reset();
      said.push(...say(discord, round * 100, round * 100 + 100));
      await discord.waitFor('resumed', { count: round });
    }
    said.push(...say(discord, 400, 401));
    await heardAll(client, heard, said.length);
    expect(heard).toEqual(said);
    expect(discord.timeline('identify')).toHaveLength(1);
  });

  test('by op 7 or a closing code that allows it resumes', async () => {
    await using discord = await createDiscord({ strict: true });
    await using client = await readyClient(discord);
    const troubles = [
      () => discord.deploy(),
      () => discord.shard(0).disconnect({ code: 4000 }),
      () => discord.shard(0).invalidate({ resumable: true }),
    ];
    for (const trouble of troubles) {
      const resumed = once(client, Events.ShardResume);
      trouble();
      await resumed;
    }
    expect(discord.timeline('resumed')).toHaveLength(3);
    expect(discord.timeline('identify')).toHaveLength(1);
    expect(client.isReady()).toBe(true);
  });

  test('silently, as a zombie, finds out by its heartbeat and misses nothing', async () => {
    await using discord = await createDiscord({ gateway: { heartbeatInterval: 300 }, strict: true });
    await using client = await readyClient(discord);
    const heard = listen(client);
    discord.shard(0).zombie();
    const said = say(discord, 0, 5);
    await discord.waitFor('resumed');
    await heardAll(client, heard, said.length);
    expect(heard).toEqual(said);
  });

  test('and its session with it identifies anew', async () => {
    await using discord = await createDiscord({ time: { identifyWindow: 100 }, strict: true });
    await using client = await readyClient(discord);
    const ready = once(client, Events.ShardReady);
    discord.shard(0).invalidate();
    await ready;
    expect(discord.timeline('identify')).toHaveLength(2);
    expect(client.guilds.cache.size).toBe(4);
  });
});

describe('RESUME by hand', () => {
  const resume = (discord: LoopbackDiscord, bot: RawBot, fields: Record<string, unknown>) =>
    bot.op(10).then(() => bot.send(6, { token: discord.token, ...fields }));

  test('with a sequence number from the future closes with 4007 and ends the session', async () => {
    await using discord = await createDiscord({ strict: true });
    await using first = new RawBot(discord);
    await first.identify();
    const session = (await first.event('READY')).d.session_id;
    await discord.waitFor('guildsSent');
    first.socket.terminate();
    await first.closed;
    await using second = new RawBot(discord);
    await resume(discord, second, { session_id: session, seq: 999 });
    expect(await second.closed).toBe(4007);
    expect(discord.sessions()).toEqual([]);
  });

  test('of an unknown session gets op 9 and may identify on the same connection', async () => {
    await using discord = await createDiscord({ strict: true });
    await using bot = new RawBot(discord);
    await resume(discord, bot, { session_id: 'nobody', seq: 1 });
    expect((await bot.op(9)).d).toBe(false);
    await bot.identify();
    await bot.event('READY');
  });

  test('replays only what came after the sequence number, and numbers it as before', async () => {
    await using discord = await createDiscord({ guilds: 3, strict: true });
    await using first = new RawBot(discord);
    await first.identify();
    const session = (await first.event('READY')).d.session_id;
    await discord.waitFor('guildsSent');
    first.socket.terminate();
    await first.closed;
    await using second = new RawBot(discord);
    await resume(discord, second, { session_id: session, seq: 2 });
    await second.event('RESUMED');
    expect(second.frames.map(({ t, s }) => [t, s])).toEqual([
      [null, null],
      ['GUILD_CREATE', 3],
      ['GUILD_CREATE', 4],
      ['RESUMED', 5],
    ]);
  });
});
