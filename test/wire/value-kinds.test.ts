/** test/wire/value-kinds: which rule of the value language an object falls under. */
import { describe, expect, test } from 'vitest';
import { binary, hasToJson, kept, refusalOf } from '../../src/wire/value-kinds.ts';

describe('what is refused', () => {
  test.each([
    ['a function', () => undefined],
    ['a symbol', Symbol('s')],
    ['a Promise', Promise.resolve()],
    ['a WeakMap', new WeakMap()],
    ['a WeakSet', new WeakSet()],
    ['a WeakRef', new WeakRef({})],
    ['a SharedArrayBuffer', new SharedArrayBuffer(1)],
  ])('is %s, by its name', (name, value) => {
    expect(refusalOf(value)).toBe(name);
  });

  test('is named by its base class when the class is a user’s own', () => {
    class Later extends Promise<void> {}
    expect(refusalOf(Later.resolve())).toBe('a Promise');
  });

  test.each([[null], [undefined], [0], ['text'], [1n], [{}], [[]], [new Map()], [new Date(0)]])(
    'is not %s',
    (value) => {
      expect(refusalOf(value)).toBeUndefined();
    },
  );
});

test('bytes are buffers and every view into one', () => {
  for (const value of [new ArrayBuffer(1), Buffer.from('a'), new Float64Array(1), new DataView(new ArrayBuffer(1))]) {
    expect(binary(value)).toBe(true);
  }
  expect(binary([1, 2])).toBe(false);
});

test('dates, expressions and errors arrive as they are, also those of a subclass', () => {
  class OwnError extends TypeError {}
  for (const value of [new Date(0), /a/u, new OwnError('no')]) expect(kept(value)).toBe(true);
  expect(kept({ message: 'looks like an error' })).toBe(false);
});

test('only a toJSON that can be called makes an object arrive as its result', () => {
  expect(hasToJson({ toJSON: () => 1 })).toBe(true);
  expect(hasToJson({ toJSON: 'a column of that name' })).toBe(false);
  expect(hasToJson(Object.create({ toJSON: () => 1 }))).toBe(true);
});
