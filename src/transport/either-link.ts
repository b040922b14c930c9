/** transport/either-link: one link out of two lines, of which the far end takes one. */
import { isShardliftError } from '../errors.ts';
import { decodeFrame, encodeFrame } from '../wire/codec.ts';
import type { Frame } from '../wire/frame.ts';
import { Arrivals } from './arrivals.ts';
import type { Link } from './link.ts';

/** A line the far end may take. */
export interface Candidate {
  readonly link: Link;
  /** Settles at the first sign that the far end uses this line. */
  readonly sign: Promise<unknown>;
  /** Lets go of a line that was not taken; the far end hears nothing of it. */
  drop(): void;
}

/** A frame as it was when it was sent. That it is vital is not among its bytes. */
interface Kept {
  readonly bytes: Buffer;
  readonly vital: boolean;
}

const isVital = (frame: Frame): boolean => (frame.kind === 'call' || frame.kind === 'cast') && frame.vital === true;

function frameOf({ bytes, vital }: Kept): Frame {
  const frame = decodeFrame(bytes);
  return vital && (frame.kind === 'call' || frame.kind === 'cast') ? { ...frame, vital } : frame;
}

/**
 * The line that shows a sign or a frame first is taken, or the one that is left when the other closes.
 *
 * Until then frames go out on the first, and are kept: should the far end take the second, it has read none of them, and
 * gets them there. So each arrives at most once, and nobody waits for the decision.
 */
export class EitherLink implements Link {
  readonly peer: string;
  readonly closed: Promise<string>;
  readonly #first: Link;
  readonly #arrivals = new Arrivals();
  #chosen: Link | undefined;
  #kept: Kept[] = [];

  constructor(first: Candidate, second: Candidate) {
    this.peer = first.link.peer;
    this.closed = this.#arrivals.closed;
    this.#first = first.link;
    this.#consider(first, second);
    this.#consider(second, first);
  }

  send(frame: Frame): void {
    this.#arrivals.assertOpen(this.peer);
    if (this.#chosen !== undefined) {
      this.#chosen.send(frame);
      return;
    }
    try {
      this.#first.send(frame);
    } catch (error) {
      // Closed a moment ago: the second line is about to be taken, and the frame waits for it.
      if (!isShardliftError(error, 'LINK_CLOSED')) throw error;
    }
    this.#kept.push({ bytes: encodeFrame(frame), vital: isVital(frame) });
  }

  receive(reader: (frame: Frame) => void): void {
    this.#arrivals.receive(reader);
  }

  close(reason: string): void {
    // Undecided, the far end is told when it is known on which line.
    if (this.#arrivals.shut(reason)) this.#chosen?.close(reason);
  }

  #consider(one: Candidate, other: Candidate): void {
    const take = (): void => this.#choose(one.link, other);
    one.link.receive((frame) => {
      take();
      this.#arrivals.deliver(frame, 0);
    });
    void one.sign.then(take);
    void other.link.closed.then(take);
  }

  #choose(link: Link, other: Candidate): void {
    if (this.#chosen !== undefined) return;
    this.#chosen = link;
    other.drop();
    const kept = this.#kept;
    this.#kept = [];
    try {
      if (link !== this.#first) for (const one of kept) link.send(frameOf(one));
    } catch {
      // Accepted loss: a line that is down takes no frames; `closed` says so next.
    }
    const { reason } = this.#arrivals;
    if (reason !== undefined) link.close(reason);
    void link.closed.then((why) => this.#arrivals.down(why));
  }
}
