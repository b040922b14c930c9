/** testing/guild-book: all guilds, built when first needed, their JSON text kept ready to send. */

import { GuildRecord } from './guild-record.ts';
import type { ResolvedOptions } from './options.ts';
import { GuildNumbering, shardOf } from './snowflake.ts';

/** Guild texts kept (about 18 KB each by default); beyond that they are made anew for every session. */
const MAX_TEXTS = 8_000;

/** Knows every guild of the loopback Discord. */
export class GuildBook {
  readonly count: number;
  readonly numbering: GuildNumbering;
  readonly #options: ResolvedOptions;
  readonly #records = new Map<number, GuildRecord>();
  readonly #texts = new Map<string, string>();

  constructor(options: ResolvedOptions) {
    this.count = options.guildCount;
    this.numbering = new GuildNumbering(options.seed);
    this.#options = options;
  }

  /** The index of the guild an id names or belongs to; undefined when it is none of ours. */
  indexOf(id: string): number | undefined {
    const index = this.numbering.indexOf(id);
    return index >= 0 && index < this.count ? index : undefined;
  }

  /** The guild with this id, for reading and changing; call {@link changed} after a change. */
  find(guildId: string): GuildRecord | undefined {
    const index = this.indexOf(guildId);
    return index === undefined || this.numbering.guildId(index) !== guildId ? undefined : this.at(index);
  }

  /** The guild that an id inside it (channel, role, user) belongs to. */
  around(partId: string): GuildRecord | undefined {
    const index = this.indexOf(partId);
    return index === undefined ? undefined : this.at(index);
  }

  /** The guild with this index, kept from now on. */
  at(index: number): GuildRecord {
    let record = this.#records.get(index);
    if (record === undefined) {
      record = this.#build(index);
      this.#records.set(index, record);
    }
    return record;
  }

  /** Drops the ready text of a guild that was changed. */
  changed(guildId: string): void {
    const prefix = `${this.numbering.indexOf(guildId)}:`;
    for (const key of this.#texts.keys()) if (key.startsWith(prefix)) this.#texts.delete(key);
  }

  /** The data of GUILD_CREATE as JSON text; `presenceLimit` > 0 when the session asked for presences. */
  createText(index: number, presenceLimit: number): string {
    const spec = this.#options.guildSpec(index);
    const limit = Math.max(spec.membersInCreate, Math.min(presenceLimit, spec.members));
    const key = `${index}:${limit}`;
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = JSON.stringify((this.#records.get(index) ?? this.#build(index)).create(limit));
      if (this.#texts.size < MAX_TEXTS) this.#texts.set(key, text);
    }
    return text;
  }

  /** Indexes of the guilds a shard owns, in order. */
  *ofShard(shard: number, totalShards: number): Generator<number> {
    // Consecutive guilds land on consecutive shards, so the first one found says where all the others are.
    for (let index = 0; index < Math.min(this.count, totalShards); index += 1) {
      if (shardOf(this.numbering.guildId(index), totalShards) !== shard) continue;
      for (let own = index; own < this.count; own += totalShards) yield own;
      return;
    }
  }

  /** Members over all guilds, the bot counted in each. */
  memberCount(): number {
    let sum = 0;
    for (let index = 0; index < this.count; index += 1)
      sum += this.#records.get(index)?.memberCount ?? this.#options.guildSpec(index).members;
    return sum;
  }

  #build(index: number): GuildRecord {
    return new GuildRecord(
      { index, spec: this.#options.guildSpec(index), numbering: this.numbering },
      this.#options.bot,
    );
  }
}
