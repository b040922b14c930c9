/** store/held-value: one value as the store's memory holds it. */
import { isDeepStrictEqual } from 'node:util';
import { emptyBody, type SnapshotBody } from '../wire/body.ts';
import { decodeValue } from '../wire/value.ts';
import type { Due } from './schedule.ts';

/** What a value costs beside its key and its bytes, roughly: the objects around it and its places in the tables. */
export const overheadBytes = 128;

/** A value with its key and its end. */
export class HeldValue implements Due {
  readonly key: string;
  readonly body: SnapshotBody;
  readonly bytes: number;
  dueAt: number;
  slot = -1;

  constructor(key: string, body: SnapshotBody, dueAt: number) {
    this.key = key;
    this.body = body;
    this.dueAt = dueAt;
    const dataBytes = body.format === 'none' ? 0 : Buffer.byteLength(body.data);
    this.bytes = overheadBytes + Buffer.byteLength(key) + dataBytes;
  }
}

/** The body within a request, with bytes of its own: those that came belong to a larger piece of memory. */
export function ownBody(from: SnapshotBody): SnapshotBody {
  if (from.format === 'none') return emptyBody;
  const { format, data } = from;
  if (typeof data === 'string') return { format: 'json', data };
  return { format, data: new Uint8Array(data) };
}

/**
 * Whether two bodies say the same, as `util.isDeepStrictEqual` sees it: the order of properties does not matter.
 *
 * Equal text is equal without a look inside. Texts of different lengths are different: what JSON leaves free is only the
 * order of properties. v8 bytes decide nothing: the same number has two forms in them.
 */
export function sameValue(a: SnapshotBody, b: SnapshotBody): boolean {
  if (a.format === 'none' || b.format === 'none') return a.format === b.format;
  const texts = typeof a.data === 'string' && typeof b.data === 'string';
  if (texts && a.data === b.data) return true;
  if (texts && a.data.length !== b.data.length) return false;
  return isDeepStrictEqual(decodeValue(a), decodeValue(b));
}

/** What kind of value this is, in words: the value itself may be a secret. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `a value of type ${name}` : 'an object';
}
