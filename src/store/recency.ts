/** store/recency: values by key, the least recently used first, within caps. */
import { ShardliftError } from '../errors.ts';
import type { HeldValue } from './held-value.ts';
import { shownKey } from './keys.ts';
import type { StoreCaps } from './options.ts';

/** A map that knows which of its values were used least recently, and lets those go when it is full. */
export class Recency {
  readonly #caps: StoreCaps;
  readonly #onEvict: (value: HeldValue) => void;
  // In the order of use: a Map keeps the order in which keys were added, and a use takes a key out and adds it again.
  readonly #values = new Map<string, HeldValue>();
  #bytes = 0;

  /** @param onEvict - told of each value that had to go */
  constructor(caps: StoreCaps, onEvict: (value: HeldValue) => void) {
    this.#caps = caps;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#values.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** All values, the least recently used first. */
  values(): Iterable<HeldValue> {
    return this.#values.values();
  }

  /** Looks at a value. */
  peek(key: string): HeldValue | undefined {
    return this.#values.get(key);
  }

  /** Uses a value. */
  use(value: HeldValue): void {
    this.#values.delete(value.key);
    this.#values.set(value.key, value);
  }

  /** Refuses a value that could never be held. @throws ShardliftError `VALUE_TOO_LARGE` */
  assertFits({ key, bytes }: HeldValue): void {
    const { maxBytes } = this.#caps;
    if (bytes > maxBytes) throw new ShardliftError('VALUE_TOO_LARGE', { key: shownKey(key), bytes, maxBytes });
  }

  /** Adds a value under a key that is free, and lets others go for it. */
  add(value: HeldValue): void {
    this.#values.set(value.key, value);
    this.#bytes += value.bytes;
    while (this.#values.size > this.#caps.maxEntries || this.#bytes > this.#caps.maxBytes) this.#evict();
  }

  /** Takes a value out. */
  remove(value: HeldValue): void {
    if (this.#values.delete(value.key)) this.#bytes -= value.bytes;
  }

  #evict(): void {
    const [oldest] = this.#values.values();
    if (oldest === undefined) return;
    this.remove(oldest);
    this.#onEvict(oldest);
  }
}
