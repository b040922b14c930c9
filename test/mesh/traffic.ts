/** test/mesh/traffic: links whose frames move only when the test says so, each road in order, the roads in any. */
import { type Link, makeLink } from '../../src/transport/link.ts';
import type { Frame } from '../../src/wire/frame.ts';

/** One direction of a line. */
type Road = (() => void)[];

/** Two facing links, and the roads towards each of them. */
export interface TrafficPair {
  readonly left: Link;
  readonly right: Link;
  readonly toLeft: Road;
  readonly toRight: Road;
  /** Ends the line for both sides at once; what is on the way is lost. */
  cut(reason: string): void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** All that is on its way. */
export class Traffic {
  readonly #roads: Road[] = [];
  /** Roads on which nothing moves. */
  readonly blocked = new Set<Road>();

  /** Builds a line. @param end - settles with the reason when one of the two is known to be gone */
  pair(names: { readonly left: string; readonly right: string }): TrafficPair {
    const [toLeft, toRight]: [Road, Road] = [[], []];
    this.#roads.push(toLeft, toRight);
    const side = (peer: string, road: Road, far: () => ReturnType<typeof makeLink>) =>
      makeLink({
        peer,
        post: (frame: Frame) => road.push(() => far().deliver(structuredClone(frame))) * 0,
        credit: () => undefined,
        shut: (reason) => road.push(() => far().down(reason)),
      });
    const left: ReturnType<typeof makeLink> = side(names.right, toRight, () => right);
    const right: ReturnType<typeof makeLink> = side(names.left, toLeft, () => left);
    const cut = (reason: string): void => {
      for (const road of [toLeft, toRight]) road.length = 0;
      for (const end of [left, right]) end.down(reason);
    };
    return { left: left.link, right: right.link, toLeft, toRight, cut };
  }

  /** Moves what is first on one of the roads that have anything, and lets it have its effect. */
  async step(pick: number): Promise<boolean> {
    const busy = this.#roads.filter((road) => road.length > 0 && !this.blocked.has(road));
    const move = busy[pick % Math.max(1, busy.length)]?.shift();
    move?.();
    await turn();
    return move !== undefined;
  }

  /** Moves everything until nothing is on its way. */
  async rest(): Promise<void> {
    // A link may appear a turn after the last frame has arrived.
    for (let still = 0; still < 3; ) still = (await this.step(0)) ? 0 : still + 1;
  }
}
