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
  #posting: Promise<unknown> | undefined;

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
    if (!this.isBehind) return send();
    const before = this.#hasNews ? this.#askFor(this.#parts.sent()) : undefined;
    this.#hasNews = false;
    const posted = Promise.all([this.#posting, before]).then(send);
    // Whether it could be sent is the sender's affair.
    const settled: Promise<unknown> = posted
      .catch(() => undefined)
      .then(() => {
        if (this.#posting === settled) this.#posting = undefined;
      });
    this.#posting = settled;
    return posted;
  }

  #askFor(count: number): Promise<unknown> {
    if (this.#asked?.count === count && !this.#hasNews) return this.#asked.settled;
    const settled = this.#parts
      .heard(count)
      .then(() => {
        this.#heard = Math.max(this.#heard, count);
      })
      // A line that is down: the answer has no way left either.
      .catch(() => undefined);
    this.#asked = { count, settled };
    return settled;
  }
}
