/** wire/flat: frames as flat arrays of plain values, the cheapest thing for a port to clone. */
import { type Address, clusterAddress, clusterIdOf, type Destination, isGroup } from './address.ts';
import { type Body, bodyWeight, emptyBody } from './body.ts';
import type { Fault } from './fault.ts';
import type { Frame, FrameOf } from './frame.ts';

/** The first item of a flat frame says how to read the rest. */
const kinds = { call: 0, value: 1, failure: 2, cast: 3, other: 4 } as const;

/** A frame as a port carries it. */
export type FlatFrame = readonly [kind: (typeof kinds)[keyof typeof kinds], ...rest: unknown[]];

type PackedAddress = number | string;

/** Addresses travel as numbers where they can: cluster ids as they are, everything else as text. */
const packAddress = (address: Address): PackedAddress => clusterIdOf(address) ?? address;
const unpackAddress = (packed: unknown): Address =>
  typeof packed === 'number' ? clusterAddress(packed) : (packed as Address);

const packDestination = (to: Destination): PackedAddress | PackedAddress[] =>
  isGroup(to) ? to.map(packAddress) : packAddress(to);
const unpackDestination = (packed: unknown): Destination =>
  Array.isArray(packed) ? packed.map(unpackAddress) : unpackAddress(packed);

const formats = ['none', 'plain', 'json', 'v8'] as const;
const formatCodes = { none: 0, plain: 1, json: 2, v8: 3 } as const;

const unpackBody = (format: unknown, data: unknown): Body =>
  format === 0 ? emptyBody : { format: formats[format as 2] as 'v8', data: data as Uint8Array };

const dataOf = (body: Body): unknown => (body.format === 'none' ? undefined : body.data);

/** Flattens a frame; the rare kinds go as they are. */
export function flatten(frame: Frame): FlatFrame {
  if (frame.kind === 'call') return flattenCall(frame);
  if (frame.kind === 'reply') return flattenReply(frame);
  if (frame.kind !== 'cast') return [kinds.other, frame];
  const { body } = frame;
  return [
    kinds.cast,
    formatCodes[body.format],
    dataOf(body),
    packAddress(frame.from),
    packDestination(frame.to),
    frame.method,
    frame.hops ?? 0,
  ];
}

function flattenCall(frame: FrameOf<'call'>): FlatFrame {
  const { body } = frame;
  return [
    kinds.call,
    formatCodes[body.format],
    dataOf(body),
    packAddress(frame.from),
    packDestination(frame.to),
    frame.id,
    frame.incarnation,
    frame.method,
    frame.budgetMs,
    frame.hops ?? 0,
    frame.wait === true,
  ];
}

function flattenReply(frame: FrameOf<'reply'>): FlatFrame {
  const { outcome } = frame;
  if (outcome.ok === 'each') return [kinds.other, frame];
  const a = packAddress(frame.from);
  const b = packAddress(frame.to);
  if (!outcome.ok) return [kinds.failure, 0, outcome.fault, a, b, frame.id, frame.incarnation, outcome.by];
  const { body } = outcome;
  return [kinds.value, formatCodes[body.format], dataOf(body), a, b, frame.id, frame.incarnation];
}

/** Rebuilds a frame that {@link flatten} made. */
export function unflatten(flat: FlatFrame): Frame {
  const [kind, format] = flat;
  if (kind === kinds.other) return format as Frame;
  const from = unpackAddress(flat[3]);
  if (kind === kinds.call) return unflattenCall(flat, from);
  if (kind === kinds.cast) {
    const hops = flat[6] === 0 ? undefined : { hops: flat[6] as number };
    const to = unpackDestination(flat[4]);
    return { kind: 'cast', from, to, method: flat[5] as string, body: unpackBody(format, flat[2]), ...hops };
  }
  const outcome =
    kind === kinds.value
      ? ({ ok: true, body: unpackBody(format, flat[2]) } as const)
      : ({ ok: false, by: flat[7] as 'route', fault: flat[2] as Fault } as const);
  const to = unpackAddress(flat[4]);
  return { kind: 'reply', id: flat[5] as number, incarnation: flat[6] as number, from, to, outcome };
}

function unflattenCall(flat: FlatFrame, from: Address): FrameOf<'call'> {
  const frame: FrameOf<'call'> = {
    kind: 'call',
    id: flat[5] as number,
    incarnation: flat[6] as number,
    from,
    to: unpackDestination(flat[4]),
    method: flat[7] as string,
    budgetMs: flat[8] as number | null,
    body: unpackBody(flat[1], flat[2]),
  };
  // Rare, and objects of one shape are what the engine handles fastest.
  if (flat[9] === 0 && flat[10] === false) return frame;
  return { ...frame, hops: flat[9] as number, ...(flat[10] === true && { wait: true }) };
}

/** How much of a port's room a frame takes up, in bytes: the same number at both ends. */
export function frameWeight(frame: Frame): number {
  if (frame.kind === 'call' || frame.kind === 'cast') return bodyWeight(frame.body);
  if (frame.kind !== 'reply') return 0;
  const { outcome } = frame;
  if (outcome.ok !== 'each') return outcome.ok ? bodyWeight(outcome.body) : 0;
  return outcome.members.reduce((sum, { outcome: one }) => sum + (one.ok ? bodyWeight(one.body) : 0), 0);
}
