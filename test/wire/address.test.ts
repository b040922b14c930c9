/** test/wire/address: where one frame goes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, clusterAddress, clusterIdOf, destinationText, isGroup } from '../../src/wire/address.ts';

test('the address of a cluster leads back to its id', () => {
  fc.assert(
    fc.property(fc.nat(), (id) => {
      expect(clusterAddress(id)).toBe(`cluster:${id}`);
      expect(clusterIdOf(clusterAddress(id))).toBe(id);
    }),
  );
});

describe('what is no address of a cluster', () => {
  test.each(['host:local', 'host:1', 'cluster:-1', 'cluster:1.5', 'cluster:NaN', 'cluster:01', 'cluster:1e3'])(
    'has no id: %s',
    (address) => expect(clusterIdOf(address as Address)).toBeUndefined(),
  );

  test('is never taken for another node', () => {
    const texts = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
    fc.assert(
      fc.property(texts, (text) => {
        const address = `cluster:${text}` as Address;
        const id = clusterIdOf(address);
        if (id !== undefined) expect(clusterAddress(id)).toBe(address);
      }),
      { numRuns: 2_000 },
    );
  });

  test('has no id either after its address was asked for', () => {
    for (const id of [-1, 1.5, Number.NaN]) expect(clusterIdOf(clusterAddress(id))).toBeUndefined();
  });
});

test('a list is a group, also one of a single node, and is told by its length', () => {
  expect([isGroup('cluster:1'), isGroup(['cluster:1']), isGroup([])]).toStrictEqual([false, true, true]);
  expect([destinationText('cluster:1'), destinationText(['cluster:1', 'host:a'])]).toStrictEqual([
    'cluster:1',
    '2 nodes',
  ]);
});
