/** test/wire/call-table: a map of calls that never copies itself. */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallTable } from '../../src/wire/call-table.ts';

interface Row {
  readonly id: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: object) => void;
const oldSpace = (): number =>
  ['old_space', 'large_object_space'].reduce(
    (sum, name) => sum + (getHeapSpaceStatistics().find((space) => space.space_name === name)?.space_used_size ?? 0),
    0,
  );

/** Numbers are given out one after the other, and taken back in any order; some never. */
const steps = fc.array(fc.oneof(fc.constant('add' as const), fc.nat({ max: 400 })), { maxLength: 600 });

test('holds what a Map holds, whatever comes and goes', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 2 ** 33 }), (todo, first) => {
      const table = new CallTable<Row>();
      const map = new Map<number, Row>();
      let next = first;
      for (const step of todo) {
        if (step === 'add') {
          const id = table.freeFrom(next);
          expect(id).toBeGreaterThanOrEqual(next);
          next = id + 1;
          const row = { id };
          table.add(row);
          map.set(id, row);
        } else {
          const id = first + step;
          expect(table.take(id)).toBe(map.get(id));
          map.delete(id);
        }
      }
      expect(table.rows()).toStrictEqual([...map.values()].sort((a, b) => a.id - b.id));
      expect(table.size).toBe(map.size);
      for (let id = first; id < next; id++) expect(table.get(id)).toBe(map.get(id));
    }),
  );
});

test('takes numbers that another table gave out, however they clash', () => {
  const table = new CallTable<Row>();
  const ids = [1, 65, 129, 1_025, 4_097];
  for (const id of ids) table.add({ id });
  expect(table.rows().map(({ id }) => id)).toStrictEqual(ids);
});

test('one call that never ends does not make the table grow', () => {
  const table = new CallTable<Row>();
  let next = table.freeFrom(1);
  table.add({ id: next });
  for (let n = 0; n < 100_000; n++) {
    next = table.freeFrom(next + 1);
    table.add({ id: next });
    table.take(next);
  }
  expect(table.rows()).toStrictEqual([{ id: 1 }]);
  // Two numbers were passed over in each turn of the 64 places, none twice.
  expect(next).toBeLessThan(100_001 + 100_001 / 60);
});

test('a call that never ends does not make the table of another node grow, whatever shares its place', () => {
  const turn = (): CallTable<Row> => {
    const table = new CallTable<Row>();
    table.add({ id: 1 });
    for (let id = 2; id < 1_200_000; id++) {
      table.add({ id });
      if (table.take(id)?.id !== id) throw new Error(`${id} was lost`);
    }
    return table;
  };
  // What the engine keeps of code that has become hot is none of the table's.
  turn();
  collect({ type: 'major' });
  const before = oldSpace();
  const table = turn();
  collect({ type: 'major' });
  // A table that doubled at each clash would have a million places: 8 MB.
  expect(oldSpace() - before).toBeLessThan(4_000_000);
  expect(table.size).toBe(1);
});

test('calls that come and go leave nothing for the collector to promote', () => {
  const table = new CallTable<Row>();
  const turn = (count: number): void => {
    for (let n = 0; n < count; n++) {
      const id = table.freeFrom(n + 1);
      table.add({ id });
      table.take(id);
    }
  };
  turn(200_000);
  collect({ type: 'major' });
  const before = oldSpace();
  for (let round = 0; round < 20; round++) {
    turn(10_000);
    collect({ type: 'minor' });
  }
  // A Map leaves 100 bytes and more for each of the 200 000.
  expect(oldSpace() - before).toBeLessThan(200_000 * 10);
});
