/** command/doctor: the calls of a bot that throw today, before anything is migrated. */
import type { Report, SiteReport } from '../report/types.ts';

/** The sites whose call throws whenever it runs. */
export function failing({ sites }: Report): readonly SiteReport[] {
  return sites.filter((site) => site.throwsToday === true);
}

/** Writes them for people. */
export function doctorText(report: Report): string {
  const found = failing(report);
  const lines = found.map((site) => `${site.file}:${site.line}:${site.column}  ${site.code}  ${site.message}`);
  const calls = report.sites.filter(({ method }) => method === 'broadcastEval' || method === 'fetchClientValues');
  const sum = `${found.length} of ${calls.length} calls throw today.`;
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), sum].join('\n')}\n`;
}
