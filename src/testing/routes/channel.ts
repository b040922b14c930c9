/** testing/routes/channel: channels and the messages in them. */

import { type JsonObject, objectOr, textOf } from '../json.ts';
import type { Sent } from '../message-book.ts';
import { botUser } from '../user.ts';
import type { World } from '../world.ts';
import { tell } from './guild.ts';
import { type Ask, found, idIn, limitIn, param, Refusal, type Route } from './route.ts';
import { userById } from './user.ts';

/** Longest message. @see https://discord.com/developers/docs/resources/message#create-message */
const MAX_CONTENT = 2_000;

/** Messages go out 5 in 5 s per channel; Discord does not publish the number, every library knows it. */
const SENDING = { requests: 5, windowMs: 5_000 } as const;

/** Channel types nothing can be written in. */
const CATEGORY = 4;

/** Where a channel is: in a guild, or with a user. */
interface Place {
  readonly guildId: string | undefined;
  readonly channel: JsonObject;
}

function placeOf(world: World, channelId: string): Place | undefined {
  const userId = world.messages.directUser(channelId);
  if (userId !== undefined) {
    const recipients = [userById(world, userId) ?? {}];
    return { guildId: undefined, channel: { id: channelId, type: 1, flags: 0, last_message_id: null, recipients } };
  }
  const guild = world.guilds.around(channelId);
  const channel = guild?.channels.find(({ id }) => id === channelId);
  return guild === undefined || channel === undefined ? undefined : { guildId: guild.id, channel };
}

/** Publishes a message event to the owner of its guild; direct messages go to shard 0. */
export function publishMessage(world: World, event: string, message: JsonObject, guildId: string | undefined): number {
  if (guildId === undefined) return world.publish(event, message, { shard: 0 });
  const author = objectOr(message.author);
  const { user: _, ...member } = world.guilds.find(guildId)?.member(String(author.id)) ?? {};
  const extra = event === 'MESSAGE_DELETE' || member.roles === undefined ? {} : { member };
  return world.publish(event, { ...message, ...extra, guild_id: guildId }, { guild: guildId });
}

/** The users a text mentions. */
function mentions(world: World, body: JsonObject): JsonObject[] {
  const ids = [...(textOf(body.content) ?? '').matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? '');
  return [...new Set(ids)].map((id) => userById(world, id)).filter((user) => user !== undefined);
}

/** What came beside the body. */
const sentWith = ({ uploads, world }: Ask): Sent => ({ uploads, origin: world.gatewayUrl.replace('ws:', 'http:') });

function checkBody(body: JsonObject): void {
  const content = textOf(body.content) ?? '';
  if (content.length > MAX_CONTENT) throw new Refusal('form');
  const parts = ['embeds', 'components', 'attachments', 'sticker_ids'].map((name) => body[name]);
  const more = parts.some((part) => Array.isArray(part) && part.length > 0) || body.poll !== undefined;
  if (content === '' && !more) throw new Refusal('empty');
}

/** Lets the bot send a message: kept, listed as sent, published unless only one user may see it. */
export function sendAsBot(
  world: World,
  channelId: string,
  body: JsonObject,
  { extra = {}, sent }: { readonly extra?: JsonObject; readonly sent?: Sent } = {},
): JsonObject {
  const earlier = world.messages.madeBy(body);
  if (earlier !== undefined) return earlier;
  const place = found(placeOf(world, channelId), 'channel');
  if (place.channel.type === CATEGORY) throw new Refusal('notText');
  checkBody(body);
  const author = botUser(world.options.bot);
  const message = world.messages.create({
    channelId,
    guildId: place.guildId,
    author,
    mentions: mentions(world, body),
    body,
    ...(sent === undefined ? {} : { sent }),
  });
  Object.assign(message, extra);
  world.messages.sent.push(message);
  const ephemeral = ((Number(message.flags) || 0) & 64) !== 0;
  if (!ephemeral) publishMessage(world, 'MESSAGE_CREATE', message, place.guildId);
  return message;
}

function messageOf(ask: Ask): JsonObject {
  found(placeOf(ask.world, param(ask, 'channel')), 'channel');
  return found(ask.world.messages.find(param(ask, 'channel'), param(ask, 'message')), 'message');
}

const messageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel/messages',
    answer: (ask) => {
      found(placeOf(ask.world, param(ask, 'channel')), 'channel');
      const [before, after] = [idIn(ask, 'before'), idIn(ask, 'after')];
      const limit = limitIn(ask, { usual: 50, max: 100 });
      const range = { limit, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
      return { status: 200, body: ask.world.messages.list(param(ask, 'channel'), range) };
    },
  },
  {
    method: 'POST',
    path: '/channels/:channel/messages',
    allowance: SENDING,
    answer: (ask) => ({
      status: 200,
      body: sendAsBot(ask.world, param(ask, 'channel'), ask.body, { sent: sentWith(ask) }),
    }),
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message',
    answer: (ask) => ({ status: 200, body: messageOf(ask) }),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel/messages/:message',
    allowance: SENDING,
    answer: (ask) => {
      const { world } = ask;
      const message = messageOf(ask);
      if (objectOr(message.author).id !== world.options.bot.id) throw new Refusal('notAuthor');
      const [channel, id] = [param(ask, 'channel'), param(ask, 'message')];
      const edited = found(world.messages.edit(channel, id, ask.body, sentWith(ask)), 'message');
      publishMessage(world, 'MESSAGE_UPDATE', edited, placeOf(world, channel)?.guildId);
      return { status: 200, body: edited };
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel/messages/:message',
    answer: (ask) => {
      const { world } = ask;
      const id = messageOf(ask).id;
      const channelId = param(ask, 'channel');
      world.messages.remove(channelId, param(ask, 'message'));
      publishMessage(world, 'MESSAGE_DELETE', { id, channel_id: channelId }, placeOf(world, channelId)?.guildId);
      return { status: 204 };
    },
  },
];

/** Routes about channels. @see https://discord.com/developers/docs/resources/channel */
export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel',
    answer: (ask) => ({ status: 200, body: found(placeOf(ask.world, param(ask, 'channel')), 'channel').channel }),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel',
    answer: (ask) => {
      const { guildId, channel } = found(placeOf(ask.world, param(ask, 'channel')), 'channel');
      const guild = found(guildId === undefined ? undefined : ask.world.guilds.find(guildId), 'channel');
      for (const name of ['name', 'topic', 'nsfw', 'rate_limit_per_user', 'parent_id'])
        if (ask.body[name] !== undefined) channel[name] = ask.body[name];
      tell(ask.world, guild, 'CHANNEL_UPDATE', channel);
      return { status: 200, body: channel };
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel',
    answer: (ask) => {
      const { guildId, channel } = found(placeOf(ask.world, param(ask, 'channel')), 'channel');
      const guild = guildId === undefined ? undefined : ask.world.guilds.find(guildId);
      if (guild === undefined) return { status: 200, body: channel };
      guild.channels.splice(guild.channels.indexOf(channel), 1);
      tell(ask.world, guild, 'CHANNEL_DELETE', channel);
      return { status: 200, body: channel };
    },
  },
  {
    method: 'POST',
    path: '/channels/:channel/typing',
    answer: (ask) => {
      found(placeOf(ask.world, param(ask, 'channel')), 'channel');
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    // Discord serves files from a host of their own, to whoever has the link.
    path: '/attachments/:channel/:attachment/:name',
    auth: false,
    answer: (ask) => {
      const file = found(ask.world.messages.uploads.find(param(ask, 'attachment')), 'attachment');
      return { status: 200, file };
    },
  },
  ...messageRoutes,
];
