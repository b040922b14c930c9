/** compat/message-count: counts messages that arrive, so that what was said after one by another line can wait for it. */

/** A message may be lost where nothing else is (a full pipe, a wrapper in between): what follows waits so long for it, in ms. */
const lostAfterMs = 1_000;
/** Messages that were held up come one right after the other: who waits for the last of them waits so long for more, in ms. */
const settledAfterMs = 20;

interface Waiting {
  readonly count: number;
  readonly go: () => void;
}

/**
 * How many messages have come, and who waits for more.
 *
 * Nothing in a message says which it is, so one that is late looks like the one after a lost one. A message nobody waits
 * for any longer is therefore only suspected of being lost: the next to come may be it.
 */
export class MessageCount {
  #come = 0;
  #lost = 0;
  /** Given up, and perhaps only late. */
  #suspected = 0;
  /** A suspect has come after all. The same shortage once more is no delay. */
  #hasErred = false;
  /** The highest number anybody waited for, and the highest that was given up. */
  #asked = 0;
  #givenUp = 0;
  #settling: NodeJS.Timeout | undefined;
  #waiting: Waiting[] = [];

  /** One more has come. */
  add(): void {
    this.#come++;
    if (this.#suspected > 0 && this.#certain + this.#suspected > this.#asked) {
      this.#suspected--;
      this.#hasErred = true;
    }
    this.#release();
    if (this.#suspected > 0) this.#settle();
  }

  /** Resolves once so many have come, or one must have been lost: nobody waits for that one again. */
  reached(count: number): Promise<null> {
    this.#asked = Math.max(this.#asked, count);
    if (this.#isReached(count)) return Promise.resolve(null);
    return new Promise((resolve) => {
      const lost = setTimeout(() => this.#giveUp(count), lostAfterMs).unref();
      const go = (): void => {
        clearTimeout(lost);
        resolve(null);
      };
      this.#waiting.push({ count, go });
    });
  }

  get #certain(): number {
    return this.#come + this.#lost;
  }

  #isReached(count: number): boolean {
    return count <= this.#certain || count <= this.#givenUp;
  }

  #giveUp(count: number): void {
    this.#givenUp = Math.max(this.#givenUp, count);
    this.#suspected = Math.max(this.#suspected, count - this.#certain);
    if (this.#hasErred) this.#convict();
    this.#release();
  }

  /** What was suspected is lost: the next to come is the one after it. */
  #convict(): void {
    this.#lost += this.#suspected;
    this.#suspected = 0;
    this.#hasErred = false;
  }

  /** Enough have come if the suspected are lost. Were they only late, the rest would be right behind. */
  #settle(): void {
    clearTimeout(this.#settling);
    if (!this.#waiting.some(({ count }) => count <= this.#certain + this.#suspected)) return;
    this.#settling = setTimeout(() => {
      this.#convict();
      this.#release();
    }, settledAfterMs).unref();
  }

  #release(): void {
    const due = this.#waiting.filter(({ count }) => this.#isReached(count));
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter(({ count }) => !this.#isReached(count));
    for (const { go } of due) go();
  }
}
