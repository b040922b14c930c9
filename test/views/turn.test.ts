import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { currentTurn } from '../../src/views/turn.ts';

test('a turn lasts while promises are settled and ends when the event loop goes on', async () => {
  const first = currentTurn();
  await Promise.resolve();
  expect(currentTurn()).toBe(first);
  await nextTurn();
  const second = currentTurn();
  expect(second).not.toBe(first);
  expect(currentTurn()).toBe(second);
});
