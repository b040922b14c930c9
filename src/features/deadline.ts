/** features/deadline: the one deadline of an errand, however many are asked to run it. */
import { ShardliftError } from '../errors.ts';
import { type CallOptions, defaultTimeoutMs } from '../rpc/caller.ts';
import type { Address } from '../wire/address.ts';
import { longestTimerMs, steadyNow } from '../wire/clock.ts';

/** How long something done at Discord may take, here or by another cluster. */
export interface ErrandLimits {
  /** For the whole of it, in ms, 30 000 by default; `null` for no deadline. */
  readonly timeoutMs?: number | null | undefined;
  /** Gives it up when it fires; a request that has not left for Discord yet is withdrawn. */
  readonly signal?: AbortSignal | undefined;
}

/** Options with their names: a number is `timeoutMs`. */
export const spelledOut = <T extends ErrandLimits>(options: number | T): T =>
  typeof options === 'number' ? ({ timeoutMs: options } as T) : options;

/** Runs from when it is made. */
export class Deadline {
  readonly #action: string;
  readonly #timeoutMs: number | null;
  readonly #endsAt: number;
  readonly #signal: AbortSignal | undefined;

  /**
   * @param action - for errors: what users called, and on what
   * @throws ShardliftError `INVALID_OPTION`, `CALL_ABORTED` when the signal has fired before
   */
  constructor(action: string, { timeoutMs = defaultTimeoutMs, signal }: ErrandLimits = {}) {
    if (timeoutMs !== null && (typeof timeoutMs !== 'number' || Number.isNaN(timeoutMs))) {
      const expected = 'a number of milliseconds, or null for no deadline';
      throw new ShardliftError('INVALID_OPTION', { option: 'timeoutMs', expected, received: String(timeoutMs) });
    }
    this.#action = action;
    this.#timeoutMs = timeoutMs;
    this.#endsAt = steadyNow() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    this.#signal = signal;
    if (signal?.aborted) throw this.errorAt('nobody yet');
  }

  /** What is left of it, in ms; infinite when there is none. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - steadyNow());
  }

  /** It has passed, or the signal has fired. */
  get over(): boolean {
    return this.#signal?.aborted === true || this.leftMs === 0;
  }

  /** The limits of one question on the way. @param mostMs - when less than what is left is to be spent on it */
  callOptions(mostMs: number = Number.POSITIVE_INFINITY): CallOptions {
    const timeoutMs = Math.min(this.leftMs, mostMs);
    return {
      timeoutMs: timeoutMs === Number.POSITIVE_INFINITY ? null : timeoutMs,
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    };
  }

  /** How it ended: `CALL_ABORTED`, else `CALL_TIMEOUT`. @param to - who had the errand then */
  errorAt(to: string): ShardliftError {
    const about = { method: this.#action, to };
    if (this.#signal?.aborted) {
      return new ShardliftError('CALL_ABORTED', about, { cause: this.#signal.reason });
    }
    return new ShardliftError('CALL_TIMEOUT', { ...about, timeoutMs: this.#timeoutMs ?? 0 });
  }

  /**
   * Runs the errand in this process, where no call limits it.
   *
   * @param at - the own address
   * @param onEnd - makes what is thrown of the end of the deadline
   */
  within<T>(at: Address, work: (signal: AbortSignal) => Promise<T>, onEnd: (end: ShardliftError) => Error): Promise<T> {
    const ending = new AbortController();
    return new Promise<T>((resolve, reject) => {
      const end = (): void => {
        const error = this.errorAt(at);
        reject(onEnd(error));
        // After the rejection: what the request makes of its signal must not count.
        ending.abort(error);
      };
      const timer = this.leftMs > longestTimerMs ? undefined : setTimeout(end, this.leftMs).unref();
      this.#signal?.addEventListener('abort', end, { once: true });
      const clear = (): void => {
        clearTimeout(timer);
        this.#signal?.removeEventListener('abort', end);
      };
      work(ending.signal).then(resolve, reject).finally(clear);
    });
  }
}
