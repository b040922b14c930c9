/** test/wire/value: what a value is when it arrives. */
import assert from 'node:assert';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapshotBody } from '../../src/wire/body.ts';
import { encodeFrame, FrameReader } from '../../src/wire/codec.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';
import { thrownBy } from '../conformance/thrown-by.ts';
import { anyValue, knots, withToJson } from './value-arbitraries.ts';
import { arrives } from './value-oracle.ts';

/** The road of process mode: through bytes. */
function overBytes(value: unknown): unknown {
  const body = encodeValue(value);
  const bytes = encodeFrame({ kind: 'cast', from: 'cluster:0', to: 'cluster:1', method: 'm', body });
  const frame = new FrameReader().push(bytes)[0]?.frame;
  assert(frame?.kind === 'cast');
  return decodeValue(frame.body);
}

/** The road of worker mode: the body is posted as it is. */
const overPort = (value: unknown): unknown => decodeValue(structuredClone(encodeValue(value)));

describe('the value language', () => {
  test('carries every value as the language says, the same over bytes and over a port', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const expected = arrives(value);
        assert.deepStrictEqual(overBytes(value), expected);
        assert.deepStrictEqual(overPort(value), expected);
      }),
      { numRuns: 3_000 },
    );
  });

  test('carries what a toJSON gives as JSON does', () => {
    fc.assert(
      fc.property(withToJson, (value) => {
        assert.deepStrictEqual(overBytes(value), JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('carries what arrived once more without a change', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const once = overBytes(value);
        assert.deepStrictEqual(overBytes(once), once);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves the value it encodes alone', () => {
    fc.assert(
      fc.property(knots, (value) => {
        const before = structuredClone(arrives(value));
        encodeValue(value);
        assert.deepStrictEqual(arrives(value), before);
      }),
      { numRuns: 300 },
    );
  });
});

class Guild {
  readonly id = '1';
  toJSON(): object {
    return { id: this.id, name: undefined, at: new Date(5) };
  }
}

describe('one value at a time', () => {
  const own = JSON.parse('{"__proto__":{"admin":true}}') as object;
  const match = /b(?<rest>c)/.exec('abc') as RegExpExecArray;
  const extra = Object.assign([1, 2], { total: 2 });
  // biome-ignore lint/suspicious/noSparseArray: a hole beside a named property is the case under test
  const holeAndName = Object.assign([, 1], { name: 'x' });

  test.each([
    ['undefined', undefined, undefined, 'none'],
    ['a plain object', { a: [1, 'x', null, true] }, { a: [1, 'x', null, true] }, 'json'],
    ['an undefined property', { a: undefined }, { a: undefined }, 'v8'],
    ['minus zero', -0, -0, 'v8'],
    ['a bigint', 10n, 10n, 'v8'],
    ['an own __proto__ key', own, own, 'json'],
    ['an own __proto__ key beside a Date', { own, at: new Date(1) }, { own, at: new Date(1) }, 'v8'],
    ['an own __proto__ key beside a Buffer', [own, Buffer.of(1)], [own, Uint8Array.of(1)], 'v8'],
    ['a class with toJSON', [new Guild()], [{ id: '1', at: new Date(5) }], 'v8'],
    ['a toJSON that gives undefined', { toJSON: () => undefined }, undefined, 'none'],
    ['a Map keyed by objects', new Map([[{ a: 1 }, new Set([1])]]), new Map([[{ a: 1 }, new Set([1])]]), 'v8'],
    ['an array with a named property', extra, extra, 'v8'],
    ['an array with a hole and a named property', holeAndName, holeAndName, 'v8'],
    ['a match of a regular expression', match, structuredClone(match), 'v8'],
    ['a lone surrogate', '\ud800', '\ud800', 'json'],
    ['a boxed number', { n: new Number(3) }, { n: 3 }, 'json'],
    ['a proxy', new Proxy({ a: 1 }, {}), { a: 1 }, 'json'],
    ['a proxy beside a Date', [new Proxy({ a: 1 }, {}), new Date(1)], [{ a: 1 }, new Date(1)], 'v8'],
  ] as const)('%s', (_, value, expected, format) => {
    expect(snapshotBody(encodeValue(value)).format).toBe(format);
    assert.deepStrictEqual(overBytes(value), expected);
  });

  test('an own __proto__ key changes no prototype', () => {
    const arrived = overBytes([JSON.parse('{"__proto__":{"admin":true}}'), Buffer.of(1)]) as [object];
    expect(Object.getPrototypeOf(arrived[0])).toBe(Object.prototype);
    expect('admin' in arrived[0]).toBe(false);
  });

  test('a Buffer arrives as a plain Uint8Array with the same bytes', () => {
    const arrived = overBytes({ file: Buffer.from('häh') }) as { file: Uint8Array };
    expect(Buffer.isBuffer(arrived.file)).toBe(false);
    expect(Object.getPrototypeOf(arrived.file)).toBe(Uint8Array.prototype);
    expect(Buffer.from(arrived.file).toString()).toBe('häh');
  });

  test('an invalid Date arrives as one', () => {
    expect((overBytes([new Date(Number.NaN)]) as [Date])[0].getTime()).toBeNaN();
  });

  test('a cycle arrives as a cycle, also beside something that has to be rewritten', () => {
    const ring: Record<string, unknown> = { file: Buffer.of(7) };
    ring.self = [ring];
    const arrived = overBytes(ring) as { self: unknown[] };
    expect(arrived.self[0]).toBe(arrived);
  });

  test('an object met twice arrives as one object', () => {
    const shared = { a: 1 };
    const [first, second] = overBytes([shared, shared]) as [object, object];
    expect(first).toBe(second);
  });

  test('objects shared sixty levels deep take no longer than sixty steps', () => {
    let value: object = {};
    for (let level = 0; level < 60; level++) value = { left: value, right: value };
    expect(encodeValue(value).format).toBe('v8');
  });

  test('an array of four billion holes is read by what it holds', () => {
    const value = new Array<unknown>(4_000_000_000);
    value[3] = () => 1;
    expect(thrownBy(() => encodeValue(value))).toMatchObject({ details: { path: 'value[3]' } });
  });
});
