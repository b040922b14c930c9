/** run/uninterrupted: work that Ctrl+C must not cut in two. */

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that never waits. A signal that asks the process to end comes too late while it runs, and is forgotten: the
 * work is done by then, and the process is about to end by itself.
 */
export function uninterrupted<T>(work: () => T): T {
  // Without a listener the system ends the process at once, in the middle of a line.
  const late = (): void => undefined;
  for (const signal of signals) process.on(signal, late);
  try {
    return work();
  } finally {
    for (const signal of signals) process.off(signal, late);
  }
}
