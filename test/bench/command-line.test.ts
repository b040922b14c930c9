import { describe, expect, test, vi } from 'vitest';

interface Run {
  readonly name: string;
  readonly modes: readonly string[];
  readonly clusters: readonly number[];
  readonly contestants: readonly { readonly name: string }[];
  readonly rounds: number;
  readonly writeResults: boolean;
}
interface CommandLine {
  readonly usage: string;
  readCommandLine(args: readonly string[]): Run;
}

const { readCommandLine, usage } = await vi.importActual<CommandLine>('../../bench/command-line.mjs');
const read = (line: string): Run => readCommandLine(line.split(' '));

describe('the command line', () => {
  test('a suite alone runs whole, in both modes, and is written down', () => {
    expect(read('fanout')).toMatchObject({
      name: 'fanout',
      modes: ['worker', 'process'],
      rounds: 7,
      writeResults: true,
    });
    expect(read('fanout').clusters).toStrictEqual([4, 16, 32]);
  });

  test('lists may be given with commas, or the option several times', () => {
    expect(read('rpc --mode worker,process').modes).toStrictEqual(['worker', 'process']);
    expect(read('rpc --mode worker --mode process').modes).toStrictEqual(['worker', 'process']);
    expect(read('rpc --clusters 8,4 --clusters 4').clusters).toStrictEqual([4, 8]);
    expect(read('rpc --contestants shardlift,raw').contestants.map(({ name }) => name)).toStrictEqual([
      'raw',
      'shardlift',
    ]);
  });

  test.each(['rpc --clusters 4', 'rpc --contestants raw', 'rpc --rounds 4', 'rpc --no-write-results'])(
    '%s leaves the results alone',
    (line) => {
      expect(read(line).writeResults).toBe(false);
    },
  );

  test('a part of a run is written down when that is asked for', () => {
    expect(read('rpc --rounds 1 --write-results').writeResults).toBe(true);
  });

  test.each([
    ['rps', 'one suite is needed'],
    ['rpc fanout', 'one suite is needed'],
    ['toString', 'one suite is needed'],
    ['rpc --rounds 0', "'0' is no number of rounds (1 or more)"],
    ['rpc --rounds 1.5', "'1.5' is no number of rounds (1 or more)"],
    ['rpc --clusters 1', "'1' is no number of clusters for rpc (2 or more)"],
    ['bulk --clusters 3', "'3' is no number of clusters for bulk (4 or more)"],
    ['rpc --mode thread', "'thread' is no mode"],
    ['fanout --contestants raw', "'raw' is no contestant of fanout"],
    ['rpc --fast', "Unknown option '--fast'"],
  ])('%s is not understood', (line, reason) => {
    expect(() => read(line)).toThrow(reason);
  });

  test('the usage names every suite', () => {
    for (const name of ['rpc', 'fanout', 'store', 'events', 'stats', 'eval', 'spawn', 'memory', 'bulk'])
      expect(usage).toContain(`  ${name} `);
  });
});
