/** wire/codec: frames to bytes and back, for links that carry bytes. The body is copied, never read. */
import { ShardliftError } from '../errors.ts';
import { type Body, emptyBody } from './body.ts';
import type { Frame } from './frame.ts';
import { bodyOf, headKindOf, headKinds, packHead, unpackFrame } from './head.ts';

/** Largest frame accepted, in bytes, on the sender and on the receiver. */
export const defaultMaxFrameBytes = 8 * 1024 * 1024;

const formats = ['none', 'json', 'v8'] as const;
/** `u32` bytes that follow, `u8` kind of head (high half) and format of body (low half), `u32` bytes of head. */
const prefixBytes = 9;

/** Throws `FRAME_TOO_LARGE` when a frame's body exceeds `maxBytes`; for links that post objects instead of bytes. */
export function assertFrameFits(frame: Frame, maxBytes: number = defaultMaxFrameBytes): void {
  const body = bodyOf(frame);
  if (body.format === 'none') return;
  // A UTF-16 unit takes at most three bytes of UTF-8, so most text needs no counting.
  if (typeof body.data === 'string' && body.data.length * 3 <= maxBytes) return;
  const bytes = Buffer.byteLength(body.data);
  if (bytes > maxBytes) throw new ShardliftError('FRAME_TOO_LARGE', { bytes, maxBytes, method: methodOf(frame) });
}

const methodOf = (frame: Frame): string => (frame.kind === 'call' || frame.kind === 'cast' ? frame.method : frame.kind);

const bytesOf = (body: Body): number => (body.format === 'none' ? 0 : Buffer.byteLength(body.data));

function writeBody(body: Body, out: Buffer, at: number): void {
  if (body.format === 'none') return;
  if (typeof body.data === 'string') out.write(body.data, at, 'utf8');
  else out.set(body.data, at);
}

/**
 * Encodes one frame as length-prefixed bytes.
 *
 * @throws ShardliftError `FRAME_TOO_LARGE` before anything is sent
 */
export function encodeFrame(frame: Frame, maxBytes: number = defaultMaxFrameBytes): Buffer {
  const body = bodyOf(frame);
  const kind = headKindOf(frame);
  const head = packHead(frame, kind);
  const bytes = prefixBytes + head.bytes + bytesOf(body);
  if (bytes > maxBytes) throw new ShardliftError('FRAME_TOO_LARGE', { bytes, maxBytes, method: methodOf(frame) });
  const out = Buffer.allocUnsafe(bytes);
  out.writeUInt32BE(bytes - 4, 0);
  out.writeUInt8(headKinds.indexOf(kind) * 16 + formats.indexOf(body.format), 4);
  out.writeUInt32BE(head.bytes, 5);
  head.write(out, prefixBytes);
  writeBody(body, out, prefixBytes + head.bytes);
  return out;
}

/** Decodes the bytes after the length prefix. */
function decodeFrame(bytes: Buffer): Frame {
  const first = bytes.readUInt8(0);
  const format = formats[first % 16] ?? 'none';
  const headEnd = 5 + bytes.readUInt32BE(1);
  const body: Body = format === 'none' ? emptyBody : { format, data: bytes.subarray(headEnd) };
  return unpackFrame(headKinds[first >> 4] ?? 'text', bytes.subarray(5, headEnd), body);
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(maxBytes: number = defaultMaxFrameBytes) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes the next bytes and gives the frames they complete.
   *
   * @throws ShardliftError `FRAME_TOO_LARGE` when the announced length exceeds the cap: the stream is not to be trusted
   */
  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames: Frame[] = [];
    let need = this.#need();
    while (need !== undefined && this.#length >= need) {
      const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#length);
      frames.push(decodeFrame(all.subarray(4, need)));
      const rest = all.subarray(need);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#length -= need;
      need = this.#need();
    }
    return frames;
  }

  /** Bytes of the frame under way with its length prefix, once the prefix is there. */
  #need(): number | undefined {
    if (this.#length < 4) return undefined;
    let head = this.#chunks[0] as Buffer;
    if (head.length < 4) {
      head = Buffer.concat(this.#chunks, this.#length);
      this.#chunks = [head];
    }
    const bytes = head.readUInt32BE(0) + 4;
    if (bytes > this.#maxBytes) {
      throw new ShardliftError('FRAME_TOO_LARGE', { bytes, maxBytes: this.#maxBytes, method: 'an incoming frame' });
    }
    return bytes;
  }
}
