/** test/wire/head-fields: the parts of a head take the bytes they said they would, and come back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/wire/bytes.ts';
import {
  addressBytes,
  methodBytes,
  readAddress,
  readKey,
  readMethod,
  readTo,
  toBytes,
  writeAddress,
  writeKey,
  writeMethod,
  writeTo,
} from '../../src/wire/head-fields.ts';
import { addresses } from './frames.ts';

/** Writes something, and gives what is read again with the bytes it took. */
function through<T>(
  write: (out: ByteWriter) => void,
  read: (head: ByteReader) => T,
): readonly [bytes: number, back: T] {
  const out = new ByteWriter(10_000);
  write(out);
  const reader = new ByteReader(out.bytes);
  const back = read(reader);
  expect(reader.at).toBe(out.at);
  return [out.at, back];
}

test('an address takes two bytes for a cluster and the own manager, and any name comes back', () => {
  const bytesFor = (address: Parameters<typeof writeAddress>[0]): number => {
    const out = new ByteWriter(1_000);
    writeAddress(address, out);
    expect(readAddress(new ByteReader(out.bytes))).toBe(address);
    return out.at;
  };
  expect([bytesFor('cluster:0'), bytesFor('cluster:32764'), bytesFor('host:local')]).toStrictEqual([2, 2, 2]);
  expect([bytesFor('cluster:32765'), bytesFor('host:é')]).toStrictEqual([4 + 13, 4 + 7]);
  fc.assert(fc.property(addresses, (address) => void bytesFor(address)));
});

describe('a destination', () => {
  test('is one address, or a list with any number of them', () => {
    const lists = fc.oneof(addresses, fc.array(addresses, { maxLength: 40 }));
    fc.assert(
      fc.property(lists, (to) => {
        expect(through((out) => writeTo(to, out), readTo)).toStrictEqual([toBytes(to), to]);
      }),
    );
  });

  test('of one node takes no more than its address', () => {
    expect(toBytes('cluster:3')).toBe(addressBytes('cluster:3'));
  });
});

test('the key of a call keeps a time in ms, which 32 bits do not hold', () => {
  const key = { id: 0xffff_ffff, incarnation: 1_700_000_000_000 };
  expect(through((out) => writeKey(key, out), readKey)).toStrictEqual([12, key]);
});

test('a method comes back, whatever letters it is made of, the second time too', () => {
  for (const method of ['ipc:count', 'zähle', 'ipc:count', '']) {
    expect(through((out) => writeMethod(method, out), readMethod)).toStrictEqual([
      1 + methodBytes(method).length,
      method,
    ]);
  }
});
