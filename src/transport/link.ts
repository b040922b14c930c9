/** transport/link: a live line to exactly one other node. */
import { ShardliftError } from '../errors.ts';
import { type Frame, isFailure } from '../wire/frame.ts';
import { defaultRoom, Outstanding, Receipt, type Room } from './credit.ts';

/** Five members, no more. Ordered, at most once, and never fuller than its room. */
export interface Link {
  /** Who is at the far end, for logs and errors. */
  readonly peer: string;
  /**
   * Hands over one frame.
   *
   * @throws ShardliftError `LINK_CLOSED` when the line is down, `FRAME_TOO_LARGE` over the cap, `OVERLOADED` for a call, a
   * cast or a large answer while the far end does not read; what is `vital`, failures, goodbyes and cancels always pass
   */
  send(frame: Frame): void;
  /** Sets the single reader, in place of an earlier one. Frames that came before it are kept and given in order. */
  receive(reader: (frame: Frame) => void): void;
  /** Settles once, with the reason, when either side goes away; never rejects, and no frame is given after it. */
  readonly closed: Promise<string>;
  /** Takes the line down from this side. */
  close(reason: string): void;
}

/** What a carrier (port, socket, memory) has to provide to become a {@link Link}. */
export interface Carrier {
  readonly peer: string;
  /** Sends a frame. @returns its size in bytes, as the far end will count it */
  readonly post: (frame: Frame) => number;
  /** Tells the far end how much of what it sent was read. */
  readonly credit: (frames: number, bytes: number) => void;
  readonly shut: (reason: string) => void;
  readonly room?: Room;
}

/** A link seen from its carrier's side: where frames come in and where the end is announced. */
export interface LinkEnd {
  readonly link: Link;
  /** @param bytes - the size of the frame, as the far end counted it */
  readonly deliver: (frame: Frame, bytes?: number) => void;
  /** The far end has read so much of what was sent. */
  readonly credited: (frames: number, bytes: number) => void;
  readonly down: (reason: string) => void;
}

/** Builds a link over a carrier: early frames wait, the room is kept, the end is told once. */
export function makeLink(carrier: Carrier): LinkEnd {
  const link = new CarriedLink(carrier);
  return {
    link,
    deliver: (frame, bytes = 0) => link.deliver(frame, bytes),
    credited: (frames, bytes) => link.outstanding.read(frames, bytes),
    down: (reason) => void link.down(reason),
  };
}

/** A frame that came before there was a reader. */
interface Early {
  readonly frame: Frame;
  readonly bytes: number;
}

class CarriedLink implements Link {
  readonly peer: string;
  readonly closed: Promise<string>;
  readonly outstanding: Outstanding;
  readonly #carrier: Carrier;
  readonly #receipt: Receipt;
  #reader: ((frame: Frame) => void) | undefined;
  #early: Early[] = [];
  #reason: string | undefined;
  /** Closed from this side: also what came early is of no interest any more. */
  #shut = false;
  #settle: (reason: string) => void = () => undefined;

  constructor(carrier: Carrier) {
    const room = carrier.room ?? defaultRoom;
    this.peer = carrier.peer;
    this.#carrier = carrier;
    this.outstanding = new Outstanding(room);
    this.#receipt = new Receipt(room, (frames, bytes) => {
      if (this.#reason === undefined) carrier.credit(frames, bytes);
    });
    this.closed = new Promise((settle) => {
      this.#settle = settle;
    });
  }

  send(frame: Frame): void {
    const reason = this.#reason;
    if (reason !== undefined) throw new ShardliftError('LINK_CLOSED', { peer: this.peer, reason });
    const { outstanding } = this;
    if (outstanding.full && !mayPass(frame, outstanding)) {
      const { frames, bytes } = outstanding;
      throw new ShardliftError('OVERLOADED', { peer: this.peer, frames, bytes });
    }
    outstanding.sent(this.#carrier.post(frame));
  }

  receive(reader: (frame: Frame) => void): void {
    this.#reader = reader;
    const waiting = this.#early;
    this.#early = [];
    for (const { frame, bytes } of waiting) {
      // By its reader, maybe: the frame before was a goodbye, or in another protocol.
      if (this.#shut) return;
      this.#receipt.read(bytes);
      this.#reader(frame);
    }
  }

  close(reason: string): void {
    this.#shut = true;
    if (this.down(reason)) this.#carrier.shut(reason);
  }

  deliver(frame: Frame, bytes: number): void {
    // After `closed` nothing more is heard, over any carrier.
    if (this.#reason !== undefined) return;
    const reader = this.#reader;
    if (reader === undefined) {
      this.#early.push({ frame, bytes });
      return;
    }
    this.#receipt.read(bytes);
    reader(frame);
  }

  /** @returns `false` when it was down already */
  down(reason: string): boolean {
    if (this.#reason !== undefined) return false;
    this.#reason = reason;
    this.#settle(reason);
    return true;
  }
}

/** What a full line still takes: there is never more of it than of the calls that were taken before. */
function mayPass(frame: Frame, { heavy }: Outstanding): boolean {
  if (frame.kind === 'call' || frame.kind === 'cast') return frame.vital === true;
  return !heavy || frame.kind !== 'reply' || isFailure(frame);
}
