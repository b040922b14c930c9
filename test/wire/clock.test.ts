/** test/wire/clock: a time that is not the machine's. */
import { expect, test, vi } from 'vitest';
import { steadyNow } from '../../src/wire/clock.ts';

test('setting the clock of the machine moves nothing', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const before = steadyNow();
  vi.setSystemTime(Date.now() + 86_400_000);
  expect(steadyNow() - before).toBeLessThan(86_400_000);
  vi.setSystemTime(Date.now() - 2 * 86_400_000);
  expect(steadyNow()).toBeGreaterThanOrEqual(before);
  vi.useRealTimers();
});
