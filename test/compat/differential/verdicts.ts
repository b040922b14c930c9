/** differential/verdicts: runs scenarios against discord.js and against ours, and says how they compare. */
import { compare } from './compare.ts';
import type { Lab } from './lab.ts';
import { type Outcome, runFleet } from './run.ts';
import type { Layout, Mode, Scenario } from './scenario.ts';

/** How one scenario went with one layout in one mode. */
export interface Row {
  readonly scenario: string;
  readonly mode: Mode;
  readonly layout: Layout;
  /** Labels that differ as declared; empty where all is the same. */
  readonly declared: readonly string[];
  /** Why it does not pass; empty when it does. */
  readonly problems: readonly string[];
}

function rowOf(
  scenario: Scenario,
  at: { readonly mode: Mode; readonly layout: Layout },
  outcomes: { readonly stock: Outcome | undefined; readonly ours: Outcome | undefined },
): Row {
  const { stock, ours } = outcomes;
  const failures = [
    ...(stock?.failure === undefined ? [] : [`discord.js: ${stock.failure}`]),
    ...(ours?.failure === undefined ? [] : [`ours: ${ours.failure}`]),
  ];
  const verdict = compare(scenario, at, { stock: stock?.trace ?? [], ours: ours?.trace ?? [] });
  return { scenario: scenario.name, ...at, ...verdict, problems: [...failures, ...verdict.problems] };
}

/** Runs scenarios that share their fleets: one fleet for each layout. */
export async function judgeShared(
  lab: Lab,
  { mode, layouts, scenarios }: { mode: Mode; layouts: readonly Layout[]; scenarios: readonly Scenario[] },
): Promise<Row[]> {
  const stock = await runFleet(lab, { layout: 'stock', mode, scenarios });
  const rows: Row[] = [];
  for (const layout of layouts) {
    const ours = await runFleet(lab, { layout, mode, scenarios });
    for (const scenario of scenarios) {
      const { name } = scenario;
      rows.push(rowOf(scenario, { mode, layout }, { stock: stock.get(name), ours: ours.get(name) }));
    }
  }
  return rows;
}

/** Layouts that differ for so many shards: two shards in clusters of four are two shards in clusters of two. */
export function layoutsFor({ shards = 2, fleet }: Scenario, layouts: readonly Layout[]): readonly Layout[] {
  if (fleet === 'shared') return layouts;
  const different = layouts.filter((layout) => Number(layout) <= shards);
  return different.length > 0 ? different : layouts.slice(0, 1);
}

/** Runs one scenario that changes its fleet: each layout has a fleet for it alone, two of them at a time. */
export async function judgeAlone(
  lab: Lab,
  { mode, layouts, scenario }: { mode: Mode; layouts: readonly Layout[]; scenario: Scenario },
): Promise<Row[]> {
  const wanted: Layout[] = ['stock', ...layoutsFor(scenario, layouts)];
  const found = new Map<Layout, Outcome | undefined>();
  const next = async (): Promise<void> => {
    for (let layout = wanted.shift(); layout !== undefined; layout = wanted.shift()) {
      const outcomes = await runFleet(lab, { layout, mode, scenarios: [scenario] });
      found.set(layout, outcomes.get(scenario.name));
    }
  };
  await Promise.all([next(), next()]);
  const stock = found.get('stock');
  const ours = [...found].filter(([layout]) => layout !== 'stock');
  return ours.map(([layout, outcome]) => rowOf(scenario, { mode, layout }, { stock, ours: outcome }));
}
