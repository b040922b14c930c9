import { expect, test } from 'vitest';
import { packReadings, unpackReadings } from '../../src/board/packed-readings.ts';
import type { Reading } from '../../src/board/slot.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

const readings: readonly Reading[] = [
  { ok: true, ready: true, numbers: [1, 2_500, -1, 0.5, Date.now(), Number.MAX_SAFE_INTEGER] },
  { ok: false, reason: 'it was ended' },
  { ok: true, ready: false, numbers: [] },
  { ok: false, reason: '' },
  { ok: true, ready: false, numbers: [7] },
];

test('readings are the same after they were packed and sent', () => {
  const sent = decodeValue(encodeValue(packReadings(readings))) as ReturnType<typeof packReadings>;
  expect(unpackReadings(sent)).toEqual(readings);
});

test('a board without clusters is empty', () => {
  expect(unpackReadings(packReadings([]))).toEqual([]);
});
