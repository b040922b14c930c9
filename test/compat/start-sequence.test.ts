import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startInSequence } from '../../compat/start-sequence.ts';

/** Starts that end when they are told to, and which of them have begun. */
function starts(count: number) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const list = Array.from({ length: count }, (_, index) => (): Promise<void> => {
    begun.push(index);
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async (index: number): Promise<void> => {
    ends[index]?.();
    await nextTurn();
  };
  return { begun, list, end };
}

const pace = { delayMs: 0, settled: async (): Promise<void> => undefined };

test('starts run side by side', async () => {
  const { begun, list, end } = starts(3);
  const all = startInSequence(list, { ...pace, oneByOne: () => false });
  await nextTurn();
  expect(begun).toEqual([0, 1, 2]);
  for (const index of begun) await end(index);
  await all;
});

test('what is found out during a start makes those to come wait for all that run', async () => {
  const { begun, list, end } = starts(4);
  const all = startInSequence(list, { ...pace, oneByOne: () => begun.length > 1 });
  await nextTurn();
  expect(begun).toEqual([0, 1]);
  await end(1);
  expect(begun).toEqual([0, 1]);
  await end(0);
  expect(begun).toEqual([0, 1, 2]);
  await end(2);
  expect(begun).toEqual([0, 1, 2, 3]);
  await end(3);
  await all;
});

test('a start that throws nothing but null is the failure of the sequence, and of nothing else', async () => {
  const begun: number[] = [];
  // As a listener of a user may: the rejection of the runner's own would fail this test, too.
  const throwsNull = async (): Promise<void> => {
    begun.push(0);
    throw null;
  };
  const second = async (): Promise<void> => void begun.push(1);
  await expect(startInSequence([throwsNull, second], { ...pace, oneByOne: () => false })).rejects.toBeNull();
  expect(begun).toEqual([0, 1]);
});

test('a start that is over for its caller and goes on is waited for, one by one, but for the last', async () => {
  const { begun, list, end } = starts(2);
  const goOn: Promise<void>[] = [];
  const heardEarly = list.map((start) => async (): Promise<void> => {
    goOn.push(start());
    throw new Error('of a listener');
  });
  const settled = (index: number) => goOn[index];
  const all = startInSequence(heardEarly, { delayMs: 0, oneByOne: () => true, settled });
  const failed = expect(all).rejects.toThrow('of a listener');
  await nextTurn();
  expect(begun).toEqual([0]);
  await end(0);
  expect(begun).toEqual([0, 1]);
  await failed;
});

test('a start that went well is not asked about: what its cluster does later is another start', async () => {
  const { begun, list, end } = starts(2);
  const settled = () => new Promise<void>(() => undefined);
  const all = startInSequence(list, { delayMs: 0, oneByOne: () => true, settled });
  await end(0);
  expect(begun).toEqual([0, 1]);
  await end(1);
  await all;
});
