/**
 * discord/message-payload: turns what users pass as a message into plain data, where it is called.
 *
 * Builders lose their methods on the way to another thread or process, so they are asked for their JSON before that; what
 * is left out here is filled in by the cluster that sends, which has the client's options.
 */
import { ShardliftError } from '../errors.ts';
import { type ReadFile, readFiles } from './files.ts';
import type { MessageEdit, MessageInput, PlainMessage } from './message-input.ts';

/** Bits a bot may set by name. @see https://discord.com/developers/docs/resources/message#message-object-message-flags */
const flagBits: Readonly<Record<string, number>> = {
  SuppressEmbeds: 1 << 2,
  SuppressNotifications: 1 << 12,
  IsVoiceMessage: 1 << 13,
  IsComponentsV2: 1 << 15,
};

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const hasJson = (value: unknown): value is { toJSON(): unknown } =>
  isObject(value) && typeof (value as { toJSON?: unknown }).toJSON === 'function';

/** `customId` to `custom_id`: plain objects may be written as discord.js spells them, Discord takes only its own spelling. */
const snake = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** The JSON of builders as it is, plain objects in Discord's spelling, down to the last one. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (hasJson(value)) return value.toJSON();
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snake(key), plain(inner)]));
}

/** One of the things flags can be: a number, a bit field, a name, a list of these. */
function bitsOf(flags: unknown): number {
  if (typeof flags === 'number') return flags;
  if (typeof flags === 'bigint') return Number(flags);
  if (Array.isArray(flags)) return flags.reduce<number>((all, flag) => all | bitsOf(flag), 0);
  if (isObject(flags) && 'bitfield' in flags) return bitsOf(flags.bitfield);
  const named = typeof flags === 'string' ? (flagBits[flags] ?? Number.parseInt(flags, 10)) : Number.NaN;
  if (!Number.isNaN(named)) return named;
  const expected = `a number or one of ${Object.keys(flagBits).join(', ')}`;
  throw new ShardliftError('INVALID_OPTION', { option: 'flags', expected, received: String(flags) });
}

const idOf = (value: unknown): unknown => (isObject(value) ? value.id : value);

/** `failIfNotExists` is left out when it is not said: the client's option decides then. */
function referenceOf({ reply, forward }: Fields): Fields | undefined {
  if (isObject(reply)) {
    return { message_id: idOf(reply.messageReference), fail_if_not_exists: reply.failIfNotExists };
  }
  if (!isObject(forward)) return undefined;
  const { message } = forward;
  const from: Fields = isObject(message) ? message : {};
  return {
    type: 1,
    message_id: idOf(message),
    channel_id: from.channelId ?? idOf(forward.channel),
    guild_id: from.guildId ?? idOf(forward.guild),
  };
}

function pollOf(poll: unknown): Fields | undefined {
  if (!isObject(poll)) return undefined;
  const answers = poll.answers as readonly { readonly text: unknown; readonly emoji?: unknown }[];
  return {
    question: { text: (poll.question as Fields).text },
    answers: answers.map(({ text, emoji }) => ({ poll_media: { text, emoji: emojiOf(emoji) } })),
    duration: poll.duration,
    allow_multiselect: poll.allowMultiselect,
    layout_type: poll.layoutType,
  };
}

/** An emoji by id, as `<:name:id>` or `name:id`, as its own character, or as an object. */
function emojiOf(emoji: unknown): Fields | undefined {
  if (emoji === undefined || emoji === null) return undefined;
  if (isObject(emoji)) return emoji.id === undefined || emoji.id === null ? { name: emoji.name } : { id: emoji.id };
  const text = String(emoji);
  const [, id = /^\d+$/.test(text) ? text : undefined] = /^<?(?:a:|:)?\w+:(\d+)>?$/.exec(text) ?? [];
  return id === undefined ? { name: text } : { id };
}

function mentionsOf(mentions: unknown): unknown {
  if (!isObject(mentions)) return mentions;
  const { repliedUser, ...rest } = mentions;
  return repliedUser === undefined ? rest : { ...rest, replied_user: repliedUser };
}

/** Only the attachments that stay need be named in an edit; new files are added to them. */
function attachmentsOf(given: unknown, files: readonly ReadFile[]): readonly unknown[] | undefined {
  if (!Array.isArray(given)) return files.length === 0 ? undefined : files.map(({ about }) => about);
  return [...given.map((kept) => ({ id: idOf(kept) })), ...files.map(({ about }) => about)];
}

function bodyOf(input: Fields, files: readonly ReadFile[]): Fields {
  const { stickers, flags } = input;
  return {
    content: input.content === null ? '' : input.content,
    tts: input.tts,
    nonce: input.nonce,
    enforce_nonce: input.enforceNonce,
    embeds: plain(input.embeds),
    components: plain(input.components),
    allowed_mentions: mentionsOf(input.allowedMentions),
    flags: flags === undefined || flags === null ? undefined : bitsOf(flags),
    message_reference: referenceOf(input),
    attachments: attachmentsOf(input.attachments, files),
    sticker_ids: Array.isArray(stickers) ? stickers.map(idOf) : undefined,
    poll: pollOf(input.poll),
    shared_client_theme: plain(input.sharedClientTheme),
  };
}

/**
 * Makes plain data of a message: the same whether it is sent from here or by another cluster. The input is not changed.
 *
 * @param signal - ends the wait for files that have to be loaded from elsewhere
 * @throws ShardliftError `INVALID_OPTION` for a file or a flag that cannot be used
 */
export async function plainMessage(message: MessageInput | MessageEdit, signal?: AbortSignal): Promise<PlainMessage> {
  const input: Fields = typeof message === 'string' ? { content: message } : (message as Fields);
  if (!isObject(input)) {
    const expected = "text, or an object as discord.js's send takes it";
    throw new ShardliftError('INVALID_OPTION', { option: 'message', expected, received: `of type ${typeof message}` });
  }
  const files = await readFiles((input.files ?? []) as Parameters<typeof readFiles>[0], signal);
  // Through JSON: what toJSON gives may hold more builders, and absent fields vanish.
  const body = JSON.parse(JSON.stringify(bodyOf(input, files))) as Fields;
  return { body, files: files.map(({ file }) => file) };
}
