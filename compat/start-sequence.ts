/** compat/start-sequence: starts one cluster after another at the pace a user asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from './discord-errors.ts';

/** The pace of a sequence of starts. */
export interface StartPace {
  /** Least time between two starts, in ms. */
  readonly delayMs: number;
  /**
   * Each start waits for the end of those before it, good or bad: the sequence of discord.js. Asked after each pause: what
   * was found out meanwhile counts.
   */
  readonly oneByOne: () => boolean;
  /**
   * Asked when a start has failed, by its place in the list: resolves when it has ended, since a listener that throws ends
   * it for its caller before that.
   */
  readonly settled: (index: number) => Promise<unknown> | undefined;
}

/**
 * Starts all and waits for all; a start that fails does not keep the others back.
 *
 * @throws the first failure, at the end; at once when no other start can succeed either (the token is refused)
 */
export async function startInSequence(starts: readonly (() => Promise<void>)[], pace: StartPace): Promise<void> {
  const running: Promise<void>[] = [];
  const ended: Promise<unknown>[] = [];
  let giveUp: (error: unknown) => void = () => undefined;
  const hopeless = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  // Nothing is lost: it is waited for below, at each step.
  hopeless.catch(() => undefined);
  for (const [index, start] of starts.entries()) {
    const run = start();
    running.push(run);
    ended.push(run.catch(() => pace.settled(index)));
    // A listener of the user may throw anything, null too.
    run.catch((error: { readonly cause?: unknown } | null | undefined) => {
      if (isFinal(error?.cause)) giveUp(error);
    });
    if (index === starts.length - 1) break;
    const turn = async (): Promise<void> => {
      if (pace.delayMs > 0) await sleep(pace.delayMs);
      if (pace.oneByOne()) await Promise.all(ended);
    };
    await Promise.race([hopeless, turn()]);
  }
  const ends = await Promise.race([hopeless, Promise.allSettled(running)]);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
