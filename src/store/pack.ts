/** store/pack: users' values as bodies that fit into a request, and go with it unread. */
import { ShardliftError } from '../errors.ts';
import { type SnapshotBody, snapshotBody } from '../wire/body.ts';
import { defaultMaxFrameBytes } from '../wire/codec.ts';
import { encodeValue } from '../wire/value.ts';
import { shownKey } from './keys.ts';

/** Largest value in bytes: what a frame holds, less room for the key and everything else in it. */
export const maxValueBytes = defaultMaxFrameBytes - 64 * 1024;

/** Text within a request becomes part of its text, every quote escaped. From here on bytes are cheaper. */
const longText = 16_384;

const encoder = new TextEncoder();

/**
 * Packs a value.
 *
 * @param key - the whole key, for the error
 * @throws ShardliftError `UNSERIALISABLE`, `VALUE_TOO_LARGE`
 */
export function packValue(key: string, value: unknown): SnapshotBody {
  const body = snapshotBody(encodeValue(value));
  if (body.format === 'none') return body;
  const { format } = body;
  if (typeof body.data === 'string' && body.data.length <= longText) return body;
  const data = bytesOf(body.data);
  if (data.length <= maxValueBytes) return { format, data };
  throw new ShardliftError('VALUE_TOO_LARGE', { key: shownKey(key), bytes: data.length, maxBytes: maxValueBytes });
}

/** Plain bytes: a `Buffer` in a request would have the whole request copied first. */
function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string'
    ? encoder.encode(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
