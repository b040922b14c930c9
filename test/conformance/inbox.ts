/** test/conformance/inbox: collects frames and lets a test wait for them. */
import type { Link } from '../../src/transport/link.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';
import { castOf } from './far-end.ts';

/** Collects frames and lets a test wait for them. */
export class Inbox {
  readonly frames: Frame[] = [];
  #wake: () => void = () => undefined;

  readonly read = (frame: Frame): void => {
    this.frames.push(frame);
    this.#wake();
  };

  /** The first `count` frames, once they are there. */
  async first(count: number): Promise<readonly Frame[]> {
    while (this.frames.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.frames.slice(0, count);
  }
}

/** What casts carry; the kind of any other frame. */
export const contents = (frames: readonly Frame[]): unknown[] =>
  frames.map((frame) => (frame.kind === 'cast' ? decodeValue(frame.body) : frame.kind));

/** Gives the far end an order that it answers with one cast. @returns what the answer carries */
export async function ask(link: Link, order: string, value?: unknown): Promise<unknown> {
  const inbox = new Inbox();
  link.receive(inbox.read);
  link.send(castOf(order, encodeValue(value)));
  return contents(await inbox.first(1))[0];
}

/** Sends one value to and fro. */
export const echo = (link: Link, value: unknown): Promise<unknown> => ask(link, 'echo', value);
