/** routing/lines: the lines of a node: one to each neighbour, and one to the node that knows all others. */
import type { Link } from '../transport/link.ts';
import type { Address } from '../wire/address.ts';
import { type FrameOf, protocolVersion } from '../wire/frame.ts';
import { Line } from './line.ts';

/** Finds the line to a node, and knows when it ends. */
export class Lines {
  readonly #self: Address;
  readonly #byNode = new Map<Address, Line>();
  #uplink: Line | undefined;

  constructor(self: Address) {
    this.#self = self;
  }

  /** The line to the node that knows all others. */
  get uplink(): Line | undefined {
    return this.#uplink;
  }

  /** The line to a node, if it has one of its own. */
  to(address: Address): Line | undefined {
    return this.#byNode.get(address);
  }

  /** Every line, the uplink first. */
  all(): readonly Line[] {
    return this.#uplink === undefined ? [...this.#byNode.values()] : [this.#uplink, ...this.#byNode.values()];
  }

  /**
   * Takes a line in place of an earlier one to the same node.
   *
   * @param onLost - told of its end; `current` says that there is no newer line
   */
  add(address: Address, link: Link, onLost: (line: Line, end: LineEnd) => void): Line {
    const line = new Line(link);
    this.#byNode.set(address, line);
    void link.closed.then((reason) => {
      const current = this.#byNode.get(address) === line;
      if (current) this.#byNode.delete(address);
      onLost(line, { reason, current });
    });
    return line;
  }

  /** Takes a line out before its end is told. @returns it, unless a newer one took its place */
  remove(address: Address, link: Link): Line | undefined {
    const line = this.#byNode.get(address);
    if (line?.link !== link) return undefined;
    this.#byNode.delete(address);
    return line;
  }

  /** Takes the uplink; see {@link add}. */
  addUplink(link: Link, onLost: (line: Line, end: LineEnd) => void): Line {
    const line = new Line(link);
    this.#uplink = line;
    void link.closed.then((reason) => {
      const current = this.#uplink === line;
      if (current) this.#uplink = undefined;
      onLost(line, { reason, current });
    });
    return line;
  }

  /** The first frame on every line. */
  greet(link: Link): void {
    try {
      link.send({ kind: 'hello', from: this.#self, protocol: protocolVersion });
    } catch {
      // Accepted loss: the line went down before it was used; `closed` says so next.
    }
  }

  /** Says goodbye on every line and takes it down. */
  close(reason: string): void {
    for (const { link } of this.all()) {
      try {
        link.send({ kind: 'bye', from: this.#self, reason });
      } catch {
        // Accepted loss: a line that is down needs no goodbye.
      }
      link.close(reason);
    }
  }
}

/** How a line ended. */
export interface LineEnd {
  readonly reason: string;
  /** No newer line took its place. */
  readonly current: boolean;
}

/** Told of a node whose line ended, and why. */
export type LossListener = (address: Address, reason: string) => void;

/** Takes a line down whose far end speaks another protocol. */
export function checkGreeting(link: Link, hello: FrameOf<'hello'>): void {
  const { protocol } = hello;
  if (protocol === protocolVersion) return;
  link.close(`it speaks protocol ${protocol}, this side ${protocolVersion}: install one version of shardlift`);
}
