/** test/compat/unhandled: notes the rejections that nobody catches, for which Node would end a process. */
import { afterEach, beforeEach } from 'vitest';

/** Notes them during each test of the file, in a list that starts empty. The runner's own listeners, which fail for them, are set aside. */
export function noteUnhandled(): readonly unknown[] {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  const theirs = process.listeners('unhandledRejection');
  beforeEach(() => {
    unhandled.length = 0;
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    for (const listener of theirs) process.on('unhandledRejection', listener);
  });
  return unhandled;
}
