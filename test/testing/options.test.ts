import { describe, expect, test } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../src/testing/index.ts';
import { resolveOptions } from '../../src/testing/options.ts';

const wrong: [string, unknown][] = [
  ['guilds', -1],
  ['guilds', 1.5],
  ['guilds.count', { guilds: { count: 'many' } }],
  ['guilds.members', { guilds: { count: 1, members: 1 } }],
  ['guilds[1].channels', { guilds: [{}, { channels: 0 }] }],
  ['guilds.each(0).color', { guilds: { count: 1, each: () => ({ color: 1 }) } }],
  ['token', { token: '' }],
  ['bot.id', { bot: { id: 'me' } }],
  ['gateway.shards', { gateway: { shards: 0 } }],
  ['gateway.maxConcurrency', { gateway: { maxConcurrency: '16' } }],
  ['gateway.sessionStartLimit.total', { gateway: { sessionStartLimit: { total: -1 } } }],
  ['gateway.heartbeatIntervall', { gateway: { heartbeatIntervall: 100 } }],
  ['time', { time: 5 }],
  ['strict', { strict: ['everything'] }],
  ['seed', { seed: Number.NaN }],
  ['guild', { guild: 5 }],
];

test.each(wrong)('an option that cannot be is named: %s', async (option, value) => {
  const options = (typeof value === 'object' ? value : { guilds: value }) as DiscordOptions;
  // `each` is asked when the guild is needed, everything else at once.
  const made = createDiscord(options).then((discord) => discord.stop().then(() => discord.truth.memberCount));
  await expect(made).rejects.toMatchObject({ code: 'INVALID_OPTION', details: { option } });
});

describe('defaults', () => {
  test('are filled in, and undefined does not erase them', () => {
    const resolved = resolveOptions({ gateway: { maxConcurrency: undefined } } as unknown as DiscordOptions);
    expect(resolved).toEqual({ ...resolveOptions({}), guildSpec: expect.any(Function) });
    expect(resolved.gateway.maxConcurrency).toBe(1);
    expect(resolved.identifyWindowMs).toBe(5000);
    expect(resolved.guildSpec(0)).toMatchObject({ channels: 30, roles: 15, emojis: 10, membersInCreate: 1 });
  });

  test('recommend one shard per thousand guilds', async () => {
    for (const [guilds, shards] of [
      [0, 1],
      [1000, 1],
      [1001, 2],
    ] as const) {
      await using discord = await createDiscord({ guilds });
      const response = await fetch(`${discord.rest.url}/v10/gateway/bot`, {
        headers: { authorization: `Bot ${discord.token}` },
      });
      expect(await response.json()).toMatchObject({ shards });
    }
  });
});

describe('guilds', () => {
  test('are the same for the same seed and differ for another', async () => {
    await using one = await createDiscord({ guilds: 50, seed: 7 });
    await using same = await createDiscord({ guilds: 50, seed: 7 });
    await using other = await createDiscord({ guilds: 50, seed: 8 });
    const functions = {
      memberId: expect.any(Function),
      rolesOf: expect.any(Function),
      banReason: expect.any(Function),
    };
    expect(one.truth.guild(3)).toEqual({ ...same.truth.guild(3), ...functions });
    expect(other.truth.guild(3).id).not.toBe(one.truth.guild(3).id);
    expect(one.truth.memberCount).not.toBe(other.truth.memberCount);
  });

  test('have member counts whose sum tells which ones were counted', async () => {
    await using discord = await createDiscord({ guilds: 200 });
    const counts = discord.truth.guildIds().map((id) => discord.truth.guild(id).memberCount);
    expect(new Set(counts).size).toBeGreaterThan(80);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(20);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(discord.truth.memberCount);
  });

  test.each([1, 2, 3, 7, 16, 64])('are spread evenly over %i shards, each in exactly one', async (totalShards) => {
    await using discord = await createDiscord({ guilds: 500 });
    const perShard = Array.from({ length: totalShards }, (_, shard) => discord.truth.guildIds({ shard, totalShards }));
    for (const [shard, ids] of perShard.entries())
      for (const id of ids) expect(Number((BigInt(id) >> 22n) % BigInt(totalShards))).toBe(shard);
    const sizes = perShard.map((ids) => ids.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(perShard.flat().sort()).toEqual([...discord.truth.guildIds()].sort());
  });

  test('can be listed or described one by one', async () => {
    await using listed = await createDiscord({
      guilds: [
        { name: 'A', members: 5 },
        { members: 7, channels: 1 },
      ],
    });
    expect([listed.truth.guildCount, listed.truth.memberCount]).toEqual([2, 12]);
    expect(listed.truth.guild(0).name).toBe('A');
    expect(listed.truth.guild(1).channelIds).toHaveLength(1);
    await using each = await createDiscord({
      guilds: { count: 3, roles: 2, each: (index) => ({ members: index + 2 }) },
    });
    expect([each.truth.memberCount, each.truth.guild(2).roleIds.length]).toEqual([9, 2]);
  });
});
