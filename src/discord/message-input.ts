/** discord/message-input: what users may pass as a message, and the plain data that crosses to the cluster that sends it. */
import type {
  Attachment,
  AttachmentBuilder,
  AttachmentPayload,
  MessageCreateOptions,
  MessageEditOptions,
} from 'discord.js';

/**
 * A file of a message: bytes, the path of a file here, an `http(s)` address, or one of these with name and description.
 *
 * It is read where `send` is called, never on the cluster that sends. Streams are refused: what was read of one could not
 * be read again.
 */
export type FileInput =
  | string
  | NodeJS.ArrayBufferView
  | ArrayBuffer
  | AttachmentBuilder
  | Attachment
  | (Omit<AttachmentPayload, 'attachment'> & { readonly attachment: string | NodeJS.ArrayBufferView | ArrayBuffer });

/** A message to send: text, or what discord.js's `channel.send` takes; builders too. */
export type MessageInput =
  | string
  | (Omit<MessageCreateOptions, 'files'> & { readonly files?: readonly FileInput[] | undefined });

/** What an edit changes: text, or what discord.js's `message.edit` takes. */
export type MessageEdit =
  | string
  | (Omit<MessageEditOptions, 'files'> & { readonly files?: readonly FileInput[] | undefined });

/** A file as it crosses between clusters. */
export interface PlainFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** MIME type where the source said one; Discord guesses otherwise. */
  readonly contentType?: string;
}

/** A message as it crosses between clusters: the body Discord takes, and files. */
export interface PlainMessage {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly PlainFile[];
}
