import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allScenarios } from '../scenarios/index.ts';
import { type Lab, openLab } from './lab.ts';
import type { Layout, Mode, Scenario } from './scenario.ts';
import { tableOf } from './table.ts';
import { judgeAlone, judgeShared, type Row } from './verdicts.ts';

// `npm test` runs a part: every scenario on shared fleets, those marked quick on fleets of their own.
const all = process.env.DIFFERENTIAL === 'all';
const wanted = process.env.DIFFERENTIAL_ONLY;
const isWanted = ({ name }: Scenario): boolean => wanted === undefined || new RegExp(wanted).test(name);
const layouts: Record<Mode, readonly Layout[]> = all
  ? { process: [1, 2, 4], worker: [1, 2, 4] }
  : { process: [1, 2], worker: [4] };
const shared = allScenarios.filter((scenario) => scenario.fleet === 'shared' && isWanted(scenario));
const alone = allScenarios.filter((scenario) => scenario.fleet === 'own' && isWanted(scenario));

let lab: Lab;
const table: Row[] = [];
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  await lab.close();
  if (all) process.stdout.write(`\n${tableOf(table)}\n`);
});

const problemsIn = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ layout, problems }) => problems.map((problem) => `${layout} per cluster: ${problem}`));

describe.each(['process', 'worker'] as const)('in %s mode, against discord.js', (mode) => {
  const inMode = ({ modes = ['process', 'worker'] }: Scenario): boolean => modes.includes(mode);

  describe.runIf(shared.some(inMode))('on a fleet that others look at too', () => {
    let rows: readonly Row[] = [];
    beforeAll(async () => {
      rows = await judgeShared(lab, { mode, layouts: layouts[mode], scenarios: shared.filter(inMode) });
      table.push(...rows);
    }, 240_000);

    test.each(shared.filter(inMode).map(({ name }) => name))('%s', (name) => {
      const own = rows.filter(({ scenario }) => scenario === name);
      expect(own).toHaveLength(layouts[mode].length);
      expect(problemsIn(own), problemsIn(own).join('\n')).toEqual([]);
    });
  });

  const destructive = alone.filter((one) => inMode(one) && (all || (one.quick === true && mode === 'process')));
  describe.runIf(destructive.length > 0)('on a fleet of its own', () => {
    test.each(destructive.map((scenario) => [scenario.name, scenario] as const))(
      '%s',
      async (_, scenario) => {
        const rows = await judgeAlone(lab, { mode, layouts: layouts[mode], scenario });
        table.push(...rows);
        // A whole run takes minutes: what it finds is worth reading before its end.
        if (all) process.stdout.write(`${mode} ${scenario.name}: ${problemsIn(rows).join('; ') || 'passes'}\n`);
        expect(rows.length).toBeGreaterThan(0);
        expect(problemsIn(rows), problemsIn(rows).join('\n')).toEqual([]);
      },
      240_000,
    );
  });
});
