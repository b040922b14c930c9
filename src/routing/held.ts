/** routing/held: frames that wait until the line they are for is open, so that their order is kept. */
import { ShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { bodyWeight } from '../wire/body.ts';
import { assertFrameFits } from '../wire/codec.ts';
import { type FrameOf, snapshotFrame } from '../wire/frame.ts';

/** What one node says to another. */
export type Saying = FrameOf<'call' | 'cast' | 'cancel'>;

/** Frames and bytes that wait for one node at most. */
const maxFrames = 4_096;
const maxBytes = 16 * 1024 * 1024;

interface Queue {
  readonly frames: Saying[];
  bytes: number;
}

/** The frames of this node's own peer that wait, by the node they are for. */
export class Held {
  readonly #queues = new Map<Address, Queue>();

  /** Frames to this node wait. */
  has(to: Address): boolean {
    return this.#queues.has(to);
  }

  /** Lets the frames to a node wait from now on. */
  start(to: Address): void {
    this.#queues.set(to, { frames: [], bytes: 0 });
  }

  /**
   * Adds a frame to those that wait.
   *
   * @throws ShardliftError `TOO_MANY_WAITING` when too many do, `FRAME_TOO_LARGE` for one that no line would take: later
   * there would be nobody to tell
   */
  add(to: Address, frame: Saying): void {
    const queue = this.#queues.get(to);
    if (queue === undefined) return;
    const { frames } = queue;
    if (frame.kind !== 'cancel') assertRoom(to, queue);
    const snapshot = snapshotFrame(frame);
    if (snapshot.kind !== 'cancel') assertFrameFits(snapshot);
    frames.push(snapshot);
    if (frame.kind !== 'cancel') queue.bytes += bodyWeight(frame.body);
  }

  /** Takes the frames that waited for a node; the next ones wait no more. */
  take(to: Address): readonly Saying[] {
    const queue = this.#queues.get(to);
    this.#queues.delete(to);
    return queue?.frames ?? [];
  }

  /** The nodes that frames wait for. */
  get nodes(): readonly Address[] {
    return [...this.#queues.keys()];
  }
}

function assertRoom(to: Address, { frames, bytes }: Queue): void {
  if (frames.length >= maxFrames) {
    const details = { to, waiting: frames.length, max: maxFrames, unit: 'messages' } as const;
    throw new ShardliftError('TOO_MANY_WAITING', details);
  }
  if (bytes >= maxBytes) {
    throw new ShardliftError('TOO_MANY_WAITING', { to, waiting: bytes, max: maxBytes, unit: 'bytes' });
  }
}
