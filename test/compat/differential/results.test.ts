import { expect, test } from 'vitest';
import { faultsIn, type Results, resultOf } from './results.ts';
import type { Scenario } from './scenario.ts';

const run = async (): Promise<void> => undefined;
const looks: Scenario = { name: 'looks', fleet: 'shared', run };
const moves: Scenario = { name: 'moves', fleet: 'own', shards: 2, modes: ['process'], run };
const good: Results = {
  looks: { process: { 1: 'same', 2: 'same', 4: 'as declared' }, worker: { 1: 'same', 2: 'same', 4: 'same' } },
  moves: { process: { 1: 'same', 2: 'same' } },
};

test('results of all scenarios in all their modes and layouts have no fault', () => {
  expect(faultsIn(good, [looks, moves])).toEqual([]);
});

test.each<[string, Results, string]>([
  ['a scenario that was never run', { looks: good.looks ?? {} }, 'moves: never run in process mode, 1 per cluster'],
  ['a layout that was left out', { ...good, moves: { process: { 1: 'same' } } }, 'never run in process mode, 2 per'],
  ['a layout that is not for it', { ...good, moves: { process: { 1: 'same', 2: 'same', 4: 'same' } } }, 'is not for'],
  ['a mode that is not for it', { ...good, moves: { ...good.moves, worker: { 1: 'same' } } }, 'is not for worker'],
  ['one that fails', { ...good, moves: { process: { 1: 'same', 2: 'FAILS' } } }, 'moves: fails, process 2'],
  ['one that is no more', { ...good, gone: {} }, 'gone: is no more'],
])('%s is a fault', (_, results, fault) => {
  expect(faultsIn(results, [looks, moves])[0]).toContain(fault);
});

test.each([
  [[], [], 'same'],
  [['answer'], [], 'as declared'],
  [['answer'], ['it hangs'], 'FAILS'],
] as const)('a row that differs in %j with problems %j is %s', (declared, problems, result) => {
  expect(resultOf({ scenario: 'x', mode: 'process', layout: 1, declared, problems })).toBe(result);
});
