import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { type EvalOutcome, outcomesOf, outcomeValue, packed, unknownFunction } from '../../src/features/eval-answer.ts';
import { toFault } from '../../src/wire/fault.ts';

const json: EvalOutcome = { ok: true, json: '{"outcomes":[],"unknown":true}' };
const bytes: EvalOutcome = { ok: true, bytes: serialize(new Map([['a', 1]])) };
const failed: EvalOutcome = { ok: false, fault: toFault(new RangeError('odd')) };

test.each(['text', '', 0, 7, true, false, null, undefined])('a lone %o is answered bare', (value) => {
  const answer = packed([{ ok: true, value }]);
  expect(answer).toBe(value);
  expect(outcomesOf(answer)).toEqual([{ ok: true, value }]);
});

test.each([
  ['JSON', [json]],
  ['v8 bytes', [bytes]],
  ['a failure', [failed]],
  ['none', []],
  ['several', [json, { ok: true, value: 1 }, failed, bytes]],
] as const)('%s comes back as it was packed', (_what, outcomes) => {
  expect(outcomesOf(packed(outcomes))).toEqual(outcomes);
});

test('a cluster without the function gives no outcomes, which is not the same as an empty list', () => {
  expect(outcomesOf(unknownFunction)).toBeUndefined();
  expect(outcomesOf(packed([]))).toEqual([]);
});

test('an outcome gives its value, or throws what was thrown', () => {
  expect(outcomeValue({ ok: true })).toBeUndefined();
  expect(outcomeValue(json)).toEqual({ outcomes: [], unknown: true });
  expect(outcomeValue(bytes)).toEqual(new Map([['a', 1]]));
  expect(() => outcomeValue(failed)).toThrow(expect.objectContaining({ name: 'RangeError', message: 'odd' }));
});
