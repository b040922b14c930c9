/** cluster/next-start: the start that follows a death: whether there is one, when, and how it is called off. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ObservedDeath, RestartPolicy, type RestartVerdict } from './restart-policy.ts';
import type { ClusterSetup } from './setup.ts';

/** The restarts of one cluster: one at a time, within its budget. */
export class NextStart {
  readonly #setup: Pick<ClusterSetup, 'restartRules' | 'maxHangs' | 'stopping'>;
  #policy: RestartPolicy;
  #timer: NodeJS.Timeout | undefined;

  constructor(setup: Pick<ClusterSetup, 'restartRules' | 'maxHangs' | 'stopping'>) {
    this.#setup = setup;
    this.#policy = new RestartPolicy(setup.restartRules, setup);
  }

  /** Plans the start after a death, if the budget allows one; it takes the place of one that was planned before. */
  plan(death: ObservedDeath, start: () => void): RestartVerdict {
    const verdict = this.#policy.verdict(death);
    this.callOff();
    if (verdict.restart) this.#timer = setTimeout(start, verdict.delayMs);
    return verdict;
  }

  /** Whatever was planned does not happen. */
  callOff(): void {
    clearTimeout(this.#timer);
  }

  /** The time before a start that was asked for; it is over at once when nothing may be started any more. */
  async pause(delayMs: number): Promise<void> {
    // The accepted loss is the abort's own error: the start that follows is refused with the reason.
    await sleep(delayMs, undefined, { signal: this.#setup.stopping }).catch(() => undefined);
  }

  /** Somebody mended the cause: what the cluster died of before does not count any more. */
  forgive(): void {
    this.#policy = new RestartPolicy(this.#setup.restartRules, this.#setup);
  }
}
