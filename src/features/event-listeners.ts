/** features/event-listeners: who listens to which event in this node. */
import { ShardliftError } from '../errors.ts';
import type { EventNode } from './events.ts';

/** Hears an event: its data, and who told it. What it returns is waited for by `broadcastAndWait` only. */
export type EventListener<D = never> = (data: D, source: EventNode) => unknown;

interface Entry {
  readonly listener: EventListener;
  readonly once: boolean;
}

/** The listeners by event. A list is never changed in place, so that one may come or go while they are called. */
export class Listeners {
  readonly #lists = new Map<string, readonly Entry[]>();

  /** Adds a listener. @throws ShardliftError `INVALID_OPTION` when it is no function */
  add(name: string, entry: Entry): void {
    const { listener } = entry;
    if (typeof listener !== 'function') {
      const details = {
        option: `listener of '${name}'`,
        expected: 'a function',
        received: `of type ${typeof listener}`,
      };
      throw new ShardliftError('INVALID_OPTION', details);
    }
    this.#lists.set(name, [...this.#entries(name), entry]);
  }

  /** Removes the newest entry of a listener. */
  remove(name: string, listener: EventListener): void {
    const entries = this.#entries(name);
    const at = entries.findLastIndex((entry) => entry.listener === listener);
    if (at !== -1) this.#keep(name, entries.toSpliced(at, 1));
  }

  of(name: string): readonly EventListener<unknown>[] {
    return this.#entries(name).map(({ listener }) => listener as EventListener<unknown>);
  }

  /** The listeners to call for an event that came; those for once listen no more. */
  take(name: string): readonly EventListener<unknown>[] {
    const entries = this.#entries(name);
    if (entries.some(({ once }) => once)) {
      this.#keep(
        name,
        entries.filter(({ once }) => !once),
      );
    }
    return entries.map(({ listener }) => listener as EventListener<unknown>);
  }

  #entries(name: string): readonly Entry[] {
    return this.#lists.get(name) ?? [];
  }

  #keep(name: string, entries: readonly Entry[]): void {
    if (entries.length === 0) this.#lists.delete(name);
    else this.#lists.set(name, entries);
  }
}
