/** compat/message-count: counts messages that arrive, so that what was said after one by another line can wait for it. */

/** A message may be lost where nothing else is (a full pipe, a wrapper in between): what follows waits so long for it, in ms. */
const lostAfterMs = 1_000;

interface Waiting {
  readonly count: number;
  readonly go: () => void;
}

/** How many messages have come, and who waits for more. */
export class MessageCount {
  #count = 0;
  #waiting: Waiting[] = [];

  /** One more has come. */
  add(): void {
    this.#count++;
    this.#release();
  }

  /** Resolves once so many have come, or one must have been lost: it counts as come then, and nobody waits for it again. */
  reached(count: number): Promise<null> {
    if (this.#count >= count) return Promise.resolve(null);
    return new Promise((resolve) => {
      const lost = setTimeout(() => {
        this.#count = Math.max(this.#count, count);
        this.#release();
      }, lostAfterMs).unref();
      const go = (): void => {
        clearTimeout(lost);
        resolve(null);
      };
      this.#waiting.push({ count, go });
    });
  }

  #release(): void {
    const due = this.#waiting.filter(({ count }) => count <= this.#count);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter(({ count }) => count > this.#count);
    for (const { go } of due) go();
  }
}
