/** wire/flat: frames as flat arrays of plain values, the cheapest thing for a port to clone. */
import { type Address, clusterAddress, clusterIdOf } from './address.ts';
import { type Body, emptyBody } from './body.ts';
import type { Fault } from './fault.ts';
import type { Frame, FrameOf, Outcome } from './frame.ts';

/** A frame as a port carries it: the first item says which kind it is. */
export type FlatFrame = readonly [kind: 'call' | 'value' | 'failure' | 'other', ...rest: unknown[]];

/** Addresses travel as numbers where they can: cluster ids as they are, everything else as text. */
const packAddress = (address: Address): number | string => clusterIdOf(address) ?? address;
const unpackAddress = (packed: unknown): Address =>
  typeof packed === 'number' ? clusterAddress(packed) : (packed as Address);

const unpackBody = (format: unknown, data: unknown): Body =>
  format === 'none' ? emptyBody : { format: format as 'v8', data: data as Uint8Array };

const dataOf = (body: Body): unknown => (body.format === 'none' ? undefined : body.data);

function flattenReply({ from, to, id, incarnation, outcome }: FrameOf<'reply'>): FlatFrame {
  const [a, b] = [packAddress(from), packAddress(to)];
  if (!outcome.ok) return ['failure', a, b, id, incarnation, outcome.by, outcome.fault];
  return ['value', a, b, id, incarnation, outcome.body.format, dataOf(outcome.body)];
}

/** Flattens a frame; the rare kinds go as they are. */
export function flatten(frame: Frame): FlatFrame {
  if (frame.kind === 'reply') return flattenReply(frame);
  if (frame.kind !== 'call') return ['other', frame];
  const { from, to, id, incarnation, method, budgetMs, body } = frame;
  return ['call', packAddress(from), packAddress(to), id, incarnation, method, budgetMs, body.format, dataOf(body)];
}

/** Rebuilds a frame that {@link flatten} made. */
export function unflatten(flat: FlatFrame): Frame {
  const [kind, a, b, id, incarnation, fifth, sixth, seventh, eighth] = flat;
  if (kind === 'other') return a as Frame;
  const key = { id: id as number, incarnation: incarnation as number };
  const from = unpackAddress(a);
  const to = unpackAddress(b);
  if (kind === 'call') {
    const body = unpackBody(seventh, eighth);
    return { kind, ...key, from, to, method: fifth as string, budgetMs: sixth as number | null, body };
  }
  const outcome: Outcome =
    kind === 'value'
      ? { ok: true, body: unpackBody(fifth, sixth) }
      : { ok: false, by: fifth as 'route', fault: sixth as Fault };
  return { kind: 'reply', ...key, from, to, outcome };
}
