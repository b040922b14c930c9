/** routing/router: the switchboard of a node. Looks at `to`, picks a line, never opens a body. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import { type Link, makeLink } from '../transport/link.ts';
import type { Address } from '../wire/address.ts';
import { toFault } from '../wire/fault.ts';
import { type Frame, type FrameOf, protocolVersion } from '../wire/frame.ts';

/** A call that went out on a line and has no answer yet. */
type Flying = Pick<FrameOf<'call'>, 'id' | 'incarnation' | 'from' | 'to'>;

interface Line {
  readonly link: Link;
  readonly flying: Map<string, Flying>;
}

const flyingKey = (frame: Pick<Flying, 'id' | 'incarnation'>, caller: Address): string =>
  `${caller}/${frame.incarnation}/${frame.id}`;

/** Forwards frames between lines and answers for the dead: a call on a line that closes is refused at once. */
export class Router {
  /** The line of this node's own peer. */
  readonly local: Link;
  readonly #self: Address;
  readonly #incarnation: number;
  readonly #deliverLocal: (frame: Frame) => void;
  readonly #lines = new Map<Address, Line>();
  #uplink: Line | undefined;
  /** Told of each node whose line ended. */
  onLost: (address: Address, reason: string) => void = () => undefined;

  constructor(node: { readonly self: Address; readonly incarnation: number }) {
    this.#self = node.self;
    this.#incarnation = node.incarnation;
    const end = makeLink({ peer: `${node.self} itself`, post: (frame) => this.#forward(frame), shut: () => undefined });
    this.local = end.link;
    this.#deliverLocal = end.deliver;
  }

  /** Takes a line to one node. A newer line to the same node replaces the older one. */
  attach(address: Address, link: Link): void {
    const line = this.#open(link);
    this.#lines.set(address, line);
    void link.closed.then((reason) => {
      if (this.#lines.get(address) === line) this.#lines.delete(address);
      this.#refuseFlying(line, reason);
      this.onLost(address, reason);
    });
  }

  /** Takes the line to the node that knows all others; frames for nodes without a line of their own go there. */
  attachUplink(address: Address, link: Link): void {
    const line = this.#open(link);
    this.#uplink = line;
    void link.closed.then((reason) => {
      if (this.#uplink === line) this.#uplink = undefined;
      this.#refuseFlying(line, reason);
      this.onLost(address, reason);
    });
  }

  /** Says goodbye on every line and takes it down. */
  close(reason: string): void {
    const lines = this.#uplink === undefined ? [...this.#lines.values()] : [this.#uplink, ...this.#lines.values()];
    for (const { link } of lines) {
      try {
        link.send({ kind: 'bye', from: this.#self, reason });
      } catch {
        // Accepted loss: a line that is down needs no goodbye.
      }
      link.close(reason);
    }
  }

  #open(link: Link): Line {
    const line: Line = { link, flying: new Map() };
    link.receive((frame) => this.#arrived(line, frame));
    try {
      link.send({ kind: 'hello', from: this.#self, incarnation: this.#incarnation, protocol: protocolVersion });
    } catch {
      // Accepted loss: the line went down before it was used; `closed` says so next.
    }
    return line;
  }

  #arrived(line: Line, frame: Frame): void {
    if (frame.kind === 'hello') {
      if (frame.protocol === protocolVersion) return;
      line.link.close(
        `it speaks protocol ${frame.protocol}, this side ${protocolVersion}: install one version of shardlift`,
      );
    } else if (frame.kind === 'bye') line.link.close(frame.reason);
    else {
      if (frame.kind === 'reply') line.flying.delete(flyingKey(frame, frame.to));
      this.#forward(frame);
    }
  }

  #forward(frame: Frame): void {
    if (frame.kind === 'hello' || frame.kind === 'bye') return;
    if (frame.to === this.#self) {
      this.#deliverLocal(frame);
      return;
    }
    const line = this.#lines.get(frame.to) ?? this.#uplink;
    if (line === undefined) {
      if (frame.kind === 'call') this.#refuse(frame, new ShardliftError('NO_ROUTE', { to: frame.to }));
      return;
    }
    if (frame.kind === 'call') line.flying.set(flyingKey(frame, frame.from), pickFlying(frame));
    this.#sendOn(line, frame);
  }

  #sendOn(line: Line, frame: Exclude<Frame, { kind: 'hello' | 'bye' }>): void {
    try {
      line.link.send(frame);
    } catch (error) {
      if (frame.kind === 'call') {
        line.flying.delete(flyingKey(frame, frame.from));
        this.#refuse(frame, error);
      } else if (frame.kind === 'reply' && isShardliftError(error, 'FRAME_TOO_LARGE')) {
        // The caller must not wait for an answer that cannot travel.
        this.#forward({ ...frame, outcome: { ok: false, by: 'handler', fault: toFault(error) } });
      }
    }
  }

  #refuseFlying(line: Line, reason: string): void {
    for (const call of line.flying.values()) {
      this.#refuse(call, new ShardliftError('LINK_CLOSED', { peer: line.link.peer, reason }));
    }
    line.flying.clear();
  }

  #refuse(call: Flying, error: unknown): void {
    const { id, incarnation } = call;
    const outcome = { ok: false, by: 'route', fault: toFault(error) } as const;
    this.#forward({ kind: 'reply', id, incarnation, from: call.to, to: call.from, outcome });
  }
}

const pickFlying = ({ id, incarnation, from, to }: Flying): Flying => ({ id, incarnation, from, to });
