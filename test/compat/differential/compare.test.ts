import { describe, expect, test } from 'vitest';
import { quirks } from '../../../compat/quirks.ts';
import { compare, holds } from './compare.ts';
import { plain } from './plain.ts';
import type { Difference, Scenario } from './scenario.ts';
import { tableOf } from './table.ts';
import { layoutsFor } from './verdicts.ts';

const [fixed, added, changed, kept] = (['fixed', 'added', 'changed', 'kept'] as const).map(
  (here) => quirks.find((quirk) => quirk.here === here)?.name as string,
) as [string, string, string, string];

const scenario = (...differs: Difference[]): Scenario => ({
  name: 's',
  fleet: 'own',
  run: async () => undefined,
  differs,
});
const at = (layout: 1 | 2, discord = '14.28.1') => ({ layout, mode: 'process', discord }) as const;
const problems = (one: Scenario, layout: 1 | 2, stock: unknown, ours: unknown): readonly string[] =>
  compare(one, at(layout), { stock: [['a', stock]], ours: [['a', ours]] }).problems;

describe('the rule', () => {
  test('lets pass what is the same', () => {
    expect(problems(scenario(), 1, { x: [1] }, { x: [1] })).toEqual([]);
  });

  test('refuses a difference that is not declared, and a note that one of the two lacks', () => {
    expect(problems(scenario(), 1, 1, 2)).toEqual(['a: discord.js says 1, we say 2']);
    expect(compare(scenario(), at(1), { stock: [['a', 1]], ours: [] }).problems).toHaveLength(1);
  });

  test('lets pass what differs just as declared, and names it', () => {
    const one = scenario({ note: 'a', because: fixed, stock: 1, ours: 2 });
    const verdict = compare(one, at(1), { stock: [['a', 1]], ours: [['a', 2]] });
    expect(verdict).toEqual({ declared: ['a'], problems: [] });
  });

  test.each([
    ['differs otherwise', 1, 3],
    ['is the same after all', 2, 2],
    ['is not what discord.js was to say', 5, 2],
  ])('refuses a declared difference that %s', (_, stock, ours) => {
    expect(problems(scenario({ note: 'a', because: fixed, stock: 1, ours: 2 }), 1, stock, ours)).toHaveLength(1);
  });

  test('refuses a declared difference without a line in the list, or by one that is kept', () => {
    expect(problems(scenario({ note: 'a', because: 'nobody said so', ours: 2 }), 1, 1, 2)).toHaveLength(1);
    expect(problems(scenario({ note: 'a', because: kept, ours: 2 }), 1, 1, 2)).toHaveLength(1);
  });

  test('knows no excuse by shared processes for one shard per cluster', () => {
    const one = scenario({ note: 'a', because: changed, ours: 2 });
    expect(problems(one, 2, 1, 2)).toEqual([]);
    expect(problems(one, 1, 1, 2)).toHaveLength(1);
    expect(problems(one, 1, 1, 1)).toEqual([]);
    expect(problems(scenario({ ...one.differs?.[0], layouts: [1] } as Difference), 1, 1, 2)).toHaveLength(1);
  });

  test('lets pass what differs beside an older discord.js, and there alone', () => {
    const one = scenario({ note: 'a', because: fixed, stock: 1, ours: 2, before: '14.16.0' });
    const traces = { stock: [['a', 1]], ours: [['a', 2]] } as const;
    expect(compare(one, at(1, '14.9.1'), traces).problems).toEqual([]);
    expect(compare(one, at(1, '14.16.0'), traces).problems).toHaveLength(1);
  });

  test('holds what is added against every layout', () => {
    const one = scenario({ note: 'a', because: added, ours: 2 });
    for (const layout of [1, 2] as const) {
      expect(problems(one, layout, 1, 2)).toEqual([]);
      expect(problems(one, layout, 1, 1)).toHaveLength(1);
    }
  });

  test('refuses a scenario that wrote nothing down', () => {
    expect(compare(scenario(), at(1), { stock: [], ours: [] }).problems).toEqual(['nothing was written down']);
  });
});

test('of objects only what is declared has to hold, of lists everything', () => {
  expect(holds({ error: { code: 'X' } }, { error: { code: 'X', message: 'any' } })).toBe(true);
  expect(holds({ error: { code: 'X' } }, { error: { message: 'any' } })).toBe(false);
  expect(holds({ error: { code: 'X' } }, { value: 1 })).toBe(false);
  expect(holds([1], [1, 2])).toBe(false);
  expect(holds({ a: 1 }, null)).toBe(false);
});

test('notes are plain JSON that says what JSON has no word for', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const odd = [
    undefined,
    1n,
    Number.NaN,
    -0,
    new Date(5),
    new Map([[1, 2]]),
    new Set([3]),
    /x/,
    Buffer.from('a'),
    circle,
  ];
  const texts = odd.map((value) => JSON.stringify(plain(value)));
  expect(new Set(texts).size).toBe(odd.length);
  expect(plain(Object.assign(new RangeError('far'), { code: 'C' }))).toEqual({
    $: 'error',
    class: 'RangeError',
    name: 'RangeError',
    message: 'far',
    code: 'C',
  });
});

test('layouts that would be the same are run once', () => {
  expect(layoutsFor({ ...scenario(), shards: 1 }, [1, 2, 4])).toEqual([1]);
  expect(layoutsFor(scenario(), [1, 2, 4])).toEqual([1, 2]);
  expect(layoutsFor(scenario(), [4])).toEqual([4]);
});

test('the table has a line for each scenario and mode, and sums', () => {
  const row = { scenario: 's', mode: 'process', problems: [], declared: [] } as const;
  const text = tableOf([
    { ...row, layout: 1 },
    { ...row, layout: 2, declared: ['a'] },
    { ...row, scenario: 't', layout: 1, problems: ['p'] },
  ]);
  expect(text).toContain('1 the same, 1 as declared, 1 fail');
  expect(text.split('\n')).toHaveLength(5);
});
