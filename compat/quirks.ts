/** compat/quirks: where discord.js's sharding is odd, and what became of it here. Each line has a test of its name. */

/** One oddity of discord.js's sharding. */
export interface Quirk {
  readonly name: string;
  /** `kept`: the same here. `fixed`: better here, same signatures. `impossible`: shards that share a process cannot have it. */
  readonly here: 'kept' | 'fixed' | 'impossible';
  readonly discord: string;
  readonly shardlift: string;
}

/** The list. */
export const quirks: readonly Quirk[] = [];
