/** routing/held: frames that wait until the line they are for is open, so that their order is kept. */
import type { Address } from '../wire/address.ts';
import { steadyNow } from '../wire/clock.ts';
import { assertFrameFits } from '../wire/codec.ts';
import type { FrameOf } from '../wire/frame.ts';
import { aged, Backlog, type Waiting } from './backlog.ts';

/** What one node says to another. */
export type Saying = FrameOf<'call' | 'cast' | 'cancel'>;

/** The frames of this node's own peer that wait, by the node they are for. */
export class Held {
  readonly #backlogs = new Map<Address, Backlog<Waiting<Saying>>>();

  /** Frames to this node wait. */
  has(to: Address): boolean {
    return this.#backlogs.has(to);
  }

  /** Lets the frames to a node wait from now on. */
  start(to: Address): void {
    this.#backlogs.set(to, new Backlog(to));
  }

  /**
   * Adds a frame to those that wait.
   *
   * @throws ShardliftError `TOO_MANY_WAITING` when too many do, `FRAME_TOO_LARGE` for one that no line would take: later
   * there would be nobody to tell
   */
  add(to: Address, frame: Saying): void {
    const backlog = this.#backlogs.get(to);
    if (backlog === undefined) return;
    if (frame.kind !== 'cancel') assertFrameFits(frame);
    backlog.add({ frame, sinceAt: steadyNow() });
  }

  /** Takes the frames that waited for a node, calls with what is left of their deadlines; the next ones wait no more. */
  take(to: Address): readonly Saying[] {
    const waiting = this.#backlogs.get(to)?.waiting ?? [];
    this.#backlogs.delete(to);
    return waiting.map(({ frame, sinceAt }) => (frame.kind === 'call' ? aged(frame, sinceAt) : frame));
  }

  /** The nodes that frames wait for. */
  get nodes(): readonly Address[] {
    return [...this.#backlogs.keys()];
  }
}
