/** wire/head: what a frame says besides its body, as bytes. A few fixed fields for the frequent kinds, JSON for the rest. */
import { type Body, emptyBody } from './body.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import type { Frame, FrameOf } from './frame.ts';
import {
  addressBytes,
  keyBytes,
  methodBytes,
  readAddress,
  readKey,
  readMethod,
  readTo,
  toBytes,
  writeAddress,
  writeKey,
  writeMethod,
  writeTo,
} from './head-fields.ts';

/** How a head is laid out. `text` is JSON of any frame. */
export type HeadKind = 'text' | 'call' | 'cast' | 'value';

/** The three ways from a frame to its head and back. */
interface Layout<F extends Frame> {
  readonly bytes: (frame: F) => number;
  readonly write: (frame: F, out: ByteWriter) => void;
  readonly read: (head: ByteReader) => (body: Body) => Frame;
}

const maxId = 0xffff_ffff;
const maxPackedHops = 0x7f;
const waitBit = 0x80;

const call: Layout<FrameOf<'call'>> = {
  bytes: ({ from, to, method }) => addressBytes(from) + toBytes(to) + keyBytes + 8 + 1 + 1 + methodBytes(method).length,
  write(frame, out) {
    writeAddress(frame.from, out);
    writeTo(frame.to, out);
    writeKey(frame, out);
    // Not a number stands for no deadline.
    out.f64(frame.budgetMs ?? Number.NaN);
    out.u8((frame.hops ?? 0) + (frame.wait === true ? waitBit : 0));
    writeMethod(frame.method, out);
  },
  read(head) {
    const from = readAddress(head);
    const to = readTo(head);
    const { id, incarnation } = readKey(head);
    const budget = head.f64();
    const flags = head.u8();
    const method = readMethod(head);
    const budgetMs = Number.isNaN(budget) ? null : budget;
    // No spread: one hidden class per kind keeps lookups monomorphic.
    if (flags === 0) return (body) => ({ kind: 'call', id, incarnation, from, to, method, budgetMs, body });
    const hops = flags % waitBit;
    if (flags === hops) return (body) => ({ kind: 'call', id, incarnation, from, to, method, budgetMs, body, hops });
    return (body) => ({ kind: 'call', id, incarnation, from, to, method, budgetMs, body, ...passageOf(flags) });
  },
};

function passageOf(flags: number): { readonly hops?: number; readonly wait?: true } {
  const hops = flags % waitBit;
  return { ...(hops > 0 && { hops }), ...(flags >= waitBit && { wait: true as const }) };
}

const cast: Layout<FrameOf<'cast'>> = {
  bytes: ({ from, to, method }) => addressBytes(from) + toBytes(to) + 1 + 1 + methodBytes(method).length,
  write(frame, out) {
    writeAddress(frame.from, out);
    writeTo(frame.to, out);
    out.u8(frame.hops ?? 0);
    writeMethod(frame.method, out);
  },
  read(head) {
    const from = readAddress(head);
    const to = readTo(head);
    const hops = head.u8();
    const method = readMethod(head);
    if (hops === 0) return (body) => ({ kind: 'cast', from, to, method, body });
    return (body) => ({ kind: 'cast', from, to, method, body, hops });
  },
};

const value: Layout<FrameOf<'reply'>> = {
  bytes: ({ from, to }) => addressBytes(from) + addressBytes(to) + keyBytes,
  write(frame, out) {
    writeAddress(frame.from, out);
    writeAddress(frame.to, out);
    writeKey(frame, out);
  },
  read(head) {
    const from = readAddress(head);
    const to = readAddress(head);
    const { id, incarnation } = readKey(head);
    return (body) => ({ kind: 'reply', id, incarnation, from, to, outcome: { kind: 'value', body } });
  },
};

/** JSON of the frame without its body, after its length in an `u32`. */
const text: Layout<Frame> = {
  bytes: (frame) => 4 + Buffer.byteLength(textOf(frame)),
  write(frame, out) {
    const head = Buffer.from(textOf(frame));
    out.u32(head.length);
    out.data(head);
  },
  read(head) {
    const frame = JSON.parse(head.text(head.u32())) as Frame;
    return (body) => withBody(frame, body);
  },
};

/** How each kind of head is written and read. */
export const layouts: Readonly<Record<HeadKind, Layout<never>>> = { text, call, cast, value };

/** The body of a frame; empty for the kinds that have none. */
export function bodyOf(frame: Frame): Body {
  if (frame.kind === 'call' || frame.kind === 'cast') return frame.body;
  return frame.kind === 'reply' && frame.outcome.kind === 'value' ? frame.outcome.body : emptyBody;
}

/** How a frame's head is laid out. */
export function headKindOf(frame: Frame): HeadKind {
  if (frame.kind !== 'call' && frame.kind !== 'cast' && frame.kind !== 'reply') return 'text';
  if (frame.kind === 'reply') return frame.outcome.kind === 'value' && frame.id <= maxId ? 'value' : 'text';
  if (methodBytes(frame.method).length > 255 || (frame.hops ?? 0) > maxPackedHops) return 'text';
  if (frame.kind === 'cast') return 'cast';
  return frame.id <= maxId ? 'call' : 'text';
}

const textOf = (frame: Frame): string => JSON.stringify(withoutBody(frame));

const withoutBody = (frame: Frame): object => {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body: undefined, vital: undefined };
  return frame.kind === 'reply' && frame.outcome.kind === 'value' ? { ...frame, outcome: { kind: 'value' } } : frame;
};

const withBody = (frame: Frame, body: Body): Frame => {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body };
  return frame.kind === 'reply' && frame.outcome.kind === 'value'
    ? { ...frame, outcome: { kind: 'value', body } }
    : frame;
};
