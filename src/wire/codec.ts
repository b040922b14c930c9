/** wire/codec: frames to bytes and back, for links that carry bytes. The body is copied, never read. */
import { ShardliftError } from '../errors.ts';
import { type Body, emptyBody, type SnapshotBody, snapshotBody } from './body.ts';
import { ByteReader, ByteWriter, codesOf } from './bytes.ts';
import type { Frame } from './frame.ts';
import { type GatheredReply, packGathered, unpackGathered } from './gathered.ts';
import { bodyOf, type HeadKind, headKindOf, layouts } from './head.ts';

/** Largest frame accepted, in bytes, on the sender and on the receiver. */
export const defaultMaxFrameBytes = 8 * 1024 * 1024;

/** What follows the length: a frame with one of the heads, many answers in one, or the reader's word on what it has read. */
const kinds = ['text', 'call', 'cast', 'value', 'gathered', 'credit'] as const;
const kindCodes = codesOf(kinds);
const formats = ['none', 'json', 'v8'] as const;
const formatCodes = codesOf(formats);
/** How long the length itself is. */
const lengthBytes = 4;
/** `u32` bytes that follow, `u8` kind (high half) and format of the body (low half). */
const prefixBytes = 5;

/** The bytes of no frame at all: a sign of life that readers pass over. */
export const noFrame: Buffer = Buffer.alloc(lengthBytes);

/** Room that the far end gives back: what it has read since it last said so. */
export interface CreditRecord {
  readonly frames: number;
  readonly bytes: number;
}

/** One record of a stream of bytes. */
export type StreamRecord =
  | { readonly frame: Frame; readonly bytes: number }
  | { readonly frame?: undefined; readonly credit: CreditRecord };

/**
 * Throws `FRAME_TOO_LARGE` when what a frame carries exceeds `maxBytes`; for links that post objects instead of bytes.
 *
 * Text and bytes are counted exactly. A plain object counts as nothing: it is small, or its sender would have made text of
 * it (`wire/value`), and counting it would cost as much as cloning it.
 */
export function assertFrameFits(frame: Frame, maxBytes: number = defaultMaxFrameBytes): void {
  if (isGathered(frame)) {
    const bodies = frame.outcome.members.map(({ outcome }) => (outcome.kind === 'value' ? outcome.body : emptyBody));
    assertFits(
      frame,
      bodies.reduce((sum, body) => sum + countedBytes(body), 0),
      maxBytes,
    );
    return;
  }
  const body = bodyOf(frame);
  // A UTF-16 unit takes at most three bytes of UTF-8, so most text needs no counting.
  if (body.format !== 'none' && typeof body.data === 'string' && body.data.length * 3 <= maxBytes) return;
  assertFits(frame, countedBytes(body), maxBytes);
}

function countedBytes(body: Body): number {
  if (body.format === 'none' || (body.format === 'plain' && typeof body.data !== 'string')) return 0;
  return Buffer.byteLength(body.data as string | Uint8Array);
}

function assertFits(frame: Frame, bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw new ShardliftError('FRAME_TOO_LARGE', { bytes, maxBytes, method: methodOf(frame) });
}

const methodOf = (frame: Frame): string => (frame.kind === 'call' || frame.kind === 'cast' ? frame.method : frame.kind);

const bytesOf = (body: SnapshotBody): number => (body.format === 'none' ? 0 : Buffer.byteLength(body.data));

const isGathered = (frame: Frame): frame is GatheredReply =>
  frame.kind === 'reply' && frame.outcome.kind === 'gathered';

/**
 * Encodes one frame as length-prefixed bytes.
 *
 * @throws ShardliftError `FRAME_TOO_LARGE` before anything is sent
 */
export function encodeFrame(frame: Frame, maxBytes: number = defaultMaxFrameBytes): Buffer {
  if (isGathered(frame)) return encodeGathered(frame, maxBytes);
  const body = snapshotBody(bodyOf(frame));
  const kind = headKindOf(frame);
  const layout = layouts[kind];
  const bytes = prefixBytes + layout.bytes(frame as never) + bytesOf(body);
  assertFits(frame, bytes, maxBytes);
  const out = new ByteWriter(bytes);
  out.u32(bytes - lengthBytes);
  out.u8(kindCodes[kind] * 16 + formatCodes[body.format]);
  layout.write(frame as never, out);
  if (body.format !== 'none') out.data(body.data);
  return out.bytes;
}

function encodeGathered(frame: GatheredReply, maxBytes: number): Buffer {
  const out = packGathered(frame, prefixBytes);
  assertFits(frame, out.length, maxBytes);
  out.writeUInt32BE(out.length - lengthBytes, 0);
  out.writeUInt8(kindCodes.gathered * 16, lengthBytes);
  return out;
}

/** Encodes the reader's word on what it has read. */
export function encodeCredit({ frames, bytes }: CreditRecord): Buffer {
  const out = new ByteWriter(prefixBytes + 12);
  out.u32(1 + 12);
  out.u8(kindCodes.credit * 16);
  out.u32(frames);
  out.f64(bytes);
  return out.bytes;
}

/** Decodes the bytes after the length prefix. */
function decodeRecord(bytes: Buffer): StreamRecord {
  const reader = new ByteReader(bytes);
  const first = reader.u8();
  const kind = kinds[first >> 4];
  const size = bytes.length + lengthBytes;
  if (kind === 'credit') return { credit: { frames: reader.u32(), bytes: reader.f64() } };
  if (kind === 'gathered') return { frame: unpackGathered(reader.rest()), bytes: size };
  if (kind === undefined) throw new RangeError(`no kind of frame has the number ${first >> 4}`);
  const finish = layouts[kind satisfies HeadKind].read(reader);
  const format = formats[first % 16];
  if (format === undefined) throw new RangeError(`no format of a body has the number ${first % 16}`);
  const body: Body = format === 'none' ? emptyBody : { format, data: reader.rest() };
  return { frame: finish(body), bytes: size };
}

/** Decodes one frame that {@link encodeFrame} made, with its length before it. @throws what {@link FrameReader.push} throws */
export function decodeFrame(bytes: Buffer): Frame {
  const [record] = new FrameReader().push(bytes);
  if (record?.frame === undefined) throw new RangeError('the bytes hold no whole frame');
  return record.frame;
}

/** Cuts a stream of bytes into records. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(maxBytes: number = defaultMaxFrameBytes) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes the next bytes and gives the records they complete.
   *
   * @throws ShardliftError `FRAME_TOO_LARGE` when the announced length exceeds the cap; anything it throws means that the
   * stream is not to be trusted any more
   */
  push(chunk: Buffer): StreamRecord[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const records: StreamRecord[] = [];
    let need = this.#need();
    while (need !== undefined && this.#length >= need) {
      const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#length);
      if (need > lengthBytes) records.push(decodeRecord(all.subarray(lengthBytes, need)));
      const rest = all.subarray(need);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#length -= need;
      need = this.#need();
    }
    return records;
  }

  /** Bytes of the record under way with its length prefix, once the prefix is there. */
  #need(): number | undefined {
    if (this.#length < lengthBytes) return undefined;
    let head = this.#chunks[0] as Buffer;
    if (head.length < lengthBytes) {
      head = Buffer.concat(this.#chunks, this.#length);
      this.#chunks = [head];
    }
    const bytes = head.readUInt32BE(0) + lengthBytes;
    if (bytes > this.#maxBytes) {
      throw new ShardliftError('FRAME_TOO_LARGE', { bytes, maxBytes: this.#maxBytes });
    }
    return bytes;
  }
}
