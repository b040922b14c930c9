/** transport/arrivals: what comes in on a line, and its end: one reader, for whom early frames wait, and one reason. */
import { ShardliftError } from '../errors.ts';
import type { Frame } from '../wire/frame.ts';

/** A frame that came before there was a reader. */
interface Early {
  readonly frame: Frame;
  readonly bytes: number;
}

/** The receiving side of a link, over whatever carries it. */
export class Arrivals {
  /** Settles once, with the reason; never rejects. */
  readonly closed: Promise<string>;
  readonly #onRead: ((bytes: number) => void) | undefined;
  #reader: ((frame: Frame) => void) | undefined;
  #early: Early[] = [];
  #reason: string | undefined;
  /** Closed from this side: also what came early is of no interest any more. */
  #shut = false;
  #settle: (reason: string) => void = () => undefined;

  /** @param onRead - told of each frame just before it is given to the reader, with its size in bytes */
  constructor(onRead?: (bytes: number) => void) {
    this.#onRead = onRead;
    this.closed = new Promise((settle) => {
      this.#settle = settle;
    });
  }

  /** Why the line is down; `undefined` while it is not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Throws `LINK_CLOSED` once the line is down. */
  assertOpen(peer: string): void {
    const reason = this.#reason;
    if (reason !== undefined) throw new ShardliftError('LINK_CLOSED', { peer, reason });
  }

  /** Sets the single reader, in place of an earlier one, and gives it what came before. */
  receive(reader: (frame: Frame) => void): void {
    this.#reader = reader;
    const waiting = this.#early;
    this.#early = [];
    for (const { frame, bytes } of waiting) {
      // By its reader, maybe: the frame before was a goodbye, or in another protocol.
      if (this.#shut) return;
      this.#onRead?.(bytes);
      this.#reader(frame);
    }
  }

  /** Gives a frame to the reader, now or once there is one. After the end nothing more is heard, over any carrier. */
  deliver(frame: Frame, bytes: number): void {
    if (this.#reason !== undefined) return;
    const reader = this.#reader;
    if (reader === undefined) {
      this.#early.push({ frame, bytes });
      return;
    }
    this.#onRead?.(bytes);
    reader(frame);
  }

  /** The line is closed from this side. @returns `false` when it was down already */
  shut(reason: string): boolean {
    this.#shut = true;
    return this.down(reason);
  }

  /** The line is down. @returns `false` when it was so already */
  down(reason: string): boolean {
    if (this.#reason !== undefined) return false;
    this.#reason = reason;
    this.#settle(reason);
    return true;
  }
}
