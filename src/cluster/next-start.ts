/** cluster/next-start: the start that follows a death: whether there is one, when, and how it is called off. */
import { ShardliftError } from '../errors.ts';
import { type ObservedDeath, RestartPolicy, type RestartVerdict } from './restart-policy.ts';
import type { ClusterSetup } from './setup.ts';

type NextStartSetup = Pick<
  ClusterSetup,
  'id' | 'restartRules' | 'maxHangs' | 'stopping' | 'assertMayStart' | 'prepared'
>;

/** The restarts of one cluster: one at a time, within its budget. */
export class NextStart {
  readonly #setup: NextStartSetup;
  #policy: RestartPolicy;
  #timer: NodeJS.Timeout | undefined;
  /** Ends the pause that is under way. */
  #endPause: ((reason?: string) => void) | undefined;
  /** A new object with each. */
  #lastKill: { readonly reason: string } | undefined;
  #respawns = false;

  constructor(setup: NextStartSetup) {
    this.#setup = setup;
    this.#policy = new RestartPolicy(setup.restartRules, setup);
  }

  /** A respawn was asked for whose start has not begun, and nothing has called it off. */
  get respawns(): boolean {
    return this.#respawns;
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
    this.#respawns = false;
    this.#endPause?.(reason);
  }

  /** It is killed: nothing that was planned or asked for before happens. */
  forbid(reason: string): void {
    this.#lastKill = { reason };
    this.callOff(reason);
  }

  /** It is killed to be started anew. @returns what {@link asked} returns */
  renew(): () => void {
    this.forbid('respawn was called');
    this.#respawns = true;
    return this.asked();
  }

  /** What a start has to wait for, if anything. @throws ShardliftError what {@link asked} says */
  prepared(): Promise<void> | undefined {
    const assertWanted = this.asked();
    return this.#setup.prepared()?.then(assertWanted);
  }

  /**
   * A start is asked for now, and comes later.
   *
   * @returns what throws if it is not to come: `MANAGER_STOPPED`, or `RESPAWN_CALLED_OFF` after a kill since
   */
  asked(): () => void {
    const { id: cluster, assertMayStart } = this.#setup;
    const before = this.#lastKill;
    return () => {
      assertMayStart();
      const kill = this.#lastKill;
      if (kill === before || kill === undefined) return;
      throw new ShardliftError('RESPAWN_CALLED_OFF', { cluster, reason: kill.reason });
    };
  }

  /**
   * The time before a start that was asked for; it is over at once when nothing may be started any more: the start that
   * follows is refused with the reason. There is one at a time: a second takes the place of the first.
   *
   * @throws ShardliftError `RESPAWN_CALLED_OFF`, and what {@link asked} says
   */
  async pause(delayMs: number): Promise<void> {
    const assertWanted = this.asked();
    await this.#wait(delayMs);
    assertWanted();
  }

  #wait(delayMs: number): Promise<void> {
    const { id: cluster, stopping } = this.#setup;
    this.#endPause?.('respawn was called once more');
    return new Promise((resolve, reject) => {
      const end = (reason?: string): void => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', stop);
        if (this.#endPause === end) this.#endPause = undefined;
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
