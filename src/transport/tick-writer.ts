/** transport/tick-writer: joins what is written in one turn of the event loop. */
import type { Writable } from 'node:stream';

/**
 * Writes the first bytes of a turn at once, so that a lone message waits for nothing, and all others of that turn together,
 * so that a burst costs two system calls instead of one each.
 */
export class TickWriter {
  readonly #stream: Writable;
  #open = false;
  #rest: Buffer[] = [];

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  write(bytes: Buffer): void {
    if (this.#open) {
      this.#rest.push(bytes);
      return;
    }
    this.#open = true;
    this.#stream.write(bytes);
    setImmediate(() => this.flush());
  }

  /** Writes what waits now. */
  flush(): void {
    this.#open = false;
    const rest = this.#rest;
    if (rest.length === 0) return;
    this.#rest = [];
    this.#stream.write(rest.length === 1 ? rest[0] : Buffer.concat(rest));
  }
}
