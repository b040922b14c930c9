/** board/locked-words: numbers in shared memory that one thread writes and all may read, never half of a write. */

/** Times a reader tries before it says that a write is under way. A write takes about a microsecond. */
const tries = 64;

/** Before the numbers: the sequence word, and one that keeps them aligned. */
const headWords = 2;
const wordsPerNumber = 2;

const number = new Float64Array(1);
const halves = new Int32Array(number.buffer);

/** Bytes that so many numbers take. */
export const lockedBytes = (count: number): number => (headWords + count * wordsPerNumber) * 4;

/**
 * A sequence lock: the sequence is odd while a write is under way, and another one after it.
 *
 * Each half of a number is written by `Atomics`, whose order all threads agree on. The reader takes the numbers as they
 * are, and then exchanges the sequence for itself: a write to the word that guards them, which no processor lets overtake
 * the reads before it, and which fails when a writer was there meanwhile. A plain look at the sequence might be made ahead
 * of the reads; `Atomics` for each half would cost ten times as much.
 *
 * @see https://tc39.es/ecma262/#sec-memory-model
 */
export class LockedWords {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  /** Numbers there is room for. */
  readonly count: number;

  constructor(shared: SharedArrayBuffer, place: { readonly atByte: number; readonly count: number }) {
    this.count = place.count;
    this.#words = new Int32Array(shared, place.atByte, headWords + place.count * wordsPerNumber);
    this.#numbers = new Float64Array(shared, place.atByte + headWords * 4, place.count);
  }

  /** Writes the first numbers. One thread at a time: the one that the numbers belong to. */
  write(values: readonly number[]): void {
    const words = this.#words;
    // It is odd already when the writer before us was ended in the middle of a write: no reader believed that one.
    const sequence = Atomics.load(words, 0) | 1;
    Atomics.store(words, 0, sequence);
    let at = headWords;
    for (const value of values) {
      number[0] = value;
      Atomics.store(words, at++, halves[0] as number);
      Atomics.store(words, at++, halves[1] as number);
    }
    Atomics.store(words, 0, (sequence + 1) | 0);
  }

  /** Reads the first numbers; `undefined` while a write is under way, or was cut short by the end of its thread. */
  read(count: number = this.count): number[] | undefined {
    const words = this.#words;
    const numbers = this.#numbers;
    const values = new Array<number>(count);
    for (let tried = 0; tried < tries; tried++) {
      const sequence = Atomics.load(words, 0);
      if ((sequence & 1) === 1) continue;
      for (let index = 0; index < count; index++) values[index] = numbers[index] as number;
      if (Atomics.compareExchange(words, 0, sequence, sequence) === sequence) return values;
    }
    return undefined;
  }
}
