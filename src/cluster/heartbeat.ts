/** cluster/heartbeat: finds clusters whose event loop hangs. Asks each of them again and again; the caller brings the clock. */
import { type ErrorCode, isShardliftError } from '../errors.ts';
import type { Heartbeat } from '../features/system.ts';
import type { HeartbeatRules } from './heartbeat-rules.ts';

/** What the heartbeat needs of the manager. */
export interface HeartbeatSetup {
  readonly rules: HeartbeatRules;
  /** Time that never jumps, in ms. */
  readonly now: () => number;
  /** Asks a cluster; settles when it answers, or when its line is gone. */
  readonly beat: (id: number) => Promise<Heartbeat>;
  /** A heartbeat of the cluster was missed, the first time since it answered. */
  readonly missed: (id: number, silentMs: number) => void;
  /** The cluster hangs. Told once; it has to be watched anew. */
  readonly hung: (id: number, silentMs: number) => void;
}

/** What a call ends with that the far end has answered; all else is said by the road to it. */
const answers: readonly ErrorCode[] = ['NO_METHOD', 'HANDLER_FAILED', 'UNREADABLE'];

interface Watched {
  /** When the first heartbeat left that has no answer yet. */
  silentSince: number | undefined;
  /** One is on its way. */
  asked: boolean;
  inspected: boolean;
  reported: boolean;
}

/**
 * Keeps an eye on clusters that are ready.
 *
 * Time in which the manager itself stood still does not count. One cluster is ended at a time, the next one `timeoutMs`
 * later: what makes all of them silent (a machine that is suspended or swaps) may be over by then.
 */
export class HeartbeatWatch {
  readonly #setup: HeartbeatSetup;
  readonly #watched = new Map<number, Watched>();
  #lookedAt: number;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(setup: HeartbeatSetup) {
    this.#setup = setup;
    this.#lookedAt = setup.now();
  }

  /** A cluster became ready. */
  watch(id: number): void {
    this.#watched.set(id, { silentSince: undefined, asked: false, inspected: false, reported: false });
  }

  /** A cluster is not ready any more. */
  forget(id: number): void {
    this.#watched.delete(id);
  }

  /** Looks at all of them; to be called every `intervalMs`. */
  look(): void {
    const { rules, now } = this.#setup;
    const at = now();
    const stoodMs = Math.max(0, at - this.#lookedAt - rules.intervalMs);
    this.#lookedAt = at;
    for (const [id, one] of this.#watched) {
      if (one.silentSince !== undefined) {
        one.silentSince += stoodMs;
        this.#judge(id, one, at - one.silentSince);
      }
      if (!one.asked) this.#ask(id, one, at);
    }
  }

  #ask(id: number, one: Watched, at: number): void {
    one.asked = true;
    one.silentSince ??= at;
    this.#setup.beat(id).then(
      ({ inspected }) => Object.assign(one, { silentSince: undefined, asked: false, reported: false, inspected }),
      (error: unknown) => {
        one.asked = false;
        // It answered, if only with a failure, so its event loop runs. Without a line its silence goes on.
        if (isShardliftError(error) && answers.includes(error.code)) one.silentSince = undefined;
      },
    );
  }

  #judge(id: number, one: Watched, silentMs: number): void {
    const { timeoutMs, maxMissed } = this.#setup.rules;
    if (silentMs < timeoutMs) return;
    if (!one.reported) this.#setup.missed(id, silentMs);
    one.reported = true;
    const endsAnother = this.#lookedAt - this.#endedAt < timeoutMs;
    if (silentMs < timeoutMs * maxMissed || one.inspected || endsAnother) return;
    this.#endedAt = this.#lookedAt;
    this.forget(id);
    this.#setup.hung(id, silentMs);
  }
}
