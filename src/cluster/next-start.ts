/** cluster/next-start: the start that follows a death: whether there is one, when, and how it is called off. */
import { type ObservedDeath, RestartPolicy, type RestartVerdict } from './restart-policy.ts';
import type { ClusterSetup } from './setup.ts';

/** The restarts of one cluster: one at a time, within its budget. */
export class NextStart {
  readonly #setup: Pick<ClusterSetup, 'restartRules' | 'maxHangs'>;
  #policy: RestartPolicy;
  #timer: NodeJS.Timeout | undefined;

  constructor(setup: Pick<ClusterSetup, 'restartRules' | 'maxHangs'>) {
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

  /** Somebody mended the cause: what the cluster died of before does not count any more. */
  forgive(): void {
    this.#policy = new RestartPolicy(this.#setup.restartRules, this.#setup);
  }
}
