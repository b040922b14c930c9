/** testing/message-book: the messages of every channel, and the ones the bot sent. */

import { integerOf, type Json, type JsonObject, objectOr, textOf } from './json.ts';
import { freshId } from './snowflake.ts';
import { UploadBook, type Uploads } from './upload-book.ts';

/** Messages remembered per channel. */
const KEPT = 500;

/** Nonces remembered. Discord remembers them for some minutes. */
const NONCES_KEPT = 1_000;

/** What comes beside the body of a request about a message. */
export interface Sent {
  readonly uploads: Uploads;
  /** Where files can be loaded from. */
  readonly origin: string;
}

/** Who says what where. */
export interface NewMessage {
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly author: JsonObject;
  readonly mentions?: readonly JsonObject[];
  readonly body: JsonObject;
  readonly sent?: Sent;
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value : []);

/** What a bot may set in a message, read from a request body; ids are given to components, as Discord does. */
function written(body: JsonObject): JsonObject {
  const fields: JsonObject = {};
  if ('content' in body) fields.content = textOf(body.content) ?? '';
  if ('embeds' in body) fields.embeds = listOf(body.embeds).map((embed) => ({ type: 'rich', ...objectOr(embed) }));
  if ('flags' in body) fields.flags = integerOf(body.flags) ?? 0;
  if ('components' in body) fields.components = numbered(listOf(body.components), { next: 1 });
  return fields;
}

function numbered(components: readonly Json[], counter: { next: number }): Json[] {
  return components.map(objectOr).map((component) => {
    const id = counter.next;
    counter.next += 1;
    const inner = component.components;
    return { id, ...component, ...(Array.isArray(inner) ? { components: numbered(inner, counter) } : {}) };
  });
}

/** Keeps messages as REST shows them; the gateway adds `guild_id` and `member`. */
export class MessageBook {
  /** Messages the bot sent, oldest first; interaction replies too. */
  readonly sent: JsonObject[] = [];
  /** The files of messages. */
  readonly uploads = new UploadBook();
  readonly #nonces = new Map<string, JsonObject>();
  readonly #channels = new Map<string, Map<string, JsonObject>>();
  /** DM channel id to the user's id. */
  readonly #direct = new Map<string, string>();

  /** Makes a message and remembers it. */
  create({ channelId, guildId, author, mentions = [], body, sent }: NewMessage): JsonObject {
    const message: JsonObject = {
      id: freshId(),
      channel_id: channelId,
      type: 0,
      content: '',
      author,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      tts: body.tts === true,
      mention_everyone: /@(everyone|here)/.test(textOf(body.content) ?? ''),
      mentions: [...mentions],
      mention_roles: [],
      attachments: this.#attach(body, [], { channelId, sent }),
      embeds: [],
      components: [],
      pinned: false,
      flags: 0,
      ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
      ...written(body),
      ...reference(body, channelId, guildId),
    };
    this.#keep(channelId, message);
    if (body.enforce_nonce === true) this.#rememberNonce(String(body.nonce), message);
    return message;
  }

  /**
   * The message an earlier request with the same nonce made, when this one wants its nonce to be enforced.
   *
   * @see https://discord.com/developers/docs/resources/message#create-message
   */
  madeBy(body: JsonObject): JsonObject | undefined {
    return body.enforce_nonce === true ? this.#nonces.get(String(body.nonce)) : undefined;
  }

  /** The message with this id in a channel. */
  find(channelId: string, id: string): JsonObject | undefined {
    return this.#channels.get(channelId)?.get(id);
  }

  /** The newest messages of a channel first. */
  list(channelId: string, { limit, before, after }: { limit: number; before?: string; after?: string }): JsonObject[] {
    const all = [...(this.#channels.get(channelId)?.values() ?? [])];
    const inside = all.filter(({ id }) => {
      const own = BigInt(String(id));
      return (before === undefined || own < BigInt(before)) && (after === undefined || own > BigInt(after));
    });
    return (after === undefined ? inside.slice(-limit) : inside.slice(0, limit)).reverse();
  }

  /** Changes a message; undefined when there is none. */
  edit(channelId: string, id: string, body: JsonObject, sent?: Sent): JsonObject | undefined {
    const message = this.find(channelId, id);
    if (message === undefined) return undefined;
    const attachments = this.#attach(body, listOf(message.attachments), { channelId, sent });
    // In place: whoever holds the message, `sent` included, sees the edit.
    return Object.assign(message, written(body), { attachments, edited_timestamp: new Date().toISOString() });
  }

  /** Deletes a message; false when there is none. */
  remove(channelId: string, id: string): boolean {
    return this.#channels.get(channelId)?.delete(id) ?? false;
  }

  /** Opens the direct-message channel with a user, the same one every time. */
  openDirect(userId: string): string {
    for (const [channelId, owner] of this.#direct) if (owner === userId) return channelId;
    const channelId = freshId();
    this.#direct.set(channelId, userId);
    return channelId;
  }

  /** The user a direct-message channel is with; undefined when it is none. */
  directUser(channelId: string): string | undefined {
    return this.#direct.get(channelId);
  }

  #attach(
    body: JsonObject,
    before: Json[],
    at: { readonly channelId: string; readonly sent: Sent | undefined },
  ): Json[] {
    const { uploads = new Map(), origin = '' } = at.sent ?? {};
    return this.uploads.attach({ named: body.attachments, before, uploads }, { origin, channelId: at.channelId });
  }

  #rememberNonce(nonce: string, message: JsonObject): void {
    this.#nonces.set(nonce, message);
    const [oldest] = this.#nonces.keys();
    if (this.#nonces.size > NONCES_KEPT && oldest !== undefined) this.#nonces.delete(oldest);
  }

  #keep(channelId: string, message: JsonObject): void {
    let channel = this.#channels.get(channelId);
    if (channel === undefined) {
      channel = new Map();
      this.#channels.set(channelId, channel);
    }
    channel.set(String(message.id), message);
    const [oldest] = channel.keys();
    if (channel.size > KEPT && oldest !== undefined) channel.delete(oldest);
  }
}

function reference(body: JsonObject, channelId: string, guildId: string | undefined): JsonObject {
  const to = objectOr(body.message_reference);
  if (textOf(to.message_id) === undefined) return {};
  const where = guildId === undefined ? {} : { guild_id: guildId };
  return { type: 19, message_reference: { type: 0, channel_id: channelId, ...where, message_id: to.message_id } };
}
