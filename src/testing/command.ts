/** testing/command: gives the bot a slash command and waits for the reply. */

import { ShardliftError } from '../errors.ts';
import { chatInputCommand, type OptionValue } from './interaction.ts';
import type { InteractionReply } from './interaction-desk.ts';
import { objectOr } from './json.ts';
import { userById } from './routes/user.ts';
import { recordOf } from './truth.ts';
import type { World } from './world.ts';

/** A slash command somebody gives. */
export interface CommandInput {
  readonly command: string;
  /** Guild id or index; without one it is given in a direct message, on shard 0. */
  readonly guild?: string | number;
  /** User id of a member (of any guild in a direct message); default the owner of the guild (of guild 0). */
  readonly user?: string;
  readonly channel?: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** How long the reply may take, ms. Default 10 000. */
  readonly timeoutMs?: number;
}

/**
 * Sends INTERACTION_CREATE to the shard that owns the guild, or to shard 0 for a direct message.
 *
 * @throws ShardliftError `LOOPBACK_UNREACHABLE` when no live session is there, `LOOPBACK_TIMEOUT` without a reply,
 * `INVALID_OPTION` when the user is not there
 */
export async function giveCommand(world: World, input: CommandInput): Promise<InteractionReply> {
  const { guilds, interactions, messages, applications, publish } = world;
  const record = recordOf(guilds, input.guild ?? 0);
  const guildId = input.guild === undefined ? undefined : record.id;
  const userId = input.user ?? record.memberId(1);
  const member = guildId === undefined ? undefined : record.member(userId);
  const user = guildId === undefined ? userById(world, userId) : member && objectOr(member.user);
  if (user === undefined) {
    const expected = `the id of a member${guildId === undefined ? '' : ` of guild ${guildId}`}`;
    throw new ShardliftError('INVALID_OPTION', { option: 'user', expected, received: userId });
  }
  const direct = guildId === undefined ? messages.openDirect(userId) : undefined;
  const channelId = input.channel ?? direct ?? record.textChannelId ?? '';
  const { interaction, reply } = interactions.open({ channelId, guildId }, input.timeoutMs ?? 10_000);
  const data = chatInputCommand(interaction, {
    name: input.command,
    commandId: String(applications.named(input.command, guildId)?.id ?? interaction.id),
    options: input.options ?? {},
    member,
    user,
    applicationId: applications.id,
  });
  const reached = publish('INTERACTION_CREATE', data, guildId === undefined ? { shard: 0 } : { guild: guildId });
  if (reached === 0) interactions.giveUp(interaction.token, `the command ${input.command}`);
  return reply;
}
