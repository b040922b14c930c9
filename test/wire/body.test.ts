/** test/wire/body: a user's value as it travels. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Body, bodyWeight, emptyBody, snapshotBody } from '../../src/wire/body.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';
import { bodies, readableBody } from './frames.ts';

describe('a settled body', () => {
  test('stands for the same value, and is text, bytes or nothing', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const settled = snapshotBody(body);
        expect(['none', 'json', 'v8']).toContain(settled.format);
        expect(readableBody(settled)).toStrictEqual(readableBody(body));
        expect(snapshotBody(settled)).toBe(settled);
      }),
    );
  });

  test('is out of reach of what happens to the value later', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const before = structuredClone(value);
        const settled = snapshotBody(encodeValue(value));
        for (const key of Object.keys(value)) delete value[key];
        value.more = 1;
        expect(JSON.stringify(decodeValue(settled))).toBe(JSON.stringify(before));
      }),
    );
  });
});

describe('the weight of a body', () => {
  test('is the same when a port has cloned it', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(bodyWeight(structuredClone(body))).toBe(bodyWeight(body));
      }),
    );
  });

  test.each<readonly [string, Body, number]>([
    ['nothing', emptyBody, 0],
    ['a text its letters', encodeValue('abc'), 3],
    ['a number eight', encodeValue(1), 8],
    ['a small object a fixed sum', encodeValue({ a: 1 }), 512],
    ['bytes their number', { format: 'v8', data: Uint8Array.of(1, 2, 3) }, 3],
    ['text in bytes their number', { format: 'json', data: Buffer.from('"€"') }, 5],
  ])('counts %s', (_what, body, weight) => expect(bodyWeight(body)).toBe(weight));
});
