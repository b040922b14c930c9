import { describe, expect, test, vi } from 'vitest';

interface Spread {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}
type Figures = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
interface Ratios {
  median(values: readonly number[]): number;
  spread(values: readonly number[]): Spread;
  rowsOf(about: object, rounds: readonly Figures[]): readonly Readonly<Record<string, unknown>>[];
  mediansBy(results: readonly Figures[]): Figures;
}

const { median, mediansBy, rowsOf, spread } = await vi.importActual<Ratios>('../../bench/ratios.mjs');
const about = { suite: 'rpc', mode: 'worker', clusters: 4, inFlight: 1 };
const round = (raw: number, own: number): Figures => ({
  raw: { unicast: { latency: raw, cpu: 10 } },
  shardlift: { unicast: { latency: own, cpu: 30 } },
});

describe('median and spread', () => {
  test('the median is the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 9, 5, 100])).toBe(7);
  });

  test('the spread keeps the lowest and the highest', () => {
    expect(spread([0.5, 2, 1])).toStrictEqual({ ratio: 1, low: 0.5, high: 2 });
  });
});

describe('rows', () => {
  test('a row holds the median of the ratios within the rounds, not the ratio of medians', () => {
    // Medians alone would give 300 / 100 = 3: the machine was slow in the second round, for both.
    const rows = rowsOf(about, [round(100, 200), round(300, 600), round(50, 300)]);
    expect(rows).toStrictEqual([
      {
        ...{ suite: 'rpc', task: 'unicast', mode: 'worker', clusters: 4, inFlight: 1 },
        ...{ contestant: 'shardlift', baseline: 'raw' },
        latency: { ratio: 2, low: 2, high: 6 },
        cpu: { ratio: 3, low: 3, high: 3 },
      },
    ]);
  });

  test('every contestant is held against every baseline that took part, but not against itself', () => {
    const all = { ...round(1, 2), 'discord.js': { unicast: { latency: 4 } }, hybrid: { unicast: { latency: 8 } } };
    const pairs = rowsOf(about, [all]).map(({ contestant, baseline }) => `${contestant} / ${baseline}`);
    expect(pairs.sort()).toStrictEqual([
      'discord.js / raw',
      'hybrid / discord.js',
      'hybrid / raw',
      'raw / discord.js',
      'shardlift / discord.js',
      'shardlift / raw',
    ]);
  });

  test('a measure that one of the two has not is left out', () => {
    const [row] = rowsOf(about, [{ raw: { a: { latency: 1 } }, shardlift: { a: { latency: 2, cpu: 3 } } }]);
    expect(row).not.toHaveProperty('cpu');
    expect(row).not.toHaveProperty('memory');
  });

  test('beside a named request a row also says how many us more', () => {
    const rounds = [3, 5, 4].map((more) => ({
      'named request': { cached: { latency: 100 } },
      shardlift: { cached: { latency: 100 + more } },
    }));
    const row = rowsOf(about, rounds).find(({ contestant }) => contestant === 'shardlift');
    expect(row?.difference).toStrictEqual({ us: 4, low: 3, high: 5 });
  });
});

test('medians keep the shape of one result', () => {
  expect(mediansBy([round(1, 10), round(3, 20), round(2, 60)])).toStrictEqual({
    raw: { unicast: { latency: 2, cpu: 10 } },
    shardlift: { unicast: { latency: 20, cpu: 30 } },
  });
});
