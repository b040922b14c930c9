/** compat/bot-order: keeps the order of what a bot says by two lines: messages by Node's channel, all else by our own. */

/** What the order of one bot is kept with. */
export interface BotOrderParts {
  /** How many messages have been sent. */
  readonly sent: () => number;
  /** Asks the manager to answer once it has heard so many of them, and all that was said before on our own line. */
  readonly heard: (count: number) => Promise<unknown>;
}

/** Of one bot. Costs nothing to a bot that sends no messages, and one question to an answer that follows some. */
export class BotOrder {
  readonly #parts: BotOrderParts;
  #heard = 0;
  #asked: { readonly count: number; readonly settled: Promise<unknown> } | undefined;
  #hasNews = false;
  #isEnding = false;
  #posting: Promise<unknown> | undefined;
  /** What waits to be sent, in its order. */
  readonly #queued = new Set<() => Promise<void>>();

  constructor(parts: BotOrderParts) {
    this.#parts = parts;
  }

  /** What an answer or a call has to wait for: the manager hears the messages first. Never rejects. */
  get before(): Promise<unknown> | undefined {
    const count = this.#parts.sent();
    if (this.#posting !== undefined) return this.#posting.then(() => this.before);
    return count === this.#heard ? undefined : this.#askFor(count);
  }

  /** A message that is posted now has to wait. */
  get isBehind(): boolean {
    return this.#hasNews || this.#posting !== undefined;
  }

  /** Something was said on our own line that messages must not overtake: a shard is ready, or is no longer. */
  news(): void {
    this.#hasNews = true;
  }

  /** Sends a message once the manager has heard the news; at once when there are none. */
  post(send: () => Promise<void>): Promise<void> {
    if (!this.isBehind || this.#isEnding) return send();
    const before = this.#hasNews ? this.#askFor(this.#parts.sent()) : undefined;
    this.#hasNews = false;
    this.#queued.add(send);
    // What a bot that ends has sent by then is not sent twice.
    const posted = Promise.all([this.#posting, before]).then(() => (this.#queued.delete(send) ? send() : undefined));
    const settled: Promise<unknown> = posted
      // Accepted loss, here alone: that it could not be sent. Its sender is told, by `posted`.
      .catch(() => undefined)
      .then(() => {
        if (this.#posting === settled) this.#posting = undefined;
      });
    this.#posting = settled;
    return posted;
  }

  /** Sends at once what waits, and all that follows: for a bot that ends. That it comes matters more then than when. */
  flush(): void {
    this.#isEnding = true;
    for (const send of this.#queued) {
      this.#queued.delete(send);
      // Accepted loss: a message that cannot be sent. Nobody is left to be told.
      send().catch(() => undefined);
    }
  }

  #askFor(count: number): Promise<unknown> {
    if (this.#asked?.count === count && !this.#hasNews) return this.#asked.settled;
    const settled = this.#parts
      .heard(count)
      .then(() => {
        this.#heard = Math.max(this.#heard, count);
      })
      // Accepted loss: the word of a manager whose line is down. The answer that waits has no way left either.
      .catch(() => undefined);
    this.#asked = { count, settled };
    return settled;
  }
}
