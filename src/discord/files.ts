/** discord/files: reads the files of a message where the message is made. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isShardliftError, messageOf, ShardliftError } from '../errors.ts';
import type { FileInput, PlainFile } from './message-input.ts';

/** What an `AttachmentBuilder` and its plain form may hold beside the file itself. */
interface Described {
  readonly attachment: unknown;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly title?: string | null;
  readonly waveform?: string | null;
  readonly duration?: number | null;
}

/** A file, and what the message's body says of it. */
export interface ReadFile {
  readonly file: PlainFile;
  /** @see https://discord.com/developers/docs/reference#uploading-files */
  readonly about: Readonly<Record<string, unknown>>;
}

/** The name discord.js gives a file that has none. */
const unnamed = 'file.jpg';

const isBytes = (value: unknown): value is NodeJS.ArrayBufferView | ArrayBuffer =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** A view of the same memory, whatever kind of bytes it is. */
const bytesOf = (value: NodeJS.ArrayBufferView | ArrayBuffer): Uint8Array =>
  ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `of type ${typeof value}`;
  const isStream = 'pipe' in value || 'getReader' in value || Symbol.asyncIterator in value;
  return isStream ? 'a stream' : `a ${value.constructor?.name ?? 'nameless object'}`;
}

const expected = 'bytes, the path of a file, an http(s) address, or an object with one of these as its attachment';

const refusal = (option: string, received: string, cause?: unknown): ShardliftError =>
  new ShardliftError('INVALID_OPTION', { option, expected, received }, cause === undefined ? {} : { cause });

/** One file being read. */
interface Reading {
  /** For errors: which one. */
  readonly option: string;
  /** Ends the wait for an address. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Most bytes that are loaded from an address: Discord takes no larger file, in any guild.
 *
 * @see https://support.discord.com/hc/en-us/articles/360028038352
 */
export const largestFile = 100 * 1024 * 1024;

const tooLarge = (option: string): ShardliftError =>
  new ShardliftError('INVALID_OPTION', {
    option,
    expected: `an address with a file of ${largestFile} bytes at most`,
    received: 'an address with a larger one',
  });

/** Loads what an address names. */
async function load(address: string, { option, signal }: Reading): Promise<Omit<PlainFile, 'name'>> {
  const broken = (cause: unknown): never => {
    if (signal?.aborted || isShardliftError(cause)) throw cause;
    throw refusal(option, `an address that does not answer (${messageOf(cause)})`, cause);
  };
  const response = await fetch(address, { signal: signal ?? null }).catch(broken);
  if (!response.ok || Number(response.headers.get('content-length')) > largestFile) {
    // Nobody reads the rest: the line is not to be held for it. Accepted loss: a line that broke is let go already.
    await response.body?.cancel().catch(() => undefined);
    throw response.ok ? tooLarge(option) : refusal(option, `an address that answers ${response.status}`);
  }
  const contentType = response.headers.get('content-type');
  const bytes = await bytesWithin(response, option).catch(broken);
  return contentType === null ? { bytes } : { bytes, contentType };
}

/** Not every server says the length beforehand, or the true one. */
async function bytesWithin({ body }: Response, option: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.byteLength;
    if (length > largestFile) throw tooLarge(option);
    pieces.push(piece);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

async function contentOf(source: unknown, { option, signal }: Reading): Promise<Omit<PlainFile, 'name'>> {
  if (isBytes(source)) return { bytes: bytesOf(source) };
  if (typeof source !== 'string') throw refusal(option, kindOf(source));
  if (/^https?:\/\//.test(source)) return load(source, { option, signal });
  try {
    return { bytes: bytesOf(await readFile(source)) };
  } catch (cause) {
    throw new ShardliftError(
      'INVALID_OPTION',
      { option, expected: 'the path of a file that can be read', received: `'${source}'` },
      { cause },
    );
  }
}

/** `?` and what follows belongs to an address, not to the name of the file. */
const nameIn = (source: unknown): string =>
  typeof source === 'string' ? (basename(source).split('?')[0] ?? unnamed) : unnamed;

const isDescribed = (input: unknown): input is Described =>
  typeof input === 'object' && input !== null && !isBytes(input) && 'attachment' in input;

async function readOne(input: FileInput, index: number, signal: AbortSignal | undefined): Promise<ReadFile> {
  const option = `files[${index}]`;
  const given: Described = isDescribed(input) ? input : { attachment: input };
  const content = await contentOf(given.attachment, { option, signal });
  return {
    file: { name: given.name ?? nameIn(given.attachment), ...content },
    about: {
      id: String(index),
      description: given.description,
      title: given.title,
      waveform: given.waveform,
      duration_secs: given.duration,
    },
  };
}

/**
 * Reads files.
 *
 * @param signal - ends the wait for addresses, with its reason
 * @throws ShardliftError `INVALID_OPTION` naming the file: a stream, a path nobody can read, an address without an answer, or
 * with more than {@link largestFile}
 */
export async function readFiles(files: readonly FileInput[], signal?: AbortSignal): Promise<ReadFile[]> {
  const refused = new AbortController();
  const either = signal === undefined ? refused.signal : AbortSignal.any([signal, refused.signal]);
  try {
    return await Promise.all(files.map((file, index) => readOne(file, index, either)));
  } catch (error) {
    // The message is not sent: nobody needs the others.
    refused.abort(error);
    throw error;
  }
}
