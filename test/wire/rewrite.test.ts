/** test/wire/rewrite: values that travel as a copy, and the spot an error names for those that do not travel at all. */
import assert from 'node:assert';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isShardliftError } from '../../src/errors.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';
import { thrownBy } from '../conformance/thrown-by.ts';
import { refusedPath, refusedValue } from './refused-values.ts';
import { anyRecipe } from './value-arbitraries.ts';

test('refuses what cannot travel and names the path to it', () => {
  fc.assert(
    fc.property(anyRecipe, (recipe) => {
      const error = thrownBy(() => encodeValue(refusedValue(recipe)));
      assert(isShardliftError(error, 'UNSERIALISABLE'));
      assert.strictEqual(error.details.path, refusedPath(recipe));
    }),
    { numRuns: 500 },
  );
});

describe('toJSON, like JSON.stringify has it', () => {
  test('a toJSON that returns its own object is asked once', () => {
    const value = { a: 1, toJSON: () => value };
    assert.deepStrictEqual(decodeValue(encodeValue(value)), { a: 1 });
  });

  test('what it gives has no members that are undefined, those of objects inside it neither', () => {
    const value = { toJSON: () => ({ a: undefined, b: { c: undefined, d: [undefined] }, e: 1 }) };
    const json = { b: { d: [undefined] }, e: 1 };
    assert.deepStrictEqual(decodeValue(encodeValue([value, { value }])), [json, { value: json }]);
  });

  test('nor has it those whose own toJSON gives undefined', () => {
    const nothing = { toJSON: () => undefined };
    const value = { toJSON: () => ({ a: nothing, b: 1, c: { d: nothing }, e: [nothing] }) };
    assert.deepStrictEqual(decodeValue(encodeValue(value)), { b: 1, c: {}, e: [undefined] });
    assert.deepStrictEqual(decodeValue(encodeValue({ a: nothing })), { a: undefined });
  });

  test('an object that stands beside it as well keeps its members there', () => {
    const shared = { a: undefined };
    const value = { json: { toJSON: () => ({ shared }) }, shared };
    assert.deepStrictEqual(decodeValue(encodeValue(value)), { json: { shared: {} }, shared: { a: undefined } });
  });

  test('a toJSON that leads back to its own object is refused by its path', () => {
    const value: object = { toJSON: () => ({ me: value }) };
    const error = thrownBy(() => encodeValue([value]));
    expect(error).toMatchObject({ code: 'UNSERIALISABLE', details: { path: 'value[0].me' } });
  });
});

describe('refusals of the last resort', () => {
  test.each([
    ['an error whose cause cannot travel', [new Error('x', { cause: () => 1 })], 'value[0]'],
    ['a buffer that was given away', { deep: givenAway() }, 'value.deep'],
    ['a function in a Map under an object', new Map([[Object.create(null), () => 1]]), 'value.get(…)'],
    ['a function in a Map under a text', new Map([['k', () => 1]]), 'value.get(k)'],
    ['a function as the key of a Map', new Map([[() => 1, 1]]), 'value.key'],
    ['a function in a Set', { s: new Set([() => 1]) }, 'value.s.item'],
  ])('%s is named by its path', (_, value, path) => {
    expect(thrownBy(() => encodeValue(value))).toMatchObject({ code: 'UNSERIALISABLE', details: { path } });
  });

  test('nesting deeper than the stack is refused with the typed error', () => {
    let value: unknown[] = [];
    for (let level = 0; level < 200_000; level++) value = [value];
    expect(thrownBy(() => encodeValue(value))).toMatchObject({ code: 'UNSERIALISABLE' });
  });

  test('what a getter throws is thrown as it is', () => {
    const value = {
      get a(): never {
        throw new TypeError('mine');
      },
    };
    expect(thrownBy(() => encodeValue(value))).toMatchObject({ name: 'TypeError', message: 'mine' });
  });
});

function givenAway(): ArrayBuffer {
  const buffer = new ArrayBuffer(4);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}
