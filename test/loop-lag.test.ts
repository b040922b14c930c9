/** test/loop-lag: a blocked event loop shows, and only once. */
import { expect, test } from 'vitest';
import { LoopLag } from '../src/loop-lag.ts';

const look = async (lag: LoopLag, until: (maxLagMs: number) => boolean): Promise<number> => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { maxLagMs } = lag.take();
    if (until(maxLagMs)) return maxLagMs;
  }
};

test('a blocked event loop shows as its longest delay, and not in what is taken next', async () => {
  const lag = new LoopLag();
  expect(lag.take()).toEqual({ lagMs: 0, maxLagMs: 0 });
  await new Promise((resolve) => setTimeout(resolve, 150));
  const blockedUntil = performance.now() + 400;
  while (performance.now() < blockedUntil);
  expect(await look(lag, () => true)).toBeGreaterThan(200);
  expect(await look(lag, (ms) => ms < 200)).toBeLessThan(200);
});
