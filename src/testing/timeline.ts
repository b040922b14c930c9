/** testing/timeline: what happened, in order and with times, and waiting for it. */

import { ShardliftError } from '../errors.ts';

/** What the loopback Discord writes down. */
export type TimelineKind =
  | 'connect'
  | 'identify'
  | 'identifyRefused'
  | 'ready'
  | 'guildsSent'
  | 'resume'
  | 'resumed'
  | 'invalidSession'
  | 'heartbeat'
  | 'heartbeatTimeout'
  | 'presence'
  | 'voiceState'
  | 'membersRequested'
  | 'sendLimit'
  | 'close'
  | 'tokenReset'
  | 'rest'
  | 'rateLimited'
  | 'unimplemented'
  | 'routeFailed'
  | 'fault';

/** One thing that happened: `at` in epoch ms, the shard when one is known, and what else is worth knowing. */
export interface TimelineEvent {
  readonly at: number;
  readonly kind: TimelineKind;
  readonly shard?: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Oldest half is dropped beyond this many events, so that a day-long run stays small. */
const MAX_EVENTS = 100_000;

/** Keeps the events and wakes those who wait for one. */
export class Timeline {
  #events: TimelineEvent[] = [];
  readonly #watchers = new Set<() => void>();

  /** Writes an event down. */
  record(kind: TimelineKind, detail: Readonly<Record<string, unknown>> = {}, shard?: number): void {
    this.#events.push({ at: Date.now(), kind, detail, ...(shard === undefined ? {} : { shard }) });
    if (this.#events.length > MAX_EVENTS) this.#events = this.#events.slice(MAX_EVENTS / 2);
    for (const watcher of this.#watchers) watcher();
  }

  /** The events so far, a copy; with a kind only those. */
  list(kind?: TimelineKind): readonly TimelineEvent[] {
    return this.#events.filter((event) => kind === undefined || event.kind === kind);
  }

  /**
   * Waits until a condition holds; it is looked at after each event.
   *
   * @throws ShardliftError `LOOPBACK_TIMEOUT` when it does not hold within `timeoutMs`
   */
  until(condition: () => boolean, what: string, timeoutMs: number): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new ShardliftError('LOOPBACK_TIMEOUT', { what, timeoutMs }));
      }, timeoutMs);
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }
}
