import { describe, expect, test } from 'vitest';
import { createDiscord } from '../../src/testing/index.ts';
import { run } from './program.ts';

const cases = [
  { mode: 'process', shards: '2', bot: 'bot.cjs', expected: 2 },
  { mode: 'worker', shards: '2', bot: 'bot.cjs', expected: 2 },
  { mode: 'process', shards: 'auto', bot: 'bot.mjs', expected: 3 },
  { mode: 'worker', shards: 'auto', bot: 'bot.mjs', expected: 3 },
];

describe('the stock ShardingManager, nothing edited', () => {
  test.each(cases)('in $mode mode starts $shards shards of $bot and counts every guild and member', async (row) => {
    await using discord = await createDiscord({
      guilds: 7,
      gateway: { shards: 3, maxConcurrency: 16 },
      strict: true,
    });
    await using manager = run('manager.cjs', discord.env, row.mode, row.shards, row.bot);
    const { code, output } = await manager.ended;
    expect(output).toMatch(/^\{.*\}\n$/);
    expect(code).toBe(0);
    const { shards, guilds, members } = JSON.parse(output);
    expect(shards).toBe(row.expected);
    const expected = Array.from(
      { length: row.expected },
      (_, shard) => discord.truth.guildIds({ shard, totalShards: row.expected }).length,
    );
    expect(guilds).toEqual(expected);
    expect(members.reduce((sum: number, count: number) => sum + count, 0)).toBe(discord.truth.memberCount);
    expect(discord.timeline('identify')).toHaveLength(row.expected);
    expect(discord.timeline('unimplemented')).toEqual([]);
  });
});
