/** differential/world: Discord, as far as scenarios see and move it from another process. */
import { createDiscord, type Fault, type LoopbackDiscord, type TimelineEvent } from '../../../src/testing/index.ts';

/** What is so on Discord, for scenarios to compare with. */
export interface Facts {
  readonly members: number;
  /** Guild ids of each of four shards. */
  readonly guilds: readonly (readonly string[])[];
  /** Owner, first text channel and name of each guild. */
  readonly owners: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
}

/** What scenarios may ask of Discord and do to it. Each call is one message to the process that runs it. */
export interface World {
  /** Shards in the order they identified. */
  identified(): Promise<number[]>;
  /** The time between the first identify and the last, in ms. */
  identifySpan(): Promise<number>;
  /** How often each shard resumed. */
  resumed(): Promise<number[]>;
  /** Shards that are connected now. */
  connected(): Promise<number[]>;
  /** Lines that came out of the manager's process and its bots, as `stdout: text`. */
  printed(): Promise<string[]>;
  /** What each shard said of its presence, oldest first, as `1 idle Chess`. */
  presences(): Promise<string[]>;
  /** Texts of the messages the bot sent, oldest first. */
  sent(): Promise<string[]>;
  fault(fault: Omit<Fault, 'times'> & { readonly times?: number | 'always' }): Promise<void>;
  /** Closes a shard's connection with a gateway close code. */
  disconnect(shard: number, code: number): Promise<void>;
  /** Asks a shard to reconnect and resume. */
  reconnect(shard: number): Promise<void>;
  /** Ends a shard's session: it must identify anew. */
  invalidate(shard: number): Promise<void>;
  refuseToken(): Promise<void>;
  recommend(shards: number): Promise<void>;
  /** Gives a slash command in a guild; the text of the bot's reply, `null` when none comes. */
  command(guild: string): Promise<string | null>;
  /** A member writes in a guild. */
  say(guild: string, content: string): Promise<void>;
}

/** Guilds on Discord: three for each of four shards. */
const guilds = { count: 12, channels: 2, roles: 2, emojis: 1, membersInCreate: 2 };

/** What may be another way on Discord than for most fleets. */
export interface Conditions {
  readonly maxConcurrency?: number;
  /** In ms. */
  readonly identifyWindow?: number;
  /** Until the budget of identifies is renewed, in ms. */
  readonly resetAfter?: number;
}

/** Discord for one fleet. Its rules are not enforced: several scenarios break them on purpose. */
export const startDiscord = (conditions: Conditions): Promise<LoopbackDiscord> => {
  const { maxConcurrency = 16, identifyWindow = 1, resetAfter } = conditions;
  const limit = resetAfter === undefined ? {} : { sessionStartLimit: { resetAfter } };
  return createDiscord({ guilds, gateway: { shards: 4, maxConcurrency, ...limit }, time: { identifyWindow } });
};

/** The facts of a Discord. */
export function factsOf({ truth }: LoopbackDiscord): Facts {
  const ids = [0, 1, 2, 3].map((shard) => truth.guildIds({ shard, totalShards: 4 }));
  const all = ids.flat().map((id) => truth.guild(id));
  return {
    members: truth.memberCount,
    guilds: ids,
    owners: Object.fromEntries(all.map((guild) => [guild.id, guild.ownerId])),
    channels: Object.fromEntries(all.map((guild) => [guild.id, guild.textChannelId])),
  };
}

const shardsOf = (discord: LoopbackDiscord, kind: 'identify' | 'resumed'): number[] =>
  discord.timeline(kind).flatMap((event) => event.shard ?? []);

function presenceLine({ shard, detail }: TimelineEvent): string {
  const { status, afk, activities } = detail as { status: string; afk: boolean; activities: { name: string }[] };
  return [shard, status, ...(afk ? ['afk'] : []), ...activities.map(({ name }) => name)].join(' ');
}

/** Opens a Discord to scenarios. @param printed - what came out of the manager's process so far */
export const openWorld = (discord: LoopbackDiscord, printed: readonly string[]): World => ({
  printed: async () => [...printed],
  identified: async () => shardsOf(discord, 'identify'),
  identifySpan: async () => {
    const times = discord.timeline('identify').map(({ at }) => at);
    return Math.max(...times) - Math.min(...times);
  },
  resumed: async () => shardsOf(discord, 'resumed'),
  connected: async () => discord.sessions().flatMap(({ live, ready, shard }) => (live && ready ? shard : [])),
  presences: async () => discord.timeline('presence').map(presenceLine),
  sent: async () => discord.messages.map(({ content }) => content),
  fault: async ({ times = 1, ...fault }) => {
    discord.faults.add({ ...fault, times: times === 'always' ? Number.POSITIVE_INFINITY : times });
  },
  disconnect: async (shard, code) => discord.shard(shard).disconnect({ code }),
  reconnect: async (shard) => discord.shard(shard).reconnect(),
  invalidate: async (shard) => discord.shard(shard).invalidate(),
  refuseToken: async () => discord.resetToken(),
  recommend: async (shards) => discord.recommendShards(shards),
  command: (guild) =>
    discord.interact({ guild, command: 'ping', timeoutMs: 5_000 }).then(
      ({ content }) => content,
      () => null,
    ),
  say: async (guild, content) => void discord.guild(guild).message({ content }),
});
