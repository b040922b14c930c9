/** discord/channel-desk: what a client does with channels and messages. */
import type { APIChannel, APIMessage, Client } from 'discord.js';
import { channelOfAnswer, messageOfAnswer } from './answers.ts';
import { cachedChannel } from './cached.ts';
import type { PlainMessage } from './message-input.ts';
import { because, limitedBy, nullWhenUnknown } from './requests.ts';
import type { ChannelSummary, MessageSummary } from './summaries.ts';

/** A message for a channel. */
export interface SendRequest {
  readonly channelId: string;
  readonly message: PlainMessage;
}

/** A change of a message. */
export interface EditRequest extends SendRequest {
  readonly messageId: string;
}

/** A message to delete, and why. */
export interface DeleteRequest {
  readonly channelId: string;
  readonly messageId: string;
  readonly reason?: string;
}

/** What users may set for every message of a client. */
type MessageDefaults = Pick<Client['options'], 'allowedMentions' | 'failIfNotExists'>;

/** Fills in what the client's options say of every message, as discord.js does. */
function completed(body: PlainMessage['body'], { allowedMentions, failIfNotExists }: MessageDefaults): object {
  const { repliedUser, ...mentions } = allowedMentions ?? {};
  const usual =
    allowedMentions === undefined
      ? {}
      : { allowed_mentions: { ...mentions, ...(repliedUser === undefined ? {} : { replied_user: repliedUser }) } };
  const reference = body.message_reference as { readonly type?: number } | undefined;
  if (reference === undefined || reference.type !== undefined) return { ...usual, ...body };
  return { ...usual, ...body, message_reference: { fail_if_not_exists: failIfNotExists, ...reference } };
}

/** Works on channels with the REST client and the caches of one client. */
export class ChannelDesk {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** A channel of the cache. */
  cached(channelId: string): ChannelSummary | undefined {
    return cachedChannel(this.#client, channelId);
  }

  /** Asks Discord for a channel; `null` when there is none. */
  fetch(channelId: string, signal?: AbortSignal): Promise<ChannelSummary | null> {
    const answer = this.#client.rest.get(`/channels/${channelId}`, limitedBy(signal));
    return nullWhenUnknown(answer.then((channel) => channelOfAnswer(channel as APIChannel)));
  }

  /** Sends a message. */
  async send({ channelId, message }: SendRequest, signal?: AbortSignal): Promise<MessageSummary> {
    const request = { ...this.#payload(message), ...limitedBy(signal) };
    return messageOfAnswer((await this.#client.rest.post(`/channels/${channelId}/messages`, request)) as APIMessage);
  }

  /** Changes a message. */
  async edit({ channelId, messageId, message }: EditRequest, signal?: AbortSignal): Promise<MessageSummary> {
    const request = { ...this.#payload(message), ...limitedBy(signal) };
    const route = `/channels/${channelId}/messages/${messageId}` as const;
    return messageOfAnswer((await this.#client.rest.patch(route, request)) as APIMessage);
  }

  /** Deletes a message. */
  async delete({ channelId, messageId, reason }: DeleteRequest, signal?: AbortSignal): Promise<void> {
    const request = { ...because(reason), ...limitedBy(signal) };
    await this.#client.rest.delete(`/channels/${channelId}/messages/${messageId}`, request);
  }

  #payload({ body, files }: PlainMessage) {
    return {
      body: completed(body, this.#client.options),
      files: files.map(({ name, bytes, contentType }) => ({
        name,
        data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        ...(contentType === undefined ? {} : { contentType }),
      })),
    };
  }
}
