/** test/conformance/cuttable-line: a door before a cluster's door, whose lines can be cut at any frame. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { decodeFrame } from '../../src/wire/codec.ts';
import type { Frame } from '../../src/wire/frame.ts';

/** Where a line is cut: at the first frame like this, before, in the middle of or behind it. */
export interface Cut {
  readonly kind: Frame['kind'];
  /** Whose frame: that of the visitor, or that of the host. */
  readonly by: 'visitor' | 'host';
  readonly where: 'before' | 'in' | 'behind';
}

/** Where visitors come, and the door of the cluster behind it. */
interface Way {
  readonly front: string;
  readonly behind: string;
}

/** Stands between visitors and doors; both live on when their line is cut. */
export class CuttableDoor {
  /** Lines that came about. */
  lines = 0;
  /** Cut the next time such a frame comes; once. */
  cut: Cut | undefined;
  /** Visitors are taken in and shown out again, as a process without a file descriptor left does. */
  shut = false;
  readonly #servers: readonly Server[];
  readonly #open = new Set<() => void>();

  constructor(ways: readonly Way[]) {
    this.#servers = ways.map(({ front, behind }) =>
      createServer((visitor) => this.#join(visitor, behind)).listen(front),
    );
  }

  /** Cuts all lines there are. */
  cutAll(): void {
    for (const cut of this.#open) cut();
  }

  /** Takes no more visitors and cuts all lines. */
  close(): void {
    for (const server of this.#servers) server.close();
    this.cutAll();
  }

  #join(visitor: Socket, door: string): void {
    this.lines += 1;
    if (this.shut) {
      visitor.destroy();
      return;
    }
    const host = connect(door);
    const cut = (): void => {
      this.#open.delete(cut);
      visitor.destroy();
      host.destroy();
    };
    this.#open.add(cut);
    for (const socket of [visitor, host]) socket.on('error', () => undefined).on('close', cut);
    const by = (who: Cut['by'], from: Socket, to: Socket): void => void from.on('data', this.#passer(who, to, cut));
    by('visitor', visitor, host);
    by('host', host, visitor);
  }

  /** Passes on whole records, until the one at which the line is cut. */
  #passer(by: Cut['by'], to: Socket, cut: () => void): (chunk: Buffer) => void {
    let waiting = Buffer.alloc(0);
    let dead = false;
    return (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (!dead && waiting.length >= 4 && waiting.length >= waiting.readUInt32BE(0) + 4) {
        const record = waiting.subarray(0, waiting.readUInt32BE(0) + 4);
        waiting = waiting.subarray(record.length);
        const where = this.#cutAt(by, record);
        if (where === undefined) to.write(record);
        else {
          dead = true;
          const part = { before: 0, in: record.length / 2, behind: record.length }[where];
          // What was passed on before it is read all the same.
          to.write(record.subarray(0, part), cut);
        }
      }
    };
  }

  #cutAt(by: Cut['by'], record: Buffer): Cut['where'] | undefined {
    const { cut } = this;
    if (cut?.by !== by || decodeFrame(record).kind !== cut.kind) return undefined;
    this.cut = undefined;
    return cut.where;
  }
}
