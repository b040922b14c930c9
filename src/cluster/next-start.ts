/** cluster/next-start: the start that follows a death: whether there is one, when, and how it is called off. */
import { ShardliftError } from '../errors.ts';
import { type ObservedDeath, RestartPolicy, type RestartVerdict } from './restart-policy.ts';
import type { ClusterSetup } from './setup.ts';

/** The restarts of one cluster: one at a time, within its budget. */
export class NextStart {
  readonly #setup: Pick<ClusterSetup, 'id' | 'restartRules' | 'maxHangs' | 'stopping'>;
  #policy: RestartPolicy;
  #timer: NodeJS.Timeout | undefined;
  /** Ends the pause that is under way. */
  #endPause: ((reason?: string) => void) | undefined;

  constructor(setup: Pick<ClusterSetup, 'id' | 'restartRules' | 'maxHangs' | 'stopping'>) {
    this.#setup = setup;
    this.#policy = new RestartPolicy(setup.restartRules, setup);
  }

  /** Plans the start after a death, if the budget allows one; it takes the place of one that was planned before. */
  plan(death: ObservedDeath, start: () => void): RestartVerdict {
    const verdict = this.#policy.verdict(death);
    this.callOff('it died meanwhile');
    if (verdict.restart) this.#timer = setTimeout(start, verdict.delayMs);
    return verdict;
  }

  /** Whatever was planned does not happen. */
  callOff(reason: string): void {
    clearTimeout(this.#timer);
    this.#endPause?.(reason);
  }

  /**
   * The time before a start that was asked for; it is over at once when nothing may be started any more: the start that
   * follows is refused with the reason.
   *
   * @throws ShardliftError `RESPAWN_CALLED_OFF`
   */
  pause(delayMs: number): Promise<void> {
    const { id: cluster, stopping } = this.#setup;
    return new Promise((resolve, reject) => {
      const end = (reason?: string): void => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', stop);
        this.#endPause = undefined;
        if (reason === undefined) resolve();
        else reject(new ShardliftError('RESPAWN_CALLED_OFF', { cluster, reason }));
      };
      const stop = (): void => end();
      const timer = setTimeout(stop, stopping.aborted ? 0 : delayMs);
      stopping.addEventListener('abort', stop, { once: true });
      this.#endPause = end;
    });
  }

  /** Somebody mended the cause: what the cluster died of before does not count any more. */
  forgive(): void {
    this.#policy = new RestartPolicy(this.#setup.restartRules, this.#setup);
  }
}
