/** command/doctor: the calls of a bot that throw today, before anything is migrated. */
import type { Report, SiteReport } from '../report/types.ts';
import type { RunResult } from '../run/run.ts';

/** A place in doctor's words: what throws today, and not what a run would make of it. */
function failingSite({ assumptions: _, ...site }: SiteReport): readonly SiteReport[] {
  const { throwsToday } = site;
  return throwsToday === undefined ? [] : [{ ...site, ...throwsToday, outcome: 'left', handler: null }];
}

/** The sites whose call throws whenever it runs, as a run that changed nothing. */
export function doctorResult({ report }: RunResult): RunResult {
  const sites = report.sites.flatMap(failingSite);
  const checked = { types: 0, names: 0, ownerTyped: 0, unchecked: 0 };
  const sums = { found: sites.length, rewritten: 0, rewrittenWithNote: 0, left: sites.length };
  const told: Report = { version: 1, sites, files: [], summary: { ...sums, verified: true, checked } };
  return { report: told, diffs: [], diff: '', undoId: null };
}

/** How many of the calls throw. */
export function doctorSum({ sites }: Report): string {
  const calls = sites.filter(({ method }) => method === 'broadcastEval' || method === 'fetchClientValues');
  return `${sites.filter(({ throwsToday }) => throwsToday !== undefined).length} of ${calls.length} calls throw today.`;
}

/** Writes doctor's report for people. */
export function doctorText({ sites }: Report, sum: string): string {
  const lines = sites.map((site) => `${site.file}:${site.line}:${site.column}  ${site.code}  ${site.message}`);
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), sum].join('\n')}\n`;
}
