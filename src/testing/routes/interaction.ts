/** testing/routes/interaction: how a bot answers an interaction: at once, later, and again. */

import { InteractionResponseType as Types } from 'discord-api-types/v10';
import type { OpenInteraction } from '../interaction-desk.ts';
import { integerOf, type JsonObject, objectOr } from '../json.ts';
import { sendAsBot } from './channel.ts';
import { type Answer, type Ask, found, param, Refusal, type Route } from './route.ts';

const EPHEMERAL = 64;

/** The interaction the path names, by its token. */
function interactionOf(ask: Ask, why: 'interaction' | 'webhook'): OpenInteraction {
  return found(ask.world.interactions.find(param(ask, 'token')), why);
}

/** Sends a reply or follow-up into the interaction's channel. */
function write(ask: Ask, interaction: OpenInteraction, body: JsonObject): JsonObject {
  const flags = (integerOf(body.flags) ?? 0) | (interaction.ephemeral ? EPHEMERAL : 0);
  const extra = { application_id: ask.world.applications.id, webhook_id: ask.world.applications.id };
  return sendAsBot(ask.world, interaction.channelId, { ...body, flags }, { extra });
}

/** Writes the first visible answer and lets whoever waits for it know. */
function writeOriginal(ask: Ask, interaction: OpenInteraction, body: JsonObject): JsonObject {
  const message = write(ask, interaction, body);
  interaction.original = String(message.id);
  ask.world.interactions.answer(interaction.token, { type: Types.ChannelMessageWithSource, data: body, message });
  return message;
}

function acknowledge(ask: Ask): Answer {
  const interaction = interactionOf(ask, 'interaction');
  if (interaction.id !== param(ask, 'interaction')) throw new Refusal('interaction');
  if (interaction.state !== 'open') throw new Refusal('acknowledged');
  const type = found(integerOf(ask.body.type), 'form');
  const data = objectOr(ask.body.data);
  interaction.ephemeral = ((integerOf(data.flags) ?? 0) & EPHEMERAL) !== 0;
  let message: JsonObject | undefined;
  if (type === Types.ChannelMessageWithSource) message = writeOriginal(ask, interaction, data);
  else if (type === Types.DeferredChannelMessageWithSource || type === Types.DeferredMessageUpdate)
    interaction.state = 'deferred';
  else ask.world.interactions.answer(interaction.token, { type, data });
  if (ask.query.get('with_response') !== 'true') return { status: 204 };
  const about = {
    id: interaction.id,
    type: 2,
    ...(message === undefined ? {} : { response_message_id: message.id }),
    response_message_loading: interaction.state === 'deferred',
    response_message_ephemeral: interaction.ephemeral,
    channel_id: interaction.channelId,
    ...(interaction.guildId === undefined ? {} : { guild_id: interaction.guildId }),
  };
  return {
    status: 200,
    body: { interaction: about, ...(message === undefined ? {} : { resource: { type, message } }) },
  };
}

/** The message a follow-up route names; `@original` is the first reply. */
function replyOf(ask: Ask): { readonly interaction: OpenInteraction; readonly message: JsonObject } {
  const interaction = interactionOf(ask, 'webhook');
  const named = param(ask, 'message');
  const id = named === '@original' ? interaction.original : named;
  return { interaction, message: found(ask.world.messages.find(interaction.channelId, id ?? ''), 'message') };
}

function edit(ask: Ask): Answer {
  const interaction = interactionOf(ask, 'webhook');
  if (param(ask, 'message') === '@original' && interaction.state === 'deferred')
    return { status: 200, body: writeOriginal(ask, interaction, ask.body) };
  const { message } = replyOf(ask);
  const edited = ask.world.messages.edit(interaction.channelId, String(message.id), ask.body);
  return { status: 200, body: found(edited, 'message') };
}

/** Routes of interactions. @see https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints */
export const interactionRoutes: readonly Route[] = [
  { method: 'POST', path: '/interactions/:interaction/:token/callback', auth: false, answer: acknowledge },
  {
    method: 'POST',
    path: '/webhooks/:webhook/:token',
    auth: false,
    answer: (ask) => {
      const interaction = interactionOf(ask, 'webhook');
      if (interaction.state === 'open') throw new Refusal('webhook');
      // The first follow-up to a deferral takes the place of the "thinking" message.
      const later = interaction.state === 'deferred' ? writeOriginal : write;
      return { status: 200, body: later(ask, interaction, ask.body) };
    },
  },
  {
    method: 'GET',
    path: '/webhooks/:webhook/:token/messages/:message',
    auth: false,
    answer: (ask) => ({ status: 200, body: replyOf(ask).message }),
  },
  { method: 'PATCH', path: '/webhooks/:webhook/:token/messages/:message', auth: false, answer: edit },
  {
    method: 'DELETE',
    path: '/webhooks/:webhook/:token/messages/:message',
    auth: false,
    answer: (ask) => {
      const { interaction, message } = replyOf(ask);
      ask.world.messages.remove(interaction.channelId, String(message.id));
      return { status: 204 };
    },
  },
];
