/** testing/snowflake: ids as Discord makes them, the guild's number readable from its id. */

/** Milliseconds between 1970 and Discord's epoch. @see https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Creation time of guild 0 of seed 0, ms since Discord's epoch (March 2018). */
const FIRST_GUILD_MS = 100_000_000_000n;

/** Guild numbers each seed has to itself; {@link MAX_SEED} keeps the last one in the past. */
const GUILDS_PER_SEED = 10_000_000n;

/** Largest accepted seed: its guilds are dated July 2024. */
export const MAX_SEED = 20_000;

/** Largest number of guilds one loopback Discord can have. */
export const MAX_GUILDS = Number(GUILDS_PER_SEED);

/** Low 22 bits of the ids inside a guild: where each kind begins. Users come last, they are the most. */
const parts = { role: 1_000, channel: 2_000, emoji: 4_000, lastMessage: 6_000, user: 100_000 } as const;

/** What can have an id inside a guild. */
export type Part = keyof typeof parts;

/** Largest number of users one guild can have: what fits in the low 22 bits of an id. */
export const MAX_MEMBERS = 2 ** 22 - parts.user;

/** Tells whether text is a snowflake. */
export function isSnowflake(text: string): boolean {
  return /^\d{1,20}$/.test(text);
}

/**
 * Tells which shard owns a guild; direct messages have no guild and belong to shard 0.
 *
 * @see https://discord.com/developers/docs/events/gateway#sharding-sharding-formula
 */
export function shardOf(guildId: string, totalShards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(totalShards));
}

/** Numbers guilds and what is in them. Consecutive guilds land on consecutive shards, whatever the total. */
export class GuildNumbering {
  readonly #first: bigint;

  constructor(seed: number) {
    this.#first = FIRST_GUILD_MS + BigInt(seed) * GUILDS_PER_SEED;
  }

  /** The id of the guild with this index. */
  guildId(index: number): string {
    return String((this.#first + BigInt(index)) << 22n);
  }

  /** The id of the n-th role, channel, emoji or user of a guild. */
  partId(index: number, part: Part, n: number): string {
    return String(((this.#first + BigInt(index)) << 22n) + BigInt(parts[part] + n));
  }

  /** The index of the guild an id belongs to (its own, or a part's); may be out of range for a foreign id. */
  indexOf(id: string): number {
    return isSnowflake(id) ? Number((BigInt(id) >> 22n) - this.#first) : -1;
  }

  /** Which of a guild's users an id names, 0 being the bot's place; undefined when it names none. */
  userNumber(id: string): number | undefined {
    if (!isSnowflake(id)) return undefined;
    const n = Number(BigInt(id) & 0x3f_ffffn) - parts.user;
    return n >= 0 ? n : undefined;
  }
}

let counter = 0n;

/** A fresh id for something that happens now (a message, an interaction). */
export function freshId(): string {
  counter += 1n;
  return String((BigInt(Date.now() - DISCORD_EPOCH_MS) << 22n) + (counter & 0x3f_ffffn));
}
