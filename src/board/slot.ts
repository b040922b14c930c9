/** board/slot: what is known of one cluster: its own numbers, and whether it is there at all. */
import { LockedWords, lockedBytes } from './locked-words.ts';

/** What the manager knows of a cluster. */
export interface Presence {
  /** `gone`: it has no process or thread, or is being ended. `ready`: all of its shards were ready since its start. */
  readonly state: 'gone' | 'starting' | 'ready';
  /** Which start of the cluster this is about. */
  readonly incarnation: number;
  /** Why it has not reported, in words: for those who ask about a cluster that is missing. */
  readonly reason: string;
}

/** A cluster on the board: its newest numbers, or why there are none. */
export type Reading =
  | { readonly ok: true; readonly ready: boolean; readonly numbers: readonly number[] }
  | { readonly ok: false; readonly reason: string };

const states = ['gone', 'starting', 'ready'] as const;
/** State, incarnation, length of the reason; its characters follow. */
const presenceNumbers = 3;
const longestReason = 160;
const presenceCount = presenceNumbers + longestReason;
const presenceBytes = lockedBytes(presenceCount);

/**
 * One cluster's place on the board: memory that may be shared between threads.
 *
 * Two parts, because each has one writer: the manager says whether the cluster is there, the cluster itself (or, for a
 * process, the manager in its name) writes its numbers. The first of them is its incarnation, so that what a predecessor
 * left is never taken for news.
 */
export class Slot {
  readonly shared: SharedArrayBuffer;
  readonly #presence: LockedWords;
  readonly #numbers: LockedWords;

  /** @param memory - that of an existing slot, or how many numbers a new one has room for */
  constructor(memory: SharedArrayBuffer | number) {
    this.shared = typeof memory === 'number' ? new SharedArrayBuffer(presenceBytes + lockedBytes(memory)) : memory;
    const count = (this.shared.byteLength - presenceBytes - lockedBytes(0)) / lockedBytesOfOne;
    this.#presence = new LockedWords(this.shared, { atByte: 0, count: presenceCount });
    this.#numbers = new LockedWords(this.shared, { atByte: presenceBytes, count });
  }

  /** Numbers there is room for. */
  get room(): number {
    return this.#numbers.count;
  }

  /** For the manager: whether the cluster is there. */
  announce({ state, incarnation, reason }: Presence): void {
    const text = reason.slice(0, longestReason);
    const characters = Array.from({ length: text.length }, (_none, index) => text.charCodeAt(index));
    this.#presence.write([states.indexOf(state), incarnation, text.length, ...characters]);
  }

  /** For the cluster: its numbers, the first of which is its incarnation. */
  report(numbers: readonly number[]): void {
    this.#numbers.write(numbers);
  }

  /**
   * What is known now; `undefined` while it is being written.
   *
   * @param count - how many of the numbers are wanted; all by default
   */
  read(count?: number): Reading | undefined {
    const presence = this.#presence.read(presenceNumbers);
    if (presence === undefined) return undefined;
    const [state, incarnation] = presence as [number, number];
    if (state > 0) {
      const numbers = this.#numbers.read(count);
      // Of a writer that was ended in its middle nobody will ever finish the numbers.
      if (numbers === undefined) return undefined;
      if (numbers[0] === incarnation) return { ok: true, ready: states[state] === 'ready', numbers };
    }
    return this.#missing();
  }

  #missing(): Reading | undefined {
    const presence = this.#presence.read();
    if (presence === undefined) return undefined;
    const length = presence[2] as number;
    const characters = presence.slice(presenceNumbers, presenceNumbers + length);
    return { ok: false, reason: String.fromCharCode(...characters) };
  }
}

const lockedBytesOfOne = lockedBytes(1) - lockedBytes(0);
