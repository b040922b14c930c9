/** test/host-stats: the machine's own figures. */
import { freemem, totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { hostStats } from '../src/host-stats.ts';

test('the machine says how much it has and how much is in use', () => {
  const stats = hostStats();
  expect(stats.memory).toBe(totalmem());
  expect(stats.freeMemory).toBeLessThan(stats.memory);
  expect(stats.freeMemory).toBeGreaterThan(freemem() / 4);
  expect([stats.processors >= 1, stats.load >= 0, stats.uptimeMs > 0]).toEqual([true, true, true]);
});

test('it is asked once a second at most', () => {
  const at = performance.now() + 5_000;
  const first = hostStats(at);
  expect(hostStats(at + 999)).toBe(first);
  expect(hostStats(at + 1_000)).not.toBe(first);
});
