/** routing/router: the switchboard of a node. Looks at `to`, picks a line, never opens a body. */
import { isShardliftError, ShardliftError } from '../errors.ts';
import { type Link, makeLink } from '../transport/link.ts';
import type { Address } from '../wire/address.ts';
import { toFault } from '../wire/fault.ts';
import { type Frame, type FrameOf, protocolVersion } from '../wire/frame.ts';

/** A call that went out on a line and has no answer yet, with the line it came by. */
type Flying = Pick<FrameOf<'call'>, 'id' | 'incarnation' | 'from' | 'to'> & { readonly via: Line | undefined };

interface Line {
  readonly link: Link;
  readonly flying: Map<string, Flying>;
}

/** What is passed on; `hello` and `bye` go no further than one line. */
type Passing = Exclude<Frame, { kind: 'hello' | 'bye' }>;

const flyingKey = (frame: Pick<Flying, 'id' | 'incarnation'>, caller: Address): string =>
  `${caller}/${frame.incarnation}/${frame.id}`;

/**
 * Forwards frames between lines and answers for the dead: when a line closes, the calls that went out on it are refused
 * at once, and those that came by it are cancelled where they went.
 */
export class Router {
  /** The line of this node's own peer. */
  readonly local: Link;
  readonly #self: Address;
  readonly #incarnation: number;
  readonly #deliverLocal: (frame: Frame) => void;
  /** Calls this node's own peer works on. */
  readonly #served = new Map<string, Flying>();
  /** The call the own peer is being given right now. */
  #answering: FrameOf<'call'> | undefined;
  readonly #lines = new Map<Address, Line>();
  #uplink: Line | undefined;
  /** Told of each node whose line ended, unless a newer line to it is there. */
  onLost: (address: Address, reason: string) => void = () => undefined;

  constructor(node: { readonly self: Address; readonly incarnation: number }) {
    this.#self = node.self;
    this.#incarnation = node.incarnation;
    const end = makeLink({ peer: `${node.self} itself`, post: (frame) => this.#send(frame), shut: () => undefined });
    this.local = end.link;
    this.#deliverLocal = end.deliver;
  }

  /** Takes a line to one node. A newer line to the same node replaces the older one. */
  attach(address: Address, link: Link): void {
    const line: Line = { link, flying: new Map() };
    this.#lines.set(address, line);
    void link.closed.then((reason) => {
      const current = this.#lines.get(address) === line;
      if (current) this.#lines.delete(address);
      this.#lost(line, reason, current ? address : undefined);
    });
    this.#open(line);
  }

  /** Takes the line to the node that knows all others; frames for nodes without a line of their own go there. */
  attachUplink(address: Address, link: Link): void {
    const line: Line = { link, flying: new Map() };
    this.#uplink = line;
    void link.closed.then((reason) => {
      const current = this.#uplink === line;
      if (current) this.#uplink = undefined;
      this.#lost(line, reason, current ? address : undefined);
    });
    this.#open(line);
  }

  /** Says goodbye on every line and takes it down. */
  close(reason: string): void {
    for (const { link } of this.#all()) {
      try {
        link.send({ kind: 'bye', from: this.#self, reason });
      } catch {
        // Accepted loss: a line that is down needs no goodbye.
      }
      link.close(reason);
    }
  }

  #all(): readonly Line[] {
    return this.#uplink === undefined ? [...this.#lines.values()] : [this.#uplink, ...this.#lines.values()];
  }

  /** Greets, then listens: what came early may be answered by this very line. */
  #open(line: Line): void {
    const { link } = line;
    try {
      link.send({ kind: 'hello', from: this.#self, incarnation: this.#incarnation, protocol: protocolVersion });
    } catch {
      // Accepted loss: the line went down before it was used; `closed` says so next.
    }
    link.receive((frame) => this.#arrived(line, frame));
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
      this.#forward(frame, line);
    }
  }

  /** Takes a frame of this node's own peer. */
  #send(frame: Frame): void {
    if (frame.kind === 'hello' || frame.kind === 'bye') return;
    if (frame.kind === 'reply') this.#answered(frame);
    this.#forward(frame, undefined);
  }

  #answered(reply: FrameOf<'reply'>): void {
    const { id, incarnation, to } = reply;
    const call = this.#answering;
    if (call !== undefined && call.id === id && call.incarnation === incarnation && call.from === to) {
      this.#answering = undefined;
    } else this.#served.delete(flyingKey(reply, to));
  }

  /** Gives a call to the own peer and remembers it, unless it is answered there and then. */
  #deliverCall(call: FrameOf<'call'>, via: Line | undefined): void {
    this.#answering = call;
    this.#deliverLocal(call);
    if (this.#answering === call) this.#served.set(flyingKey(call, call.from), pickFlying(call, via));
    this.#answering = undefined;
  }

  #forward(frame: Passing, via: Line | undefined): void {
    if (frame.to === this.#self) {
      if (frame.kind === 'call') {
        this.#deliverCall(frame, via);
        return;
      }
      if (frame.kind === 'cancel') this.#served.delete(flyingKey(frame, frame.from));
      this.#deliverLocal(frame);
      return;
    }
    const line = this.#lines.get(frame.to) ?? this.#uplink;
    // Sent back where it came from, it would go to and fro without end.
    if (line === undefined || line === via) {
      if (frame.kind === 'call') this.#refuse(frame, new ShardliftError('NO_ROUTE', { to: frame.to }));
      return;
    }
    if (frame.kind === 'call') line.flying.set(flyingKey(frame, frame.from), pickFlying(frame, via));
    // Nobody waits for it any more, and a handler that never ends would keep it for ever.
    else if (frame.kind === 'cancel') line.flying.delete(flyingKey(frame, frame.from));
    this.#sendOn(line, frame);
  }

  #sendOn(line: Line, frame: Passing): void {
    try {
      line.link.send(frame);
    } catch (error) {
      if (frame.kind === 'call') {
        line.flying.delete(flyingKey(frame, frame.from));
        this.#refuse(frame, error);
      } else if (isShardliftError(error, 'FRAME_TOO_LARGE')) {
        // The caller must not wait for an answer that cannot travel, nor believe that its cast was sent.
        if (frame.kind === 'reply') {
          this.#forward({ ...frame, outcome: { ok: false, by: 'handler', fault: toFault(error) } }, undefined);
        } else if (frame.from === this.#self) throw error;
      }
    }
  }

  /** Settles what a closed line leaves behind; `address` is who cannot be reached any more. */
  #lost(line: Line, reason: string, address: Address | undefined): void {
    if (address !== undefined) this.onLost(address, reason);
    const refused = [...line.flying.values()];
    line.flying.clear();
    for (const call of refused) {
      this.#refuse(call, new ShardliftError('LINK_CLOSED', { peer: line.link.peer, reason }));
    }
    for (const calls of [this.#served, ...this.#all().map(({ flying }) => flying)]) {
      for (const { id, incarnation, from, to, via } of [...calls.values()]) {
        if (via === line) this.#forward({ kind: 'cancel', id, incarnation, from, to }, undefined);
      }
    }
  }

  #refuse(call: Pick<FrameOf<'call'>, 'id' | 'incarnation' | 'from' | 'to'>, error: unknown): void {
    const { id, incarnation } = call;
    const outcome = { ok: false, by: 'route', fault: toFault(error) } as const;
    this.#forward({ kind: 'reply', id, incarnation, from: call.to, to: call.from, outcome }, undefined);
  }
}

const pickFlying = (call: FrameOf<'call'>, via: Line | undefined): Flying => {
  const { id, incarnation, from, to } = call;
  return { id, incarnation, from, to, via };
};
