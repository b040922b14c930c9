/** routing/passing: frames as they go on. Written out field by field: the engine handles objects of few shapes fastest. */
import { ShardliftError } from '../errors.ts';
import { type Destination, destinationText } from '../wire/address.ts';
import type { FrameOf } from '../wire/frame.ts';
import type { Via } from './line.ts';

/** Most nodes that pass a frame on: hosts know each other, so a longer way is a circle. */
export const maxHops = 8;

/** What becomes of a frame that was passed on more often: `TOO_MANY_HOPS`. */
export const tooManyHops = ({ to, hops = 0 }: FrameOf<'call' | 'cast'>): ShardliftError =>
  new ShardliftError('TOO_MANY_HOPS', { to: destinationText(to), hops });

/** The frame for another destination. */
export function addressed(frame: FrameOf<'call' | 'cast'>, to: Destination): FrameOf<'call' | 'cast'> {
  if (frame.hops !== undefined || frame.vital !== undefined) return { ...frame, to };
  if (frame.kind === 'cast') return { kind: 'cast', from: frame.from, to, method: frame.method, body: frame.body };
  if (frame.wait !== undefined) return { ...frame, to };
  const { id, incarnation, from, method, budgetMs, body } = frame;
  return { kind: 'call', id, incarnation, from, to, method, budgetMs, body };
}

/** The frame one hop further, unless it starts here. */
export function passed(frame: FrameOf<'call' | 'cast'>, via: Via): FrameOf<'call' | 'cast'> {
  if (via === undefined) return frame;
  const hops = (frame.hops ?? 0) + 1;
  if (frame.vital !== undefined) return { ...frame, hops };
  const { from, to, method, body } = frame;
  if (frame.kind === 'cast') return { kind: 'cast', from, to, method, body, hops };
  const { id, incarnation, budgetMs } = frame;
  const call = { kind: 'call', id, incarnation, from, to, method, budgetMs, body, hops } as const;
  return frame.wait === undefined ? call : { ...call, wait: true };
}
