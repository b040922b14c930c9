/** discord/files: reads the files of a message where the message is made. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ShardliftError } from '../errors.ts';
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

const refusal = (option: string, received: string): ShardliftError =>
  new ShardliftError('INVALID_OPTION', {
    option,
    expected: 'bytes, the path of a file, an http(s) address, or an object with one of these as its attachment',
    received,
  });

/** Loads what an address names. */
async function load(address: string, option: string): Promise<Omit<PlainFile, 'name'>> {
  const response = await fetch(address);
  if (!response.ok) throw refusal(option, `an address that answers ${response.status}`);
  const contentType = response.headers.get('content-type');
  const bytes = new Uint8Array(await response.arrayBuffer());
  return contentType === null ? { bytes } : { bytes, contentType };
}

async function contentOf(source: unknown, option: string): Promise<Omit<PlainFile, 'name'>> {
  if (isBytes(source)) return { bytes: bytesOf(source) };
  if (typeof source !== 'string') throw refusal(option, kindOf(source));
  if (/^https?:\/\//.test(source)) return load(source, option);
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

async function readOne(input: FileInput, index: number): Promise<ReadFile> {
  const option = `files[${index}]`;
  const given: Described = isDescribed(input) ? input : { attachment: input };
  const content = await contentOf(given.attachment, option);
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
 * @throws ShardliftError `INVALID_OPTION` naming the file: a stream, a path nobody can read, an address without an answer
 */
export const readFiles = (files: readonly FileInput[]): Promise<ReadFile[]> => Promise.all(files.map(readOne));
