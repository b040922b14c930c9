import { expect, test } from 'vitest';
import { HeardMessages } from '../../compat/heard-messages.ts';

/** What the bot's process is told by its manager. */
const say = (message: unknown): boolean =>
  (process.emit as (name: string, given: unknown) => boolean)('message', message);

test('a message counts as heard also when a listener throws', async () => {
  const { emit } = process;
  const clumsy = (): never => {
    throw new RangeError('of the bot');
  };
  try {
    const heard = new HeardMessages();
    process.once('message', clumsy);
    expect(() => say({ own: 1 })).toThrow('of the bot');
    // Somebody listens, so that only the count can be why nobody waits.
    const listens = (): void => undefined;
    process.on('message', listens);
    const first = await Promise.race([heard.reached(1), new Promise((resolve) => setImmediate(resolve, 'waits'))]);
    process.off('message', listens);
    expect(first).toBeNull();
  } finally {
    process.emit = emit;
  }
});
