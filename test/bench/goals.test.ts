import { describe, expect, test, vi } from 'vitest';

interface Goal {
  readonly goal: string;
  readonly suite: string;
  readonly task: string;
  readonly mode: string;
  readonly clusters: readonly [number, number];
  readonly inFlight: number;
  readonly baseline: string;
  readonly measure: string;
  readonly limit: number;
}
interface Verdict {
  readonly goal: string;
  readonly clusters: number;
  readonly limit: number;
  readonly measured: { readonly middle: number; readonly low: number; readonly high: number };
  readonly met: boolean | undefined;
}
interface Goals {
  readonly goals: readonly Goal[];
  judge(rows: readonly object[], rounds: number): readonly Verdict[];
}
interface Task {
  readonly name: string;
  readonly kind: string;
  readonly inFlight: number;
}
interface Suites {
  readonly suites: Readonly<Record<string, { readonly tasks: readonly Task[] }>>;
}

const { goals, judge } = await vi.importActual<Goals>('../../bench/goals.mjs');
const { suites } = await vi.importActual<Suites>('../../bench/suites.mjs');

const row = (ratio: number, given: object = {}) => ({
  ...{ suite: 'fanout', task: 'count', mode: 'process', clusters: 16, inFlight: 1 },
  ...{ contestant: 'shardlift', baseline: 'discord.js' },
  cpu: { ratio, low: ratio - 0.1, high: ratio + 0.1 },
  ...given,
});

describe('the verdicts', () => {
  test('a goal is met by a median at its limit, and missed above it', () => {
    expect(judge([row(0.65)], 5)).toStrictEqual([
      {
        goal: 'count from all: CPU over discord.js',
        clusters: 16,
        limit: 0.65,
        measured: { middle: 0.65, low: 0.65 - 0.1, high: 0.65 + 0.1 },
        met: true,
      },
    ]);
    expect(judge([row(0.66)], 5).map(({ met }) => met)).toStrictEqual([false]);
  });

  test('32 processes have a limit of their own', () => {
    expect(judge([row(0.8, { clusters: 32 })], 5)).toMatchObject([{ limit: 0.85, met: true }]);
  });

  test('fewer than five rounds say nothing', () => {
    expect(judge([row(0.1)], 4)).toMatchObject([{ met: undefined }]);
  });

  test('another contestant, baseline, mode or number in flight is no concern of a goal', () => {
    const others = [
      { contestant: 'hybrid' },
      { baseline: 'raw' },
      { mode: 'thread' },
      { inFlight: 2 },
      { task: 'sum' },
    ];
    expect(others.flatMap((given) => judge([row(9, given)], 7))).toStrictEqual([]);
  });

  test('a difference is held against its limit in us', () => {
    const given = {
      suite: 'eval',
      task: 'cached',
      baseline: 'named request',
      difference: { us: 2.6, low: 1, high: 3 },
    };
    expect(judge([row(1, given)], 7)).toMatchObject([{ measured: { middle: 2.6 }, limit: 2.5, met: false }]);
  });
});

test('every goal is about a task that a suite measures', () => {
  for (const { suite, task, inFlight } of goals) {
    const measured = suites[suite]?.tasks.filter((one) => one.inFlight === inFlight).map(({ name }) => name) ?? [];
    expect(measured.some((name) => task === name || task.startsWith(`${name}, `))).toBe(true);
  }
});
