/** routing/backlog: what waits for one node, bounded, because a node that never comes must not fill the memory. */
import { ShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { bodyWeight } from '../wire/body.ts';
import { steadyNow } from '../wire/clock.ts';
import { type FrameOf, snapshotFrame } from '../wire/frame.ts';

/** Frames and bytes that wait for one node at most. */
const maxFrames = 4_096;
const maxBytes = 16 * 1024 * 1024;

/** A frame that waits, and since when ({@link steadyNow}). */
export interface Waiting<F extends FrameOf<'call' | 'cast' | 'cancel'>> {
  readonly frame: F;
  readonly sinceAt: number;
}

/** The frames that wait for one node, in order. */
export class Backlog<W extends Waiting<FrameOf<'call' | 'cast' | 'cancel'>>> {
  readonly #to: Address;
  #waiting: W[] = [];
  #bytes = 0;

  constructor(to: Address) {
    this.#to = to;
  }

  get waiting(): readonly W[] {
    return this.#waiting;
  }

  /** Adds a frame, as it is now. A cancel always finds room. @throws ShardliftError `TOO_MANY_WAITING` */
  add(waiting: W): void {
    const bytes = weightOf(waiting);
    if (waiting.frame.kind !== 'cancel') this.#assertRoom(bytes);
    this.#waiting.push({ ...waiting, frame: snapshotFrame(waiting.frame) });
    this.#bytes += bytes;
  }

  /** Forgets those that a test finds. */
  drop(test: (waiting: W) => boolean): void {
    this.#waiting = this.#waiting.filter((waiting) => !test(waiting));
    this.#bytes = this.#waiting.reduce((sum, waiting) => sum + weightOf(waiting), 0);
  }

  #assertRoom(bytes: number): void {
    const to = this.#to;
    const { length } = this.#waiting;
    if (length >= maxFrames) {
      throw new ShardliftError('TOO_MANY_WAITING', { to, waiting: length, max: maxFrames, unit: 'messages' });
    }
    // A frame of any size may wait where nothing else does.
    if (length > 0 && this.#bytes + bytes > maxBytes) {
      throw new ShardliftError('TOO_MANY_WAITING', { to, waiting: this.#bytes, max: maxBytes, unit: 'bytes' });
    }
  }
}

const weightOf = ({ frame }: Waiting<FrameOf<'call' | 'cast' | 'cancel'>>): number =>
  frame.kind === 'cancel' ? 0 : bodyWeight(frame.body);

/** A call with what is left of its deadline after its wait. */
export function aged<C extends FrameOf<'call'>>(call: C, sinceAt: number): C {
  return call.budgetMs === null ? call : { ...call, budgetMs: Math.max(0, call.budgetMs - (steadyNow() - sinceAt)) };
}
