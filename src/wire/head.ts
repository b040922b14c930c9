/** wire/head: what a frame says besides its body, as bytes. A few fixed fields for the frequent kinds, JSON for the rest. */
import { type Address, clusterAddress, clusterIdOf, localHost } from './address.ts';
import { type Body, emptyBody } from './body.ts';
import type { Frame, FrameOf } from './frame.ts';

/** A head ready to be written. */
export interface PackedHead {
  readonly bytes: number;
  readonly write: (out: Buffer, at: number) => void;
}

/** The first byte says how the rest is to be read: `text` is JSON of any frame, the others are fixed fields. */
export const headKinds = ['text', 'call', 'cast', 'value'] as const;

/** How the head of a frame is laid out. */
export type HeadKind = (typeof headKinds)[number];

const roadBytes = 4;
/** `u32` id, `f64` incarnation: it may be a time in ms, which 32 bits do not hold. */
const keyBytes = 12;
const maxCluster = 0xfffe;
const maxId = 0xffff_ffff;

/** Methods by their bytes; there are as many as contracts name. `undefined` for those that need the JSON form. */
const methods = new Map<string, Buffer | undefined>();

function methodBytes(method: string): Buffer | undefined {
  if (methods.has(method)) return methods.get(method);
  const bytes = Buffer.from(method, 'utf8');
  const short = bytes.length < 256 ? bytes : undefined;
  methods.set(method, short);
  return short;
}

/** 0 is the manager of this host, n + 1 is cluster n, `undefined` everything else. */
function packAddress(address: Address): number | undefined {
  if (address === localHost) return 0;
  const id = clusterIdOf(address);
  return id !== undefined && id < maxCluster ? id + 1 : undefined;
}

const unpackAddress = (packed: number): Address => (packed === 0 ? localHost : clusterAddress(packed - 1));

function writeKey(out: Buffer, at: number, frame: { readonly id: number; readonly incarnation: number }): void {
  out.writeUInt32BE(frame.id, at);
  out.writeDoubleBE(frame.incarnation, at + 4);
}

const readKey = (head: Buffer, at: number) => ({ id: head.readUInt32BE(at), incarnation: head.readDoubleBE(at + 4) });

/** The body of a frame; empty for the kinds that have none. */
export function bodyOf(frame: Frame): Body {
  if (frame.kind === 'call' || frame.kind === 'cast') return frame.body;
  return frame.kind === 'reply' && frame.outcome.ok ? frame.outcome.body : emptyBody;
}

/** How a frame's head is laid out. */
export function headKindOf(frame: Frame): HeadKind {
  if (frame.kind !== 'call' && frame.kind !== 'cast' && frame.kind !== 'reply') return 'text';
  if (packAddress(frame.from) === undefined || packAddress(frame.to) === undefined) return 'text';
  if (frame.kind === 'reply') return frame.outcome.ok && frame.id <= maxId ? 'value' : 'text';
  if (methodBytes(frame.method) === undefined) return 'text';
  return frame.kind === 'cast' || frame.id <= maxId ? frame.kind : 'text';
}

/** Packs the head of a frame as {@link headKindOf} says. */
export function packHead(frame: Frame, kind: HeadKind): PackedHead {
  if (kind === 'text') {
    const text = Buffer.from(JSON.stringify(withoutBody(frame)));
    return { bytes: text.length, write: (out, at) => void text.copy(out, at) };
  }
  const { from, to } = frame as FrameOf<'call' | 'cast' | 'reply'>;
  const rest = packRest(frame as FrameOf<'call' | 'cast' | 'reply'>);
  return {
    bytes: roadBytes + rest.bytes,
    write(out, at) {
      out.writeUInt16BE(packAddress(from) as number, at);
      out.writeUInt16BE(packAddress(to) as number, at + 2);
      rest.write(out, at + roadBytes);
    },
  };
}

function packRest(frame: FrameOf<'call' | 'cast' | 'reply'>): PackedHead {
  if (frame.kind === 'reply') return { bytes: keyBytes, write: (out, at) => writeKey(out, at, frame) };
  const method = methodBytes(frame.method) as Buffer;
  if (frame.kind === 'cast') return { bytes: method.length, write: (out, at) => void method.copy(out, at) };
  return {
    bytes: keyBytes + 8 + method.length,
    write(out, at) {
      writeKey(out, at, frame);
      // Not a number stands for no deadline.
      out.writeDoubleBE(frame.budgetMs ?? Number.NaN, at + keyBytes);
      method.copy(out, at + keyBytes + 8);
    },
  };
}

const withoutBody = (frame: Frame): object => {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body: undefined };
  return frame.kind === 'reply' && frame.outcome.ok ? { ...frame, outcome: { ok: true } } : frame;
};

/** Rebuilds a frame from its head and body. */
export function unpackFrame(kind: HeadKind, head: Buffer, body: Body): Frame {
  if (kind === 'text') return withBody(JSON.parse(head.toString('utf8')) as Frame, body);
  const from = unpackAddress(head.readUInt16BE(0));
  const to = unpackAddress(head.readUInt16BE(2));
  if (kind === 'cast') return { kind, from, to, method: head.toString('utf8', roadBytes), body };
  const key = readKey(head, roadBytes);
  if (kind === 'value') return { kind: 'reply', ...key, from, to, outcome: { ok: true, body } };
  const budgetMs = head.readDoubleBE(roadBytes + keyBytes);
  const method = head.toString('utf8', roadBytes + keyBytes + 8);
  return { kind, ...key, from, to, method, budgetMs: Number.isNaN(budgetMs) ? null : budgetMs, body };
}

const withBody = (frame: Frame, body: Body): Frame => {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body };
  return frame.kind === 'reply' && frame.outcome.ok ? { ...frame, outcome: { ok: true, body } } : frame;
};
