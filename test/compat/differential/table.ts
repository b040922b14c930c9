/** differential/table: what a run came to, in lines for a terminal. */
import { resultOf } from './results.ts';
import type { Row } from './verdicts.ts';

/** One line per scenario and mode, one column per layout, and the sums below. */
export function tableOf(rows: readonly Row[]): string {
  const layouts = [...new Set(rows.map(({ layout }) => layout))].sort();
  const keys = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.mode.padEnd(8)}${row.scenario}`;
    keys.set(key, [...(keys.get(key) ?? []), row]);
  }
  const width = Math.max(...[...keys.keys()].map((key) => key.length), 0) + 2;
  const cell = (found: Row | undefined): string => (found === undefined ? '-' : resultOf(found)).padEnd(13);
  const lines = [...keys].map(([key, own]) => {
    const cells = layouts.map((layout) => cell(own.find((row) => row.layout === layout)));
    return `${key.padEnd(width)}${cells.join('')}`.trimEnd();
  });
  const head = `${'shards per cluster:'.padEnd(width)}${layouts.map((layout) => String(layout).padEnd(13)).join('')}`;
  const count = (wanted: string): number => rows.filter((row) => resultOf(row) === wanted).length;
  const scenarios = new Set(rows.map(({ scenario }) => scenario)).size;
  const sums = `${count('same')} the same, ${count('as declared')} as declared, ${count('FAILS')} fail`;
  return [head.trimEnd(), ...lines, '', `${scenarios} scenarios, ${rows.length} comparisons: ${sums}`].join('\n');
}
