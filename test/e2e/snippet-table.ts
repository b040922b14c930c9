/** test/e2e/snippet-table: the examples for the bot file: what each presupposes, and what is so when it has run. */
import { expect } from 'vitest';
import type { GuildFacts } from '../../src/testing/truth.ts';
import { type Fleet, failureOf, until } from './fleet.ts';
import type { Example } from './snippet-programs.ts';

/** What came of an example in one cluster. */
export interface Played {
  readonly shown: Readonly<Record<string, unknown>>;
  readonly printed: readonly string[];
}

/** Where it was played. */
export interface Ground {
  readonly fleet: Fleet;
  /** The guild that the ids in the examples stand for, as it is now; it is one of cluster 0. */
  readonly guild: () => GuildFacts;
  readonly user: string;
  readonly role: string;
}

/** An example that is run. */
export interface Play extends Example {
  /** Handlers that are there in every cluster before. */
  readonly handlers?: readonly string[];
  /** Run in every cluster, cluster 0 last; by default in cluster 0 only. */
  readonly everywhere?: boolean;
  /** What is so afterwards; `played` is what came of it in cluster 0. */
  readonly proves: (played: Played, ground: Ground) => Promise<void> | void;
}

const inBot = ['client', 'cluster'] as const;
const members = ({ fleet }: Ground): number => fleet.discord.truth.memberCount;
const factsOf = ({ id, name, memberCount }: GuildFacts) => ({ id, name, memberCount });

/** The guild with the most members; examples look for it. */
function largest({ fleet }: Ground): GuildFacts {
  const guilds = fleet.discord.truth.guildIds().map((id) => fleet.discord.truth.guild(id));
  return guilds.reduce((one, other) => (other.memberCount > one.memberCount ? other : one));
}

const readme: readonly Play[] = [
  {
    from: 'readme-3',
    takes: inBot,
    everywhere: true,
    proves: async (_played, { fleet, guild: now }) => {
      const guild = now();
      const [elsewhere = ''] = fleet.discord.truth.guildIds({ shard: 2, totalShards: 4 });
      const asked = { command: 'server-info', guild: elsewhere };
      const known = await fleet.discord.interact({ ...asked, options: { guild: guild.id } });
      expect(known.content).toBe(`**${guild.name}** — ${guild.memberCount} members`);
      const unknown = await fleet.discord.interact({ ...asked, options: { guild: '8388608' } });
      expect(unknown.content).toBe('Guild not found.');
    },
  },
  {
    from: 'readme-4',
    takes: ['cluster'],
    shows: ['guild', 'guildCount', 'channel', 'member', 'user'],
    proves: async ({ shown }, { fleet, guild: now, user }) => {
      const guild = now();
      expect(shown).toMatchObject({
        // One more then: it was fetched before the ban.
        guild: { ...factsOf(guild), memberCount: guild.memberCount + 1 },
        guildCount: fleet.discord.truth.guildCount,
        channel: { id: guild.textChannelId, guildId: guild.id },
        member: { id: user, guildId: guild.id },
        user: { id: user },
      });
      expect(fleet.discord.truth.guild(guild.id).banReason(user)).toBe('bad');
      const texts = fleet.discord.messages.map(({ channel_id, content }) => [
        channel_id === guild.textChannelId,
        content,
      ]);
      expect(texts.slice(-2)).toEqual([
        [true, 'Hello'],
        [false, 'DM'],
      ]);
      const seen = () => fleet.manager.guilds.fetch(guild.id);
      await expect.poll(seen, { timeout: 5_000 }).toMatchObject({ memberCount: guild.memberCount });
    },
  },
  {
    from: 'readme-5',
    paragraph: 0,
    takes: inBot,
    everywhere: true,
    proves: async (_played, { fleet, guild: now }) => {
      const guild = now();
      const info = await fleet.manager.ipc.requestToGuild(guild.id, 'getGuildInfo', { guildId: guild.id });
      expect(info).toEqual(factsOf(guild));
    },
  },
  {
    from: 'readme-5',
    paragraph: 1,
    takes: ['cluster'],
    shows: ['info'],
    handlers: ['getGuildInfo'],
    proves: ({ shown }, { guild }) => expect(shown.info).toBe(guild().name),
  },
  {
    from: 'readme-5',
    paragraph: 2,
    takes: ['cluster'],
    shows: ['info'],
    handlers: ['getGuildInfo'],
    // Cluster 2 is asked, and the guild is one of cluster 0.
    proves: ({ shown }) => expect(shown.info).toBeNull(),
  },
  {
    from: 'readme-5',
    paragraph: 3,
    takes: ['cluster'],
    shows: ['results'],
    handlers: ['getGuildCount'],
    proves: ({ shown }) => expect(shown.results).toEqual({ values: [3, 3, 3, 3], errors: [], allOk: true }),
  },
  {
    from: 'readme-6',
    takes: ['cluster'],
    shows: ['val', 'exists'],
    proves: async ({ shown }, { fleet }) => {
      expect(shown).toEqual({ val: expect.closeTo(Date.now(), -5), exists: true });
      expect(await fleet.manager.store.has('cooldown:userId')).toBe(false);
    },
  },
  {
    from: 'readme-7',
    takes: ['cluster', 'settingsCache'],
    everywhere: true,
    proves: async (_played, { fleet, guild: now }) => {
      const guild = now();
      type State = { readonly cached: string[]; readonly reloads: unknown[] };
      let states: State[] = [];
      const look = setInterval(async () => {
        states = await fleet.manager.ipc.requestAll<State>('state').valuesOrThrow();
      }, 20);
      // Cluster 0 was the last to listen, and nobody told it afterwards.
      const heard = () => states.length === 4 && states.slice(1).every(({ cached }) => !cached.includes(guild.id));
      await until(heard, { what: 'the others to hear of the settings' }).finally(() => clearInterval(look));
      expect(states[0]?.cached).toContain(guild.id);
      expect(states.map(({ reloads }) => reloads.length > 0)).toEqual([false, false, false, true]);
      expect(states[3]?.reloads[0]).toEqual({});
    },
  },
  {
    from: 'readme-8',
    takes: ['cluster'],
    shows: ['stats'],
    proves: ({ shown }, { fleet }) =>
      expect(shown.stats).toMatchObject({
        guilds: fleet.discord.truth.guildCount,
        missing: [],
        clusters: [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }],
      }),
  },
];

const makingHandlers: readonly Play[] = [
  {
    from: 'ipc-1',
    imports: ['ClusterClient'],
    takes: ['client'],
    shows: ['cluster'],
    proves: ({ shown }) => expect(shown.cluster).toBe('client.cluster'),
  },
  {
    from: 'ipc-2',
    takes: inBot,
    everywhere: true,
    proves: async (_played, ground) =>
      expect(await ground.fleet.manager.ipc.requestAll<number>('getUserCount').sum()).toBe(members(ground)),
  },
  {
    from: 'ipc-3',
    takes: inBot,
    everywhere: true,
    proves: async (_played, { fleet, guild: now }) => {
      const guild = now();
      const { name, memberCount, channelIds } = guild;
      expect(await fleet.manager.ipc.requestTo(0, 'getGuildData', { guildId: guild.id })).toEqual({
        ...{ name, memberCount, channels: channelIds.length },
      });
      expect(await fleet.manager.ipc.requestTo(1, 'getGuildData', { guildId: guild.id })).toBeNull();
    },
  },
  {
    from: 'ipc-4',
    takes: ['cluster'],
    handlers: ['getUserCount'],
    proves: async (_played, { fleet }) => {
      const { manager } = fleet;
      expect(await failureOf(manager.ipc.requestTo(0, 'getUserCount'))).toMatchObject({ code: 'NO_HANDLER' });
      expect(await manager.ipc.requestTo(1, 'getUserCount')).toBeGreaterThan(0);
    },
  },
];

const requests: readonly Play[] = [
  {
    from: 'ipc-5',
    takes: ['cluster', 'console'],
    shows: ['count'],
    handlers: ['getUserCount'],
    proves: ({ shown, printed }) => {
      expect(shown.count).toBeGreaterThan(0);
      expect(printed).toEqual([`Users: ${shown.count}`]);
    },
  },
  {
    from: 'ipc-6',
    takes: ['cluster', 'type GuildData'],
    shows: ['data'],
    handlers: ['getGuildData'],
    proves: ({ shown }, { guild }) => {
      const { name, memberCount, channelIds } = guild();
      expect(shown.data).toEqual({ name, memberCount, channels: channelIds.length });
    },
  },
  {
    from: 'ipc-7',
    takes: ['cluster'],
    shows: ['result'],
    handlers: ['getPrimaryData'],
    proves: ({ shown }) => expect(shown.result).toBe('config of cluster 0'),
  },
  {
    from: 'ipc-8',
    takes: ['cluster', 'console'],
    handlers: ['getUserCount'],
    proves: ({ printed }, ground) => expect(printed).toEqual([`Total users: ${members(ground)}`]),
  },
  {
    from: 'ipc-9',
    takes: ['client', 'cluster', 'console'],
    shows: ['results', 'biggest'],
    everywhere: true,
    proves: ({ shown, printed }, ground) => {
      const { name, memberCount } = largest(ground);
      expect(shown).toMatchObject({ results: { allOk: true, errors: [] }, biggest: { name, members: memberCount } });
      expect(printed).toEqual([`Biggest guild: ${name}`]);
    },
  },
  {
    from: 'ipc-10',
    takes: ['cluster'],
    proves: async (_played, { fleet }) =>
      expect(await failureOf(fleet.manager.ipc.request('nonExistent'))).toMatchObject({
        code: 'NO_HANDLER',
        message: expect.stringContaining("no handler named 'nonExistent'"),
      }),
  },
  {
    from: 'ipc-11',
    takes: ['cluster'],
    everywhere: true,
    proves: async (_played, { fleet }) =>
      expect(await failureOf(fleet.manager.ipc.request('mayFail'))).toMatchObject({
        code: 'HANDLER_FAILED',
        message: expect.stringContaining('Something went wrong'),
        cause: { message: 'Something went wrong' },
      }),
  },
  {
    from: 'ipc-12',
    takes: ['cluster', 'console'],
    handlers: ['mayFail'],
    proves: ({ printed }) => {
      const line = (id: number): RegExp => new RegExp(`^Cluster ${id}: .*Something went wrong`);
      expect(printed).toEqual([0, 1, 2, 3].map((id) => expect.stringMatching(line(id))));
    },
  },
];

/** In the order of the documents. */
export const plays: readonly Play[] = [...readme, ...makingHandlers, ...requests];
