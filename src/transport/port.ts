/** transport/port: a link over a MessagePort, the line of worker mode. */
import type { MessagePort } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { assertFrameFits, defaultMaxFrameBytes } from '../wire/codec.ts';
import { type FlatFrame, flatten, frameWeight, unflatten } from '../wire/flat.ts';
import { type Frame, snapshotFrame } from '../wire/frame.ts';
import { readInBursts } from './burst-reader.ts';
import { endingOf } from './ending.ts';
import { type LinkEnd, makeLink } from './link.ts';

/** What a port carries beside frames. */
type PortNote =
  | readonly [kind: 'credit', frames: number, bytes: number]
  | readonly [kind: 'offer', address: Address, port: MessagePort];

/** How a link over a port is made. */
export interface PortOptions {
  readonly peer: string;
  /** Settles with the reason when the far end is gone, see {@link endingOf}. */
  readonly reason?: Promise<string>;
  /** Told of each port to another node that the far end hands over. */
  readonly onOffer?: ((address: Address, port: MessagePort) => void) | undefined;
}

/** The near end of a link over a port. */
export interface PortEnd extends LinkEnd {
  /** Hands the far end a port to another node, behind the frames sent before. */
  readonly offer: (address: Address, port: MessagePort) => void;
}

/**
 * Builds a link over a port. The port closes when its thread ends.
 *
 * @see https://nodejs.org/api/worker_threads.html#class-messageport
 */
export function portLink(port: MessagePort, { peer, reason, onOffer }: PortOptions): PortEnd {
  const end = makeLink({
    peer,
    post(frame) {
      const bytes = frameWeight(frame);
      if (bytes > surelyFits) assertFrameFits(frame);
      return postFrame(port, frame, bytes);
    },
    credit: (frames, bytes) => port.postMessage(['credit', frames, bytes] satisfies PortNote),
    shut: () => port.close(),
  });
  const take = (message: FlatFrame | PortNote): void => {
    if (message[0] === 'credit') end.credited(message[1], message[2]);
    else if (message[0] === 'offer') onOffer?.(message[1], message[2]);
    else arrive(message as FlatFrame, { end, port });
  };
  readInBursts<FlatFrame | PortNote>(port, take);
  port.on('close', endingOf(end, 'the port closed', reason));
  port.start();
  const offer = (address: Address, other: MessagePort): void =>
    port.postMessage(['offer', address, other] satisfies PortNote, [other]);
  return { ...end, offer };
}

/** Gives on what was posted. Its sender held it to the cap; who does not is not to be trusted any more, as on a line of bytes. */
function arrive(flat: FlatFrame, { end, port }: { readonly end: LinkEnd; readonly port: MessagePort }): void {
  let frame: Frame;
  let bytes: number;
  try {
    frame = unflatten(flat);
    bytes = frameWeight(frame);
    if (bytes > surelyFits) assertFrameFits(frame);
  } catch (error) {
    end.down(messageOf(error));
    port.close();
    return;
  }
  end.deliver(frame, bytes);
}

/** `frameWeight` counts UTF-16 units, at most 3 bytes each: a third of the cap always fits. */
const surelyFits = defaultMaxFrameBytes / 3;

/** @returns the weight of what was posted, as the far end will count it */
function postFrame(port: MessagePort, frame: Frame, bytes: number): number {
  try {
    port.postMessage(flatten(frame));
    return bytes;
  } catch (error) {
    // A proxy looks plain and cannot be cloned; its text can.
    if (frame.kind !== 'call' && frame.kind !== 'cast' && frame.kind !== 'reply') throw error;
    const snapshot = snapshotFrame(frame);
    port.postMessage(flatten(snapshot));
    return frameWeight(snapshot);
  }
}
