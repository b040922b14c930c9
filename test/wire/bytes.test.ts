/** test/wire/bytes: fields one after the other. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader, ByteWriter, codesOf } from '../../src/wire/bytes.ts';

const fields = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('u8' as const), value: fc.nat({ max: 0xff }) }),
    fc.record({ type: fc.constant('u16' as const), value: fc.nat({ max: 0xffff }) }),
    fc.record({ type: fc.constant('u32' as const), value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
    fc.record({ type: fc.constant('f64' as const), value: fc.double() }),
    fc.record({ type: fc.constant('text' as const), value: fc.string({ unit: 'grapheme' }) }),
    fc.record({ type: fc.constant('bytes' as const), value: fc.uint8Array() }),
  ),
);

type Field = typeof fields extends fc.Arbitrary<(infer F)[]> ? F : never;

const sizes = { u8: 1, u16: 2, u32: 4, f64: 8 } as const;

const sizeOf = (field: Field): number =>
  field.type === 'text' || field.type === 'bytes' ? Buffer.byteLength(field.value) : sizes[field.type];

function write(all: readonly Field[]): Buffer {
  const out = new ByteWriter(all.reduce((sum, field) => sum + sizeOf(field), 0));
  for (const field of all) {
    if (field.type === 'text' || field.type === 'bytes') out.data(field.value);
    else out[field.type](field.value);
  }
  expect(out.at).toBe(out.bytes.length);
  return out.bytes;
}

function read(reader: ByteReader, field: Field): unknown {
  if (field.type === 'text') return reader.text(sizeOf(field));
  return field.type === 'bytes' ? Uint8Array.from(reader.bytes(sizeOf(field))) : reader[field.type]();
}

test('fields are read as they were written', () => {
  fc.assert(
    fc.property(fields, fc.uint8Array(), (all, more) => {
      const reader = new ByteReader(Buffer.concat([write(all), more]));
      for (const field of all) expect(read(reader, field)).toStrictEqual(field.value);
      expect(Uint8Array.from(reader.rest())).toStrictEqual(more);
    }),
    { numRuns: 300 },
  );
});

test('what ends too early throws a RangeError at the field that is not whole', () => {
  const whole = fields.filter((all) => all.some((field) => sizeOf(field) > 0));
  fc.assert(
    fc.property(whole, fc.nat(), (all, where) => {
      const bytes = write(all);
      const reader = new ByteReader(bytes.subarray(0, where % bytes.length));
      const readAll = (): void => {
        for (const field of all) read(reader, field);
      };
      expect(readAll).toThrow(RangeError);
    }),
    { numRuns: 300 },
  );
});

describe('bytes that are read', () => {
  test('are a view: nothing is copied', () => {
    const bytes = Buffer.from([1, 2, 3, 4]);
    const view = new ByteReader(bytes).bytes(2);
    bytes[0] = 9;
    expect(view[0]).toBe(9);
  });
});

test('the number of a word is its place in the list', () => {
  const words = ['none', 'json', 'v8'] as const;
  expect(words.map((word) => codesOf(words)[word])).toStrictEqual([0, 1, 2]);
});
