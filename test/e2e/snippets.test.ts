/** test/e2e/snippets: the examples of discord-cluster's documents, with the package name changed, compile and run. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as shardlift from '../../dist/index.mjs';
import { createFleet, type Fleet } from './fleet.ts';
import { manage, managerPlays } from './snippet-managers.ts';
import { fixtureNames, nameOf, Workshop } from './snippet-programs.ts';
import { type Ground, type Play, type Played, plays } from './snippet-table.ts';
import { waiting } from './snippet-waiting.ts';

const run = [...plays, ...managerPlays];

test('every example is run, or waits for an export that is named', () => {
  const listed = new Set([...run, ...waiting].map(({ from }) => from));
  expect([...listed].sort()).toEqual(fixtureNames().sort());
});

describe('for the compiler', () => {
  let found: Map<string, string[]>;
  beforeAll(() => {
    using workshop = new Workshop([...run, ...waiting]);
    found = workshop.complaints([...run, ...waiting]);
  }, 90_000);

  test('what is around the examples is right', () => {
    expect(found.get('around them')).toEqual([]);
  });

  test.each(run.map(nameOf))('%s is right', (name) => {
    expect(found.get(name)).toEqual([]);
  });

  test.each(waiting.map((one) => [nameOf(one), one] as const))('%s lacks no more than it waits for', (name, one) => {
    const complaints = found.get(name) ?? [];
    expect(complaints).not.toEqual([]);
    const others = complaints.filter((text) => !one.for.some((name) => text.includes(`'${name}'`)));
    expect(others).toEqual([]);
  });
});

const missing = waiting.flatMap((one) => one.for.map((name) => [name, nameOf(one)] as const));
test.each(missing)('%s is not there yet, so %s may wait for it', (name) => {
  expect(shardlift).toHaveProperty('ClusterManager');
  expect(shardlift).not.toHaveProperty(name);
});

describe('for the manager file', () => {
  const workshop = new Workshop([]);
  afterAll(() => workshop[Symbol.dispose]());

  test.each(managerPlays.map((play) => [nameOf(play), play] as const))('%s runs', async (_name, play) => {
    play.proves(await manage(workshop, play));
  });
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
    await play.proves(await playIn(play), ground);
  });

  /** Runs an example with its ids in place; gives what came of it in cluster 0. */
  async function playIn(play: Play): Promise<Played> {
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
