/** differential/verdicts: runs scenarios against discord.js and against ours, and says how they compare. */
import { type Comparison, compare } from './compare.ts';
import type { Lab } from './lab.ts';
import type { Lanes } from './lanes.ts';
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
  at: Comparison,
  outcomes: { readonly stock: Outcome | undefined; readonly ours: Outcome | undefined },
): Row {
  const { stock, ours } = outcomes;
  const failures = [
    ...(stock?.failure === undefined ? [] : [`discord.js: ${stock.failure}`]),
    ...(ours?.failure === undefined ? [] : [`ours: ${ours.failure}`]),
  ];
  const verdict = compare(scenario, at, { stock: stock?.trace ?? [], ours: ours?.trace ?? [] });
  const { layout, mode } = at;
  return { scenario: scenario.name, layout, mode, ...verdict, problems: [...failures, ...verdict.problems] };
}

/** Where and how scenarios are judged. */
export interface Bench {
  readonly lab: Lab;
  readonly lanes: Lanes;
  readonly mode: Mode;
  readonly layouts: readonly Layout[];
}

/** Layouts that differ for so many shards: two shards in clusters of four are two shards in clusters of two. */
export function layoutsFor({ shards = 2, fleet }: Scenario, layouts: readonly Layout[]): readonly Layout[] {
  if (fleet === 'shared') return layouts;
  const different = layouts.filter((layout) => Number(layout) <= shards);
  return different.length > 0 ? different : layouts.slice(0, 1);
}

/** Runs scenarios that all take the same fleets: one for discord.js, one for each layout. */
export async function judge({ lab, lanes, mode, layouts }: Bench, scenarios: readonly Scenario[]): Promise<Row[]> {
  const all: readonly Layout[] = ['stock', ...layouts];
  const runs = all.map((layout) => lanes.take(() => runFleet(lab, { layout, mode, scenarios })));
  const [stock, ...ours] = await Promise.all(runs);
  return layouts.flatMap((layout, index) =>
    scenarios.map((scenario) => {
      const { name } = scenario;
      return rowOf(
        scenario,
        { mode, layout, discord: lab.discord },
        { stock: stock?.get(name), ours: ours[index]?.get(name) },
      );
    }),
  );
}

/** Runs one scenario that changes its fleet: each layout has a fleet for it alone. */
export const judgeAlone = (bench: Bench, scenario: Scenario): Promise<Row[]> =>
  judge({ ...bench, layouts: layoutsFor(scenario, bench.layouts) }, [scenario]);
