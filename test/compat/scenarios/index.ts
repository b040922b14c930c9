/** scenarios: everything the differential suite looks at, in one list. */
import type { Scenario } from '../differential/scenario.ts';
import { botCalls } from './bot-calls.ts';
import { calls } from './calls.ts';
import { constructors } from './constructors.ts';
import { deaths } from './deaths.ts';
import { environments } from './environments.ts';
import { evalFailures } from './eval-failures.ts';
import { failedStarts } from './failed-starts.ts';
import { gateway } from './gateway.ts';
import { messages } from './messages.ts';
import { results } from './results.ts';
import { starts } from './starts.ts';
import { views } from './views.ts';

/** All scenarios. */
export const allScenarios: readonly Scenario[] = [
  ...constructors,
  ...calls,
  ...results,
  ...evalFailures,
  ...views,
  ...botCalls,
  ...messages,
  ...environments,
  ...starts,
  ...failedStarts,
  ...deaths,
  ...gateway,
];
