/** orphan: ends a bot whose manager is gone, and lets it end well where it has something to do before. */
import type { ClusterFacts } from './environment.ts';
import { watchManager } from './transport/inherited.ts';

/** What asks a program to end. @see https://nodejs.org/api/process.html#signal-events */
const endings = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** A signal that a manager and its bots were sent at once may be read after the news that the manager is gone, in ms. */
const signalDelayMs = 100;

/** What is looked at and done of a process. */
export type EndingProcess = Pick<typeof process, 'emit' | 'exit' | 'listenerCount' | 'stdout' | 'stderr'>;

/** What a bot is told of its end. */
export interface Orphan {
  /** Its cluster. */
  readonly id: number;
  /** How its manager's line ended. */
  readonly reason: string;
  /** How long it may take to end by itself. */
  readonly graceMs: number;
}

/**
 * Ends this process when its manager goes, from the first moment on: a bot may make its client late, or never.
 *
 * A thread ends with its manager's process; a process has to see to it itself, or it would serve Discord for ever.
 */
export function endWithManager(): void {
  const watch = watchManager();
  if (watch === undefined) return;
  const wasAsked = watchEndings(process);
  const { id, killGraceMs: graceMs } = watch.facts as ClusterFacts;
  void watch.closed.then((reason) => endOrphan(process, { id, reason, graceMs }, wasAsked));
}

/**
 * Notes whether a process was asked to end. Not by a listener: with one, Node no longer ends a process that has none itself.
 *
 * Node keeps `emit` for a signal when its first listener comes, so this has to be there before.
 *
 * @returns whether it was
 */
export function watchEndings(target: Pick<EndingProcess, 'emit'>): () => boolean {
  const emit = target.emit as (...args: unknown[]) => boolean;
  let asked = false;
  const watched = (...args: unknown[]): boolean => {
    if ((endings as readonly unknown[]).includes(args[0])) asked = true;
    return emit.apply(target, args);
  };
  target.emit = watched as EndingProcess['emit'];
  return () => asked;
}

/**
 * Ends a process: at once where it listens to no signal that asks for that. Else as its manager would have done it: one
 * SIGTERM, if no signal came before, and the end by force when its time is over.
 */
export function endOrphan(target: EndingProcess, { id, reason, graceMs }: Orphan, wasAsked: () => boolean): void {
  // Accepted loss: what it writes from now on, where a pipe led to its manager. Nobody is at the other end.
  for (const stream of [target.stdout, target.stderr]) stream.on('error', () => undefined);
  target.stderr.write(`[shardlift] cluster ${id} ends: its manager is gone (${reason}).\n`);
  const hears = endings.some((signal) => target.listenerCount(signal) > 0);
  if (wasAsked() || hears) endWithGrace(target, graceMs, wasAsked);
  else target.exit(1);
}

/** Neither timer keeps a process alive that has nothing left to do. */
function endWithGrace(target: EndingProcess, graceMs: number, wasAsked: () => boolean): void {
  setTimeout(() => target.exit(1), graceMs).unref();
  setTimeout(() => {
    if (wasAsked()) return;
    if (target.listenerCount('SIGTERM') > 0) target.emit('SIGTERM', 'SIGTERM');
    else target.exit(1);
  }, signalDelayMs).unref();
}
