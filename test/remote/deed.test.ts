/** test/remote/deed: what other processes ask of an object is checked before anything is done. */
import { describe, expect, test } from 'vitest';
import { deedOf } from '../../src/remote/deed.ts';

describe('a deed', () => {
  test('comes through as it was sent', () => {
    const deed = {
      type: 'APPLY',
      path: ['a', 'b'],
      args: [{ raw: 1 }, { lent: 'key' }, { handler: 'mine', value: 2 }],
    };
    expect(deedOf(deed, 'cluster:1')).toStrictEqual(deed);
    const set = { type: 'SET', path: ['a'], value: { raw: undefined } };
    expect(deedOf({ ...set, id: 'end' }, 'cluster:1')).toStrictEqual(set);
  });

  test.each([
    undefined,
    null,
    'GET',
    {},
    { type: 'RELEASE', path: [] },
    { type: 'ENDPOINT', path: [] },
    { type: 'GET' },
    { type: 'GET', path: 'constructor' },
    { type: 'GET', path: [['constructor']] },
    { type: 'APPLY', path: [], args: { length: 1 } },
    { type: 'APPLY', path: [], args: [null] },
    { type: 'APPLY', path: [], args: [{ lent: 5 }] },
    { type: 'SET', path: ['a'], value: {} },
  ])('of no known kind is refused: %o', (input) => {
    expect(() => deedOf(input, 'cluster:1')).toThrow(expect.objectContaining({ code: 'UNKNOWN_DEED' }));
  });

  test.each(['__proto__', 'constructor', 'prototype'])('by way of %s is refused', (name) => {
    expect(() => deedOf({ type: 'GET', path: ['a', name, 'b'] }, 'cluster:1')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN_NAME', details: { on: 'cluster:1', name } }),
    );
  });
});
