/** scenarios: everything the differential suite looks at, in one list. */
import type { Scenario } from '../differential/scenario.ts';
import { botCalls } from './bot-calls.ts';
import { byHand } from './by-hand.ts';
import { calls } from './calls.ts';
import { constructors } from './constructors.ts';
import { deaths } from './deaths.ts';
import { environments } from './environments.ts';
import { evalFailures } from './eval-failures.ts';
import { failedStarts } from './failed-starts.ts';
import { gateway } from './gateway.ts';
import { installed } from './installed.ts';
import { loaders } from './loaders.ts';
import { messages } from './messages.ts';
import { ownUtils } from './own-utils.ts';
import { results } from './results.ts';
import { severalClusters } from './several-clusters.ts';
import { sharing } from './sharing.ts';
import { starts } from './starts.ts';
import { unwaited } from './unwaited.ts';
import { views } from './views.ts';
import { waysIn } from './ways-in.ts';

/** All scenarios that need nothing but discord.js. */
export const allScenarios: readonly Scenario[] = [
  ...constructors,
  ...calls,
  ...results,
  ...evalFailures,
  ...views,
  ...botCalls,
  ...ownUtils,
  ...messages,
  ...environments,
  ...starts,
  ...failedStarts,
  ...deaths,
  ...unwaited,
  ...severalClusters,
  ...sharing,
  ...byHand,
  ...gateway,
  ...waysIn,
];

/** Scenarios that need more than discord.js, by the name of their run. */
const named: Readonly<Record<string, readonly Scenario[]>> = { loaders, pnpm: installed };

/** The scenarios of a run. */
export const scenariosOf = (run = 'all'): readonly Scenario[] => named[run] ?? allScenarios;
