import { describe, expect, test, vi } from 'vitest';

interface Blow {
  readonly blow: string;
  readonly cluster: number;
  readonly afterMs: number;
  readonly forMs: number;
}
interface Kind {
  readonly name: string;
  readonly many?: 'clusters' | 'shards';
  readonly allowed: readonly string[];
}
interface Chaos {
  plannedBlows(soak: { seed: number; mode: string; clusters: number }): Iterable<Blow>;
}
interface CommandLine {
  readCommandLine(args: readonly string[]): object;
}
interface Judge {
  faultOf(kind: Kind, question: object, end: object, place: object): string | undefined;
}
interface Slopes {
  slopeOf(points: readonly { at: number; mb: number }[]): number | undefined;
}

const { plannedBlows } = await vi.importActual<Chaos>('../../bench/soak/chaos.mjs');
const { readCommandLine } = await vi.importActual<CommandLine>('../../bench/soak/command-line.mjs');
const { faultOf } = await vi.importActual<Judge>('../../bench/soak/judge.mjs');
const { slopeOf } = await vi.importActual<Slopes>('../../bench/soak/slopes.mjs');

function firstBlows(mode: string, seed: number): readonly Blow[] {
  const blows: Blow[] = [];
  for (const blow of plannedBlows({ seed, mode, clusters: 6 })) {
    if (blows.push(blow) === 500) break;
  }
  return blows;
}

describe('the blows', () => {
  test('the same seed deals the same ones, another seed others', () => {
    expect(firstBlows('process', 7)).toStrictEqual(firstBlows('process', 7));
    expect(firstBlows('process', 7)).not.toStrictEqual(firstBlows('process', 8));
  });

  test.each([
    ['process', ['block', 'exit', 'kill', 'stop']],
    ['worker', ['block', 'exit', 'terminate']],
  ])('in %s mode they are %j, and each kind comes', (mode, kinds) => {
    expect([...new Set(firstBlows(mode, 1).map(({ blow }) => blow))].sort()).toStrictEqual(kinds);
  });

  test('a third of the clusters is never killed, so that its memory can be followed, and all others are', () => {
    const deadly = firstBlows('process', 1).filter(({ blow }) => blow === 'kill' || blow === 'exit');
    expect([...new Set(deadly.map(({ cluster }) => cluster))].sort()).toStrictEqual([2, 3, 4, 5]);
  });
});

describe('the command line', () => {
  const read = (line: string): object => readCommandLine(line === '' ? [] : line.split(' '));

  test('without a word it is ten minutes of six clusters in processes', () => {
    expect(read('')).toMatchObject({ mode: 'process', minutes: 10, clusters: 6, isWhole: true });
  });

  test('a seed is replayed, and a short soak is no whole one', () => {
    expect(read('--seed 0 --minutes 0.5 --mode worker')).toMatchObject({ seed: 0, mode: 'worker', isWhole: false });
  });

  test.each([
    ['--mode thread', "'thread' is no mode"],
    ['--clusters 2', "'2' is no number of clusters (from 3 to 32)"],
    ['--minutes x', "'x' is no number of minutes (from 0.1 to 1440)"],
    ['--seed 1.5', "'1.5' is no seed"],
  ])('%s is not understood', (line, reason) => {
    expect(() => read(line)).toThrow(reason);
  });
});

describe('the judge', () => {
  const one: Kind = { name: 'one', allowed: ['NO_ROUTE'] };
  const all: Kind = { name: 'all', many: 'clusters', allowed: ['NO_ROUTE'] };
  const question = { boot: 'cluster:0#2', n: 5, to: 1 };
  const answer = { boot: 'cluster:0#2', n: 5, by: 'cluster:1' };
  const judge = (kind: Kind, end: object): string | undefined => faultOf(kind, question, end, { clusters: 2 });

  test('the right answer and a failure that may be are right', () => {
    expect(judge(one, { value: answer })).toBeUndefined();
    expect(judge(one, { error: Object.assign(new Error('gone'), { code: 'NO_ROUTE' }) })).toBeUndefined();
  });

  test.each([
    ['another number', { ...answer, n: 4 }, 'the answer to cluster:0#2/4'],
    ['a question of its predecessor', { ...answer, boot: 'cluster:0#1' }, 'the answer to cluster:0#1/5'],
    ['another node', { ...answer, by: 'cluster:2' }, 'the answer of cluster:2 for cluster:1'],
    ['a shard that was not asked', { ...answer, shard: 3 }, 'the answer of shard 3'],
    ['a text that nobody asked for', { ...answer, text: 'x' }, 'an answer with a wrong text'],
  ])('the answer of %s is wrong', (_what, value, reason) => {
    expect(judge(one, { value })).toContain(reason);
  });

  test('a failure that is not for this kind of question is wrong', () => {
    const error = Object.assign(new Error('late'), { code: 'CALL_TIMEOUT' });
    expect(judge(one, { error })).toContain('failed in a way that is not for it');
  });

  test('a request to many needs one right entry of each, in order', () => {
    const entries = [0, 1].map((id) => ({ id, ok: true, value: { ...answer, by: `cluster:${id}` } }));
    expect(judge(all, { value: entries })).toBeUndefined();
    expect(judge(all, { value: entries.slice(0, 1) })).toBe('has entries 0 for 2 asked');
    expect(judge(all, { value: entries.toReversed() })).toBe('has entries 1,0 for 2 asked');
    const swapped = [entries[0], { ...entries[0], id: 1 }];
    expect(judge(all, { value: swapped })).toBe('entry 1: the answer of cluster:0 for cluster:1');
  });
});

describe('the slope of memory', () => {
  const points = (mbAt: (minute: number) => number) =>
    Array.from({ length: 21 }, (_none, n) => ({ at: n * 15_000, mb: mbAt(n / 4) }));

  test('is told in MB per minute', () => {
    expect(slopeOf(points((minute) => 40 + 3 * minute))).toBeCloseTo(3);
  });

  test('is not moved much by one sample that fell into a large request', () => {
    expect(slopeOf(points((minute) => (minute === 5 ? 90 : 40)))).toBe(0);
  });

  test('is unknown for two points', () => {
    expect(slopeOf(points(() => 40).slice(0, 2))).toBeUndefined();
  });
});
