import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allScenarios, scenariosOf } from '../scenarios/index.ts';
import { type Lab, openLab } from './lab.ts';
import { Lanes } from './lanes.ts';
import { keepResults } from './results.ts';
import type { Layout, Mode, Scenario } from './scenario.ts';
import { tableOf } from './table.ts';
import { judge, judgeAlone, type Row } from './verdicts.ts';

// `npm test` runs a part: every scenario on shared fleets; on fleets of their own those marked quick, two shards a cluster.
const { DIFFERENTIAL: run } = process.env;
const all = ['all', 'loaders', 'pnpm'].includes(run ?? '');
const wanted = process.env.DIFFERENTIAL_ONLY;
const isWanted = ({ name }: Scenario): boolean => wanted === undefined || new RegExp(wanted).test(name);
const layouts: Record<Mode, readonly Layout[]> = all
  ? { process: [1, 2, 4], worker: [1, 2, 4] }
  : { process: [1, 2], worker: [4] };
const ownLayouts = (mode: Mode): readonly Layout[] => (all ? layouts[mode] : [2]);
const modes = ['process', 'worker'] as const;

const isFor = ({ fleet, quick, modes: only = modes }: Scenario, mode: Mode): boolean =>
  only.includes(mode) && (fleet === 'shared' || all || (quick === true && mode === 'process'));
const chosen = (mode: Mode, fleet: Scenario['fleet']): Scenario[] =>
  scenariosOf(run).filter((scenario) => scenario.fleet === fleet && isWanted(scenario) && isFor(scenario, mode));

let lab: Lab;
const table: Row[] = [];
/** What becomes of the fleets; those of all tests are started before the first of them is looked at. */
const shared = new Map<Mode, Promise<Row[]>>();
const alone = new Map<string, Promise<Row[]>>();
beforeAll(async () => {
  lab = await openLab();
  const lanes = new Lanes(3);
  for (const mode of modes) {
    const scenarios = chosen(mode, 'shared');
    if (scenarios.length > 0) shared.set(mode, judge({ lab, lanes, mode, layouts: layouts[mode] }, scenarios));
  }
  for (const mode of modes) {
    for (const scenario of chosen(mode, 'own')) {
      const rows = judgeAlone({ lab, lanes, mode, layouts: ownLayouts(mode) }, scenario);
      alone.set(`${mode} ${scenario.name}`, rows);
    }
  }
  // A run that cannot even be made is the failure of the test that asks for it.
  for (const rows of [...shared.values(), ...alone.values()]) rows.catch(() => undefined);
});
afterAll(async () => {
  await Promise.allSettled([...shared.values(), ...alone.values()]);
  await lab.close();
  if (all) process.stdout.write(`\n${tableOf(table)}\n`);
  // The document is of the newest discord.js on the Node of the tests; other folders hold others.
  if (run === 'all' && process.env.DIFFERENTIAL_LAB === undefined) keepResults(table, allScenarios);
}, 480_000);

const problemsIn = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ layout, problems }) => problems.map((problem) => `${layout} per cluster: ${problem}`));

describe.each(modes)('in %s mode, against discord.js', (mode) => {
  const lookers = chosen(mode, 'shared').map(({ name }) => name);
  describe.runIf(lookers.length > 0)('on a fleet that others look at too', () => {
    let rows: readonly Row[] = [];
    beforeAll(async () => {
      rows = (await shared.get(mode)) ?? [];
      table.push(...rows);
    }, 480_000);

    test.each(lookers)('%s', (name) => {
      const own = rows.filter(({ scenario }) => scenario === name);
      expect(own).toHaveLength(layouts[mode].length);
      expect(problemsIn(own), problemsIn(own).join('\n')).toEqual([]);
    });
  });

  const movers = chosen(mode, 'own').map(({ name }) => name);
  describe.runIf(movers.length > 0)('on a fleet of its own', () => {
    test.each(movers)(
      '%s',
      async (name) => {
        const rows = (await alone.get(`${mode} ${name}`)) ?? [];
        table.push(...rows);
        // A whole run takes minutes: what it finds is worth reading before its end.
        if (all) process.stdout.write(`${mode} ${name}: ${problemsIn(rows).join('; ') || 'passes'}\n`);
        expect(rows.length).toBeGreaterThan(0);
        expect(problemsIn(rows), problemsIn(rows).join('\n')).toEqual([]);
      },
      480_000,
    );
  });
});
