/** transport/memory: two links facing each other in one process. */
import { assertFrameFits } from '../wire/codec.ts';
import { flatten, frameWeight, unflatten } from '../wire/flat.ts';
import { type Frame, snapshotFrame } from '../wire/frame.ts';
import type { Room } from './credit.ts';
import { type Link, type LinkEnd, makeLink } from './link.ts';

function copyOf(frame: Frame): Frame {
  try {
    return unflatten(structuredClone(flatten(frame)));
  } catch {
    // Not lost: a proxy looks plain and cannot be cloned; its text can.
    return unflatten(structuredClone(flatten(snapshotFrame(frame))));
  }
}

/**
 * Two facing links. Frames are cloned on the way, so nothing is ever shared by reference.
 *
 * @returns the link that speaks to `b`, then the link that speaks to `a`
 */
export function memoryPair(a: string, b: string, room?: Room): readonly [toB: Link, toA: Link] {
  const toward = (peer: string, far: () => LinkEnd): LinkEnd =>
    makeLink({
      peer,
      ...(room !== undefined && { room }),
      post(frame: Frame) {
        assertFrameFits(frame);
        const copy = copyOf(frame);
        const bytes = frameWeight(copy);
        queueMicrotask(() => far().deliver(copy, bytes));
        return bytes;
      },
      credit: (frames, bytes) => queueMicrotask(() => far().credited(frames, bytes)),
      // Closing keeps its place behind the frames under way.
      shut: (reason) => queueMicrotask(() => far().down(reason)),
    });
  const left: LinkEnd = toward(b, () => right);
  const right: LinkEnd = toward(a, () => left);
  return [left.link, right.link];
}
