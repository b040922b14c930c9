/** cluster/blame: what the end of a cluster's child is put down to. */
import { type Exit, exitText } from '../transport/launcher.ts';
import type { DeathCause } from './death.ts';

/** What is known of why one child ends. The first that is said counts: what comes after is often only what followed. */
export class Blame {
  #cause: DeathCause | undefined;
  #wish: string | undefined;

  /** The bot's word, or the manager's own doing. */
  get cause(): DeathCause | undefined {
    return this.#cause;
  }

  /** It knows better than the exit code. */
  add(cause: DeathCause): void {
    this.#cause ??= cause;
  }

  /** Somebody asked for its end. */
  wish(reason: string): void {
    this.#wish ??= reason;
  }

  /** A login that failed before is no reason of a later death; what the cluster is being ended for stays one. */
  becameReady(): void {
    if (this.#cause?.kind === 'login' || this.#cause?.kind === 'refused') this.#cause = undefined;
  }

  /** The bot logs in with another token than the one that was refused. */
  loginAgain(): void {
    if (this.#cause?.kind === 'refused') this.#cause = undefined;
  }

  /** Another child: nothing is known of its end. */
  clear(): void {
    this.#cause = undefined;
    this.#wish = undefined;
  }

  /** Why it ended, in words. */
  reason(exit: Exit, requested: boolean): string {
    return (requested ? this.#wish : this.#cause?.message) ?? exitText(exit);
  }
}
