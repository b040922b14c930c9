/** transport/link: a live line to exactly one other node. */
import { ShardliftError } from '../errors.ts';
import type { Frame } from '../wire/frame.ts';

/** Five members, no more. Ordered, at most once. */
export interface Link {
  /** Who is at the far end, for logs and errors. */
  readonly peer: string;
  /** Hands over one frame. @throws ShardliftError `LINK_CLOSED` when the line is down, `FRAME_TOO_LARGE` over the cap */
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
  readonly post: (frame: Frame) => void;
  readonly shut: (reason: string) => void;
}

/** A link seen from its carrier's side: where frames come in and where the end is announced. */
export interface LinkEnd {
  readonly link: Link;
  readonly deliver: (frame: Frame) => void;
  readonly down: (reason: string) => void;
}

/** Builds a link over a carrier: early frames wait, the end is told once. */
export function makeLink(carrier: Carrier): LinkEnd {
  const { peer } = carrier;
  let reader: ((frame: Frame) => void) | undefined;
  let early: Frame[] = [];
  let reason: string | undefined;
  let resolve: (reason: string) => void = () => undefined;
  const closed = new Promise<string>((settle) => {
    resolve = settle;
  });
  const down = (why: string): void => {
    if (reason !== undefined) return;
    reason = why;
    resolve(why);
  };
  const link: Link = {
    peer,
    closed,
    send(frame) {
      if (reason !== undefined) throw new ShardliftError('LINK_CLOSED', { peer, reason });
      carrier.post(frame);
    },
    receive(next) {
      reader = next;
      const waiting = early;
      early = [];
      for (const frame of waiting) next(frame);
    },
    close(why) {
      if (reason !== undefined) return;
      down(why);
      carrier.shut(why);
    },
  };
  const deliver = (frame: Frame): void => {
    // After `closed` nothing more is heard, over any carrier.
    if (reason !== undefined) return;
    if (reader === undefined) early.push(frame);
    else reader(frame);
  };
  return { link, deliver, down };
}
