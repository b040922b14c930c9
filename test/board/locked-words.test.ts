/** test/board/locked-words: what one thread writes is read by another whole or not at all. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LockedWords, lockedBytes } from '../../src/board/locked-words.ts';

const make = (count: number) => {
  const shared = new SharedArrayBuffer(lockedBytes(count));
  return { shared, words: new LockedWords(shared, { atByte: 0, count }) };
};

describe('numbers', () => {
  test('are read as they were written, each of them', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 40 }), (values) => {
        const { words, shared } = make(values.length);
        words.write(values);
        expect(new LockedWords(shared, { atByte: 0, count: values.length }).read()).toEqual(values);
      }),
    );
  });

  test('are zeros before the first write, and in part when in part asked for', () => {
    const { words } = make(3);
    expect(words.read()).toEqual([0, 0, 0]);
    words.write([1, 2, 3]);
    words.write([9]);
    expect(words.read(2)).toEqual([9, 2]);
  });

  test('of a writer that ended in the middle are not believed, those of its successor are', () => {
    const { words, shared } = make(2);
    words.write([1, 1]);
    const sequence = new Int32Array(shared);
    Atomics.add(sequence, 0, 1);
    expect(words.read()).toBeUndefined();
    words.write([2, 2]);
    expect(words.read()).toEqual([2, 2]);
  });

  test('survive the end of the sequence', () => {
    const { words, shared } = make(1);
    Atomics.store(new Int32Array(shared), 0, 2 ** 31 - 2);
    for (const value of [1, 2, 3]) {
      words.write([value]);
      expect(words.read()).toEqual([value]);
    }
  });
});

test('a reader beside a writing thread never sees half of a write', async () => {
  const count = 64;
  const { shared, words } = make(count);
  const program = fileURLToPath(new URL('../fixtures/board/writes-without-end.js', import.meta.url));
  const built = buildSync({ entryPoints: [program], bundle: true, platform: 'node', format: 'cjs', write: false });
  const writer = new Worker(built.outputFiles[0]?.text ?? '', { eval: true, workerData: { shared, count } });
  await once(writer, 'message');
  const seen = new Set<number>();
  // On a busy machine the writer gets little time: the limit is only there so that a broken one does not hang the test.
  const deadline = Date.now() + 50_000;
  // Whole: every number is the first one times its place. Read until many different writes were seen.
  while (seen.size < 2_000 && Date.now() < deadline) {
    const values = words.read();
    if (values === undefined) continue;
    const first = values[0] as number;
    expect(values.every((value, index) => value === first * (index + 1))).toBe(true);
    seen.add(first);
  }
  await writer.terminate();
  expect(seen.size).toBeGreaterThanOrEqual(2_000);
}, 60_000);
