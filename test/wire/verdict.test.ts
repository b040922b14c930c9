/** test/wire/verdict: the one look at a value that says how it travels. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify, type Verdict, Walk } from '../../src/wire/verdict.ts';

/** Read from text, because only that has no negative zero. */
const jsonValue = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

/** The verdict on a value, and what the look learnt besides. */
function look(value: unknown): { verdict: Verdict; walk: Walk } {
  const walk = new Walk(typeof value === 'object' && value !== null ? value : {});
  return { verdict: classify(value, walk), walk };
}

const verdict = (value: unknown): Verdict => look(value).verdict;

class Member {
  readonly id = '1';
}

describe('the verdict', () => {
  test('is JSON only for what JSON brings back unchanged', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(verdict(value)).toBe('json');
        expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
      }),
    );
  });

  test.each<[string, unknown]>([
    ['a number that text cannot say', { rows: [Number.NaN] }],
    ['a negative zero', [-0]],
    ['undefined', { a: undefined }],
    ['a bigint', [1n]],
    ['a date', { at: new Date(0) }],
    ['a map', new Map([[1, 2]])],
    ['bytes', new Uint8Array(2)],
    ['an array with a hole', Object.assign(new Array(3), [1, 2])],
    ['an array with a name of its own', Object.assign([1], { index: 0 })],
  ])('is bytes for %s', (_name, value) => {
    expect(verdict(value)).toBe('v8');
  });

  test.each<[string, unknown]>([
    ['a toJSON', { user: { toJSON: () => 1 } }],
    ['a Buffer, which arrives as plain bytes', [Buffer.from('a')]],
    ['a boxed number', { n: Object(1) }],
    ['a function, so that the refusal can name its path', { deep: [{ run: () => 1 }] }],
  ])('is a rewrite for %s', (_name, value) => {
    expect(verdict(value)).toBe('rewrite');
  });

  test('is the worst of the parts, wherever they stand', () => {
    expect(verdict([1n, { a: { toJSON: () => 1 } }, 'text'])).toBe('rewrite');
    expect(verdict({ first: 'text', last: 1n })).toBe('v8');
    expect(verdict(new Map([['key', Symbol('s')]]))).toBe('rewrite');
  });

  test('is bytes for a cycle and for an object met twice, and ends', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring.self = ring;
    const shared = { id: '1' };
    expect(verdict(ring)).toBe('v8');
    expect(verdict([shared, shared])).toBe('v8');
  });
});

describe('a look', () => {
  test('says whether something in the value has a class', () => {
    expect(look({ member: new Member() }).walk.classed).toBe(true);
    expect(look({ member: { id: '1' } }).walk.classed).toBe(false);
    expect(look({ member: Object.create(null) }).walk.classed).toBe(false);
  });

  test('estimates the length of the text', () => {
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id: String(id), name: 'a guild of some name' }));
    const { size } = look(rows).walk;
    const text = JSON.stringify(rows).length;
    expect(size).toBeGreaterThan(text / 2);
    expect(size).toBeLessThan(text * 2);
  });
});

test('a property that somebody put on Object.prototype is not looked at', () => {
  let found: Verdict | undefined;
  Object.defineProperty(Object.prototype, 'polluted', { value: () => 1, enumerable: true, configurable: true });
  try {
    found = verdict({ a: 1 });
  } finally {
    // Before the test's own tools meet it.
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
  expect(found).toBe('json');
});
