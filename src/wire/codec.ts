/** wire/codec: frames to bytes and back, for links that carry bytes. The body is copied, never read. */
import { ShardliftError } from '../errors.ts';
import type { Body } from './body.ts';
import { emptyBody } from './body.ts';
import type { Frame } from './frame.ts';

/** Largest frame accepted, in bytes, on the sender and on the receiver. */
export const defaultMaxFrameBytes = 8 * 1024 * 1024;

const formats = ['none', 'json', 'v8'] as const;
/** `u32` bytes that follow, `u8` body format, `u32` bytes of head. */
const prefixBytes = 9;

const bodyOf = (frame: Frame): Body => {
  if (frame.kind === 'call' || frame.kind === 'cast') return frame.body;
  return frame.kind === 'reply' && frame.outcome.ok ? frame.outcome.body : emptyBody;
};

const headOf = (frame: Frame): object => {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body: undefined };
  return frame.kind === 'reply' && frame.outcome.ok ? { ...frame, outcome: { ok: true } } : frame;
};

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

/**
 * Encodes one frame as length-prefixed bytes.
 *
 * @throws ShardliftError `FRAME_TOO_LARGE` before anything is sent
 */
export function encodeFrame(frame: Frame, maxBytes: number = defaultMaxFrameBytes): Buffer {
  const body = bodyOf(frame);
  const head = Buffer.from(JSON.stringify(headOf(frame)));
  const data = body.format === 'none' ? Buffer.alloc(0) : Buffer.from(body.data as Uint8Array);
  const bytes = prefixBytes + head.length + data.length;
  if (bytes > maxBytes) throw new ShardliftError('FRAME_TOO_LARGE', { bytes, maxBytes, method: methodOf(frame) });
  const out = Buffer.allocUnsafe(bytes);
  out.writeUInt32BE(bytes - 4, 0);
  out.writeUInt8(formats.indexOf(body.format), 4);
  out.writeUInt32BE(head.length, 5);
  head.copy(out, prefixBytes);
  data.copy(out, prefixBytes + head.length);
  return out;
}

function decodeFrame(bytes: Buffer): Frame {
  const format = formats[bytes.readUInt8(0)] ?? 'none';
  const headEnd = 5 + bytes.readUInt32BE(1);
  const head = JSON.parse(bytes.toString('utf8', 5, headEnd)) as Frame;
  const body: Body = format === 'none' ? emptyBody : { format, data: bytes.subarray(headEnd) };
  if (head.kind === 'call' || head.kind === 'cast') return { ...head, body };
  return head.kind === 'reply' && head.outcome.ok ? { ...head, outcome: { ok: true, body } } : head;
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
