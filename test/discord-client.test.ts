/** test/discord-client: what is read from a real discord.js client. */
import { Client, DiscordAPIError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { cachedGuild, fetchGuild } from '../src/discord-client.ts';
import { guildId, options, shards, splitClient } from './views/split-client.ts';

describe('a guild in plain words', () => {
  test('is that of the cache', () => {
    const client = splitClient();
    const guild = client.guilds.cache.get(guildId(1, 2));
    expect(cachedGuild(client, guildId(1, 2))).toEqual({
      id: guildId(1, 2),
      name: 'guild 1/2',
      icon: guild?.icon,
      ownerId: guild?.ownerId,
      memberCount: 11,
      shardId: 1,
      available: true,
      features: [],
      preferredLocale: guild?.preferredLocale,
    });
  });

  test('is not known when the cache has none, or one of which READY told no more than the id', () => {
    const client = splitClient();
    expect(cachedGuild(client, '5')).toBeUndefined();
    const { guilds } = client as unknown as { guilds: { _add(data: object): unknown } };
    guilds._add({ id: '5', unavailable: true });
    expect(client.guilds.cache.get('5')?.available).toBe(false);
    expect(cachedGuild(client, '5')).toBeUndefined();
  });
});

describe('a guild asked of Discord', () => {
  const id = guildId(2, 0);
  const answer = {
    id,
    name: 'from afar',
    icon: 'hash',
    owner_id: '7',
    approximate_member_count: 42,
    features: ['COMMUNITY'],
    preferred_locale: 'de',
    extra: 'ignored',
  };

  /** A client whose REST answers, or throws, what it is given; it notes what was asked. */
  function clientAnswering(respond: () => unknown) {
    const client = new Client(options);
    const asked: string[] = [];
    client.rest.get = async (route, request) => {
      asked.push(`${route}?${request?.query ?? ''}`);
      return respond();
    };
    return { client, asked };
  }
  const refusal = (status: number, code: number) =>
    new DiscordAPIError({ code, message: 'no' }, code, status, 'GET', 'https://discord.com/api', {
      body: undefined,
      files: undefined,
    });

  test('comes with its counts, in plain words', async () => {
    const { client, asked } = clientAnswering(() => answer);
    expect(await fetchGuild(client, id, { totalShards: shards.length })).toEqual({
      id,
      name: 'from afar',
      icon: 'hash',
      ownerId: '7',
      memberCount: 42,
      shardId: 2,
      available: true,
      features: ['COMMUNITY'],
      preferredLocale: 'de',
    });
    expect(asked).toEqual([`/guilds/${id}?with_counts=true`]);
  });

  test.each([
    [404, 10_004],
    [403, 50_001],
  ])('is null when Discord answers %i', async (status, code) => {
    const { client } = clientAnswering(() => {
      throw refusal(status, code);
    });
    expect(await fetchGuild(client, id, { totalShards: shards.length })).toBeNull();
  });

  test('is an error when Discord has one', async () => {
    const { client } = clientAnswering(() => {
      throw refusal(500, 0);
    });
    await expect(fetchGuild(client, id, { totalShards: shards.length })).rejects.toMatchObject({ status: 500 });
  });
});
