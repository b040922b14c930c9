/** board/locked-words: numbers in shared memory that one thread writes and all may read, never half of a write. */

/** Times a reader tries before it says that a write is under way. A write takes about a microsecond. */
const tries = 64;

/** Before the numbers: the sequence word, and one that keeps them aligned. */
const headWords = 2;
const wordsPerNumber = 2;

const numbers = new Float64Array(1);
const halves = new Int32Array(numbers.buffer);

/** Bytes that so many numbers take. */
export const lockedBytes = (count: number): number => (headWords + count * wordsPerNumber) * 4;

/**
 * A sequence lock: the sequence is odd while a write is under way, and another one after it.
 *
 * Each half of a number is read and written by `Atomics`, whose order all threads agree on. Plain reads would leave it to
 * the processor whether a number is seen before the sequence that guards it.
 *
 * @see https://tc39.es/ecma262/#sec-memory-model
 */
export class LockedWords {
  readonly #words: Int32Array;
  /** Numbers there is room for. */
  readonly count: number;

  constructor(shared: SharedArrayBuffer, place: { readonly atByte: number; readonly count: number }) {
    this.count = place.count;
    this.#words = new Int32Array(shared, place.atByte, headWords + place.count * wordsPerNumber);
  }

  /** Writes the first numbers. One thread at a time: the one that the numbers belong to. */
  write(values: readonly number[]): void {
    const words = this.#words;
    // It is odd already when the writer before us was ended in the middle of a write: no reader believed that one.
    const sequence = Atomics.load(words, 0) | 1;
    Atomics.store(words, 0, sequence);
    let at = headWords;
    for (const value of values) {
      numbers[0] = value;
      Atomics.store(words, at++, halves[0] as number);
      Atomics.store(words, at++, halves[1] as number);
    }
    Atomics.store(words, 0, (sequence + 1) | 0);
  }

  /** Reads the first numbers; `undefined` while a write is under way, or was cut short by the end of its thread. */
  read(count: number = this.count): number[] | undefined {
    const words = this.#words;
    const values = new Array<number>(count);
    for (let tried = 0; tried < tries; tried++) {
      const before = Atomics.load(words, 0);
      if ((before & 1) === 1) continue;
      for (let index = 0, at = headWords; index < count; index++) {
        halves[0] = Atomics.load(words, at++);
        halves[1] = Atomics.load(words, at++);
        values[index] = numbers[0] as number;
      }
      if (Atomics.load(words, 0) === before) return values;
    }
    return undefined;
  }
}
