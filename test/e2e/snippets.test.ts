/** test/e2e/snippets: the examples of discord-cluster's documents, with the package name changed, compile and run. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as shardlift from '../../dist/index.mjs';
import { ClusterManager, createFleet, type Fleet, fixture } from './fleet.ts';
import { fixtureNames, nameOf, Workshop } from './snippet-programs.ts';
import { type Ground, type Play, type Played, plays } from './snippet-table.ts';
import { type Piece, waiting, wordOf } from './snippet-waiting.ts';

test('every example is run, or waits for a piece that is named', () => {
  const listed = new Set([...plays, ...waiting].map(({ from }) => from));
  expect([...listed].sort()).toEqual(fixtureNames().sort());
});

describe('for the compiler', () => {
  let found: Map<string, string[]>;
  beforeAll(() => {
    using workshop = new Workshop([...plays, ...waiting]);
    found = workshop.complaints([...plays, ...waiting]);
  }, 90_000);

  test('what is around the examples is right', () => {
    expect(found.get('around them')).toEqual([]);
  });

  test.each(plays.map((play) => [nameOf(play), play] as const))('%s is right', (name) => {
    expect(found.get(name)).toEqual([]);
  });

  test.each(waiting.map((one) => [nameOf(one), one] as const))('%s lacks no more than it waits for', (name, one) => {
    const complaints = found.get(name) ?? [];
    expect(complaints).not.toEqual([]);
    const others = complaints.filter((text) => !one.for.some((piece) => text.includes(`'${wordOf(piece)}'`)));
    expect(others).toEqual([]);
  });
});

/** Whether a piece is there. */
function isThere(piece: Piece): boolean {
  if ('exported' in piece) return piece.exported in shardlift;
  const bot = fixture('bot.cjs');
  if ('member' in piece) return piece.member in new ClusterManager(bot, { totalShards: 1 });
  try {
    new ClusterManager(bot, { totalShards: 1, [piece.option]: {} });
    return true;
  } catch (error) {
    // A name that is not known is refused by itself; one that is known may refuse the empty value.
    return !(error as Error).message.includes('there is none of that name');
  }
}

const pieces = waiting.flatMap((one) => one.for.map((piece) => [wordOf(piece), nameOf(one), piece] as const));
test.each(pieces)('%s is not there yet, so %s may wait for it', (_word, _name, piece) => {
  expect(isThere(piece)).toBe(false);
});

test('an option that is there counts as there', () => {
  expect(['respawn', 'handlers', 'store'].map((option) => isThere({ option }))).toEqual([true, true, true]);
  expect([isThere({ member: 'clusters' }), isThere({ exported: 'ClusterManager' })]).toEqual([true, true]);
});

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  const workshop = new Workshop([]);
  let ground: Ground;
  let fleet: Fleet;
  beforeAll(async () => {
    workshop.buildSurroundings();
    fleet = await createFleet({
      bot: join(workshop.folder, 'plays.mjs'),
      discord: { guilds: { count: 12, members: 8, membersInCreate: 6, each: (n) => ({ members: 8 + n }) } },
      options: { mode, shardsPerCluster: 1 },
    });
    await fleet.manager.spawn();
    const [id = ''] = fleet.discord.truth.guildIds({ shard: 0, totalShards: 4 });
    const { truth } = fleet.discord;
    const [user, role] = [truth.guild(id).memberId(3), truth.guild(id).roleIds.at(-1) as string];
    // As it is at the time: examples change it.
    ground = { fleet, user, role, guild: () => truth.guild(id) };
  });
  afterAll(async () => {
    await fleet[Symbol.asyncDispose]();
    workshop[Symbol.dispose]();
  });

  test.each(plays.map((play) => [nameOf(play), play] as const))('%s runs', async (_name, play) => {
    await play.proves(await run(play), ground);
  });

  /** Runs an example with its ids in place; gives what came of it in cluster 0. */
  async function run(play: Play): Promise<Played> {
    const { user, role } = ground;
    const guild = ground.guild();
    const ids = { guildId: guild.id, channelId: guild.textChannelId, userId: user, roleId: role };
    const file = workshop.build(play, { ...ids, '123': guild.id, '123456789012345678': guild.id });
    const before = { handlers: play.handlers ?? [], cached: [guild.id] };
    await fleet.manager.ipc.requestAll('prepare', before).valuesOrThrow();
    let played: Played = { shown: {}, printed: [] };
    for (const id of play.everywhere ? [3, 2, 1, 0] : [0]) {
      played = await fleet.manager.ipc.requestTo<Played>(id, 'play', file);
    }
    return played;
  }
});
