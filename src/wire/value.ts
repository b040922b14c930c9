/** wire/value: the value language. One meaning in every mode: what leaves a node arrives the same over any link. */
import { deserialize, serialize } from 'node:v8';
import { ShardliftError } from '../errors.ts';
import { type Body, emptyBody, Unread } from './body.ts';
import { Copies, rewrite, serialized } from './rewrite.ts';
import { refusalOf } from './value-kinds.ts';
import { classify, verdictOfPrimitive, Walk } from './verdict.ts';

/**
 * Up to here an object goes through a port as it is; above, its text is cheaper to clone than its many parts.
 *
 * Measured with guild-like records: equal at 1 to 4 KB, the text ahead from 10 KB on.
 */
const maxPlain = 2_048;
/**
 * Encodes a value: JSON text when that loses nothing (a small value stays as it is until a carrier wants text), v8 bytes
 * otherwise. A body must leave at once or be made a snapshot (`snapshotBody`): until then it is the user's own object.
 *
 * Carries primitives (`undefined`, `bigint`, `NaN`, infinities and `-0` too), `Date`, `RegExp`, `Error`, bytes (a
 * `Buffer` arrives as `Uint8Array`), anything with `toJSON` as its result without members that are `undefined`, `Map`,
 * `Set`, arrays and objects by their own enumerable properties, cycles and shared objects included; `new Number(1)` and
 * its like as their primitive.
 *
 * @throws ShardliftError `UNSERIALISABLE` for functions, symbols, promises and weak things; `details.path` names the spot
 */
export function encodeValue(value: unknown): Body {
  if (value === undefined) return emptyBody;
  try {
    return encoded(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const received = `too deep or too large (${error.message})`;
    throw new ShardliftError('UNSERIALISABLE', { path: 'value', received }, { cause: error });
  }
}

/** Text when that loses nothing; a small value stays as it is until it is known what carries it. */
const jsonBody = (value: unknown, { size, classed }: Walk): Body =>
  size > maxPlain || classed ? { format: 'json', data: JSON.stringify(value) } : { format: 'plain', data: value };

function encoded(value: unknown): Body {
  if (typeof value !== 'object' || value === null) return encodedPrimitive(value);
  const walk = new Walk(value);
  const verdict = classify(value, walk);
  if (verdict === 'json') return jsonBody(value, walk);
  if (verdict === 'v8') {
    try {
      return { format: 'v8', data: serialize(value) };
    } catch {
      // Not lost: v8 refuses proxies and host objects without saying where; the copy below knows, or does without them.
    }
  }
  const plain = rewrite(value, 'value', new Copies());
  if (typeof plain !== 'object' || plain === null) return encodedPrimitive(plain);
  const copied = new Walk(plain);
  return classify(plain, copied) === 'json'
    ? jsonBody(plain, copied)
    : { format: 'v8', data: serialized(plain, 'value') };
}

function encodedPrimitive(value: unknown): Body {
  if (value === undefined) return emptyBody;
  const verdict = verdictOfPrimitive(value);
  if (verdict === 'json') return { format: 'plain', data: value };
  if (verdict === 'v8') return { format: 'v8', data: serialize(value) };
  throw new ShardliftError('UNSERIALISABLE', { path: 'value', received: refusalOf(value) ?? typeof value });
}

/** Bytes as text, without a copy of the bytes. */
const textOf = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('utf8');

/** Decodes what {@link encodeValue} made. */
export function decodeValue(body: Body): unknown {
  if (body.format === 'none') return undefined;
  // It came through a port, which made a copy of its own.
  if (body.format === 'plain') return body.data;
  if (body.format === 'v8') return deserialize(body.data);
  return JSON.parse(typeof body.data === 'string' ? body.data : textOf(body.data));
}

/** The body of a value, or the one at hand. */
export const bodyOfValue = (value: unknown): Body => (value instanceof Unread ? value.body : encodeValue(value));
