/** transport/tick-writer: joins what is written in one turn of the event loop. */
import type { Writable } from 'node:stream';

/** The writers that were used in this turn, all of them closed by one visit at its end. */
let open: TickWriter[] = [];

function endTurn(): void {
  const writers = open;
  open = [];
  for (const writer of writers) writer.endTurn();
}

/**
 * Writes so that a lone message waits for nothing, and a burst costs one system call instead of one for each message.
 *
 * A quiet writer writes the first message of a turn at once, and the others of that turn together at its end. Once a turn
 * had several, the writer is busy: the next turn's messages all go together, until one comes alone again. Where many
 * calls are under way this lets them gather, so that the far end wakes once for several of them.
 */
export class TickWriter {
  readonly #stream: Writable;
  /** Messages written or kept in this turn. */
  #count = 0;
  #busy = false;
  #rest: Buffer[] = [];

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  /** Writes a message now or at the end of this turn, in order. */
  write(bytes: Buffer): void {
    if (this.#count === 0) {
      if (open.length === 0) setImmediate(endTurn);
      open.push(this);
    }
    this.#count += 1;
    if (this.#count === 1 && !this.#busy) this.#stream.write(bytes);
    else this.#rest.push(bytes);
  }

  /** Writes what waits now. */
  flush(): void {
    const rest = this.#rest;
    if (rest.length === 0) return;
    this.#rest = [];
    this.#stream.write(rest.length === 1 ? rest[0] : Buffer.concat(rest));
  }

  /** The turn is over. */
  endTurn(): void {
    this.#busy = this.#count > 1;
    this.#count = 0;
    this.flush();
  }
}
