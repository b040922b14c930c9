/** test/store/held-value: two bodies say the same exactly when their values are deeply equal. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameValue } from '../../src/store/held-value.ts';
import { packValue } from '../../src/store/pack.ts';
import { decodeValue } from '../../src/wire/value.ts';

/** Few values, so that two of them are often equal; with keys in either order. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(0, 1, -0, 10, '1', 'ü', '', null, undefined, true, 5n, Number.NaN),
    fc.constantFrom(0, 1).map((at) => new Date(at)),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.array(tie('value'), { maxLength: 2 }).map((items) => new Set(items)),
    fc.tuple(tie('value'), tie('value'), fc.boolean()).map(([a, b, turned]) => (turned ? { b, a } : { a, b })),
  ),
})).value;

test('equal values are found equal, others are not', () => {
  let equal = 0;
  const property = fc.property(value, value, (a, b) => {
    const [one, other] = [packValue('k', a), packValue('k', b)];
    const same = isDeepStrictEqual(decodeValue(one), decodeValue(other));
    if (same) equal += 1;
    expect(sameValue(one, other)).toBe(same);
    expect(sameValue(one, packValue('k', decodeValue(one)))).toBe(true);
  });
  fc.assert(property, { numRuns: 5_000 });
  expect(equal).toBeGreaterThan(50);
});
