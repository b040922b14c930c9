/** test/store/nesting: finds a computation that asks for the value it is to give. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Reach } from '../../src/store/engine.ts';
import { isWithin, runWithin } from '../../src/store/nesting.ts';

const reach = {} as Reach;
const other = {} as Reach;

describe('a computation', () => {
  test('knows itself, also after it has waited, and nobody else', async () => {
    const seen = await runWithin({ reach, key: 'a' }, async () => {
      await nextTurn();
      return [isWithin(reach, 'a'), isWithin(reach, 'b'), isWithin(other, 'a')];
    });
    expect(seen).toEqual([true, false, false]);
    expect(isWithin(reach, 'a')).toBe(false);
  });

  test('inside another knows both', async () => {
    const seen = await runWithin({ reach, key: 'a' }, () =>
      runWithin({ reach, key: 'b' }, () => [isWithin(reach, 'a'), isWithin(reach, 'b')]),
    );
    expect(seen).toEqual([true, true]);
  });

  test('that goes on while another ends still knows itself', async () => {
    const long = runWithin({ reach, key: 'long' }, async () => {
      await nextTurn();
      await nextTurn();
      return isWithin(reach, 'long');
    });
    await runWithin({ reach, key: 'short' }, () => undefined);
    expect(await long).toBe(true);
  });

  test('is over for what it set going and did not wait for', async () => {
    let later: Promise<boolean> | undefined;
    await runWithin({ reach, key: 'a' }, () => {
      later = nextTurn().then(() => isWithin(reach, 'a'));
    });
    expect(await later).toBe(false);
  });

  test('that fails is over as well', async () => {
    const failed = runWithin({ reach, key: 'a' }, () => Promise.reject(new Error('no database')));
    await expect(failed).rejects.toThrow('no database');
    expect(await runWithin({ reach, key: 'b' }, () => isWithin(reach, 'a'))).toBe(false);
  });
});
