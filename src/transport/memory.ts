/** transport/memory: two links facing each other in one process. */
import { assertFrameFits } from '../wire/codec.ts';
import type { Frame } from '../wire/frame.ts';
import { type Link, makeLink } from './link.ts';

/**
 * Two facing links. Frames are cloned on the way, so nothing is ever shared by reference.
 *
 * @returns the link that speaks to `b`, then the link that speaks to `a`
 */
export function memoryPair(a: string, b: string): readonly [toB: Link, toA: Link] {
  const carry = (to: () => { deliver(frame: Frame): void }) => (frame: Frame) => {
    assertFrameFits(frame);
    const copy = structuredClone(frame);
    queueMicrotask(() => to().deliver(copy));
  };
  // Closing keeps its place behind the frames under way.
  const shut = (to: () => { down(reason: string): void }) => (reason: string) =>
    queueMicrotask(() => to().down(reason));
  const left = makeLink({ peer: b, post: carry(() => right), shut: shut(() => right) });
  const right = makeLink({ peer: a, post: carry(() => left), shut: shut(() => left) });
  return [left.link, right.link];
}
