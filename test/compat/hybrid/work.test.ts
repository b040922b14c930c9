import { describe, expect, test } from 'vitest';
import { aimOf, asSent, evalWork, valueWork } from '../../../compat/hybrid/work.ts';

describe('what is evaluated', () => {
  test('is a function with its context, or text', () => {
    expect(evalWork((n: number) => n, { a: 1 })).toEqual({ kind: 'function', text: '(n) => n', context: '{"a":1}' });
    expect(evalWork('this.id', undefined)).toEqual({ kind: 'script', text: 'this.id' });
  });

  test.each([undefined, null, '', 7])('is not %o', (script) => {
    expect(() => evalWork(script, undefined)).toThrow(TypeError);
  });

  test('is a property where it is one, else text behind the client', () => {
    expect(valueWork('guilds.cache.size')).toEqual({ kind: 'property', path: 'guilds.cache.size' });
    expect(valueWork('guilds.cache.map((g) => g.id)')).toEqual({
      kind: 'script',
      text: 'this.guilds.cache.map((g) => g.id)',
    });
    expect(valueWork('ws.shards[0]')).toMatchObject({ kind: 'script' });
  });
});

test('ids of 0 count, what is left out or null does not', () => {
  expect(aimOf({ cluster: 0, shard: 0 })).toEqual({ cluster: 0, shard: 0 });
  expect(aimOf({ cluster: undefined, shard: null as never, timeout: 5 })).toEqual({ timeout: 5 });
  expect([aimOf(), aimOf(null)]).toEqual([{}, {}]);
});

test.each([0, -1, null, undefined, Number.POSITIVE_INFINITY, Number.NaN])(
  'a timeout of %o sets no limit',
  (timeout) => {
    expect(aimOf({ timeout: timeout as never })).toEqual({});
  },
);

test('a message travels as JSON between processes, and as it is between threads', () => {
  const message = { at: new Date(0), none: undefined };
  expect(asSent(message, 'process')).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  expect(asSent(message, 'worker')).toBe(message);
});
