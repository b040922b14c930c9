/** testing/index: the door of `shardlift/testing`: Discord on loopback, for tests and for trying things out offline. */

import { LoopbackDiscord } from './discord.ts';
import type { DiscordOptions } from './options.ts';

export type { CommandInput } from './command.ts';
export type { LoopbackDiscord, SessionFacts, WaitOptions } from './discord.ts';
export type { Fault, FaultAction, FaultPlace, Faults, PlantedFault } from './faults.ts';
export type { GuildControl, GuildMessage } from './guild-control.ts';
export type { OptionValue } from './interaction.ts';
export type { InteractionReply } from './interaction-desk.ts';
export type { Invariant, Violation } from './invariants.ts';
export type { DiscordOptions, GuildSpec, GuildsSpec } from './options.ts';
export type { ShardControl } from './shard-control.ts';
export type { TimelineEvent, TimelineKind } from './timeline.ts';
export type { GuildFacts, Truth } from './truth.ts';
export type { EventTarget } from './world.ts';

/**
 * Starts Discord on loopback: REST v10 and gateway v10 on 127.0.0.1, for unmodified bots.
 *
 * Start a bot with `discord.env` in its environment and it logs in here; nothing of it reaches discord.com. The rules of
 * Discord that matter for sharding are enforced and watched: see `violations()`.
 *
 * @example
 * ```ts
 * await using discord = await createDiscord({ guilds: 200, gateway: { shards: 4 }, strict: true });
 * const bot = spawn('node', ['index.js'], { env: { ...process.env, ...discord.env } });
 * await discord.waitFor('ready', { shards: 4 });
 * ```
 *
 * @throws ShardliftError `INVALID_OPTION`
 */
export function createDiscord(options: DiscordOptions = {}): Promise<LoopbackDiscord> {
  return LoopbackDiscord.start(options);
}
