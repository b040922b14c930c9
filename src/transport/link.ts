/** transport/link: a live line to exactly one other node. */
import { ShardliftError } from '../errors.ts';
import { type Frame, isFailure } from '../wire/frame.ts';
import { Arrivals } from './arrivals.ts';
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
    deliver: (frame, bytes = 0) => link.arrivals.deliver(frame, bytes),
    credited: (frames, bytes) => link.outstanding.read(frames, bytes),
    down: (reason) => void link.arrivals.down(reason),
  };
}

class CarriedLink implements Link {
  readonly peer: string;
  readonly closed: Promise<string>;
  readonly arrivals: Arrivals;
  readonly outstanding: Outstanding;
  readonly #carrier: Carrier;

  constructor(carrier: Carrier) {
    const room = carrier.room ?? defaultRoom;
    this.peer = carrier.peer;
    this.#carrier = carrier;
    this.outstanding = new Outstanding(room);
    const receipt = new Receipt(room, (frames, bytes) => {
      if (this.arrivals.reason === undefined) carrier.credit(frames, bytes);
    });
    this.arrivals = new Arrivals((bytes) => receipt.read(bytes));
    this.closed = this.arrivals.closed;
  }

  send(frame: Frame): void {
    this.arrivals.assertOpen(this.peer);
    const { outstanding } = this;
    if (outstanding.full && !mayPass(frame, outstanding)) {
      const { frames, bytes } = outstanding;
      throw new ShardliftError('OVERLOADED', { peer: this.peer, frames, bytes });
    }
    outstanding.sent(this.#carrier.post(frame));
  }

  receive(reader: (frame: Frame) => void): void {
    this.arrivals.receive(reader);
  }

  close(reason: string): void {
    if (this.arrivals.shut(reason)) this.#carrier.shut(reason);
  }
}

/** What a full line still takes: there is never more of it than of the calls that were taken before. */
function mayPass(frame: Frame, { heavy }: Outstanding): boolean {
  if (frame.kind === 'call' || frame.kind === 'cast') return frame.vital === true;
  return !heavy || frame.kind !== 'reply' || isFailure(frame);
}
