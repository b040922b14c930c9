/** transport/memory: two links facing each other in one process. */
import type { Frame } from '../wire/frame.ts';
import { type Link, makeLink } from './link.ts';

/**
 * Two facing links. Frames are cloned on the way, so nothing is ever shared by reference.
 *
 * @returns the link that speaks to `b`, then the link that speaks to `a`
 */
export function memoryPair(a: string, b: string): readonly [toB: Link, toA: Link] {
  const carry = (to: () => { deliver(frame: Frame): void }) => (frame: Frame) => {
    const copy = structuredClone(frame);
    queueMicrotask(() => to().deliver(copy));
  };
  const left = makeLink({ peer: b, post: carry(() => right), shut: (reason) => right.down(reason) });
  const right = makeLink({ peer: a, post: carry(() => left), shut: (reason) => left.down(reason) });
  return [left.link, right.link];
}
