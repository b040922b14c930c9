/** Names that mean something without being declared. */
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => void Reflect.deleteProperty(globalThis, '__awaiterOfTest'));

test('what else runs in the process of dc-migrate defines no global of a bot', async () => {
  // As a compiler's helpers do, which tslib puts there.
  Reflect.set(globalThis, '__awaiterOfTest', () => undefined);
  vi.resetModules();
  const { isGlobalName } = await import('../src/syntax/globals.ts');
  expect(
    ['process', 'URL', 'setTimeout', 'JSON', 'undefined', 'navigator'].filter((name) => !isGlobalName(name)),
  ).toEqual([]);
  expect(['__awaiterOfTest', 'describe'].filter(isGlobalName)).toEqual([]);
});
