/** differential/results: what the scenarios came to when they were last run, kept beside them for the document. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Layout, Mode, Scenario } from './scenario.ts';
import { layoutsFor, type Row } from './verdicts.ts';

/** How a scenario went with so many shards per cluster. */
export type Result = 'same' | 'as declared' | 'FAILS';

/** The results of every scenario, by mode and by shards per cluster. */
export type Results = Readonly<Record<string, Readonly<Partial<Record<Mode, Readonly<Record<string, Result>>>>>>>;

const file = new URL('results.json', import.meta.url);
const modes: readonly Mode[] = ['process', 'worker'];
const layouts: readonly Layout[] = [1, 2, 4];

/** What a row comes to, in a word. */
export const resultOf = ({ problems, declared }: Row): Result =>
  problems.length > 0 ? 'FAILS' : declared.length > 0 ? 'as declared' : 'same';

/** Reads what is kept. */
export const keptResults = (): Results => JSON.parse(readFileSync(file, 'utf8')) as Results;

/** Brings what is kept up to date with the rows of a run; scenarios that are no more go. */
export function keepResults(rows: readonly Row[], scenarios: readonly Scenario[]): void {
  const kept = keptResults();
  const merged = scenarios.flatMap(({ name }) => {
    const own = rows.filter(({ scenario }) => scenario === name);
    if (own.length === 0) return name in kept ? [[name, kept[name]]] : [];
    const ofMode = (mode: Mode) => own.filter((row) => row.mode === mode);
    const found = modes
      .filter((mode) => ofMode(mode).length > 0)
      .map((mode) => [mode, Object.fromEntries(ofMode(mode).map((row) => [row.layout, resultOf(row)]))]);
    return [[name, { ...kept[name], ...Object.fromEntries(found) }]];
  });
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(merged), null, 2)}\n`);
}

/** What is not as it has to be: a scenario that was not run, or not in all it is to be run in, and one that fails. */
export function faultsIn(results: Results, scenarios: readonly Scenario[]): string[] {
  const gone = Object.keys(results).filter((name) => !scenarios.some((scenario) => scenario.name === name));
  return [
    ...gone.map((name) => `${name}: is no more`),
    ...scenarios.flatMap((scenario) => faultsOf(scenario, results[scenario.name] ?? {})),
  ];
}

function faultsOf(scenario: Scenario, found: Results[string]): string[] {
  const { name, modes: only = modes } = scenario;
  const wanted = layoutsFor(scenario, layouts).map(String);
  return modes.flatMap((mode) => {
    const seen = Object.entries(found[mode] ?? {});
    const missing = only.includes(mode) ? wanted.filter((layout) => !seen.some(([one]) => one === layout)) : [];
    const odd = seen.filter(([layout]) => !only.includes(mode) || !wanted.includes(layout));
    return [
      ...missing.map((layout) => `${name}: never run in ${mode} mode, ${layout} per cluster`),
      ...odd.map(([layout]) => `${name}: is not for ${mode} mode, ${layout} per cluster`),
      ...seen.filter(([, result]) => result === 'FAILS').map(([layout]) => `${name}: fails, ${mode} ${layout}`),
    ];
  });
}
