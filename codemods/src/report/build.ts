/** report/build: turns decisions and planned files into the report. */
import type { Decision, PlannedFile } from '../plan/decision.ts';
import { explain, type Finding } from '../rules/reasons.ts';
import { throwsOf } from '../rules/throw-reasons.ts';
import { positionOf } from '../syntax/syntax.ts';
import { shown } from '../wording/shown-path.ts';
import type { Assumption, Checked, FileReport, Outcome, Report, SiteReport, Summary, Warning } from './types.ts';

function outcomeOf({ rewritten, findings }: Decision): Outcome {
  if (!rewritten) return 'left';
  return findings.length > 0 ? 'rewritten-with-note' : 'rewritten';
}

function done({ site, handler, direct, core }: Decision): string {
  if (direct !== undefined) return `Calls cluster.${direct.method}.`;
  if (site.verdict.kind === 'call') return `Asks the handler ${handler} through ${site.verdict.plan.target}.`;
  if (site.method === 'discord-hybrid-sharding') return 'The same names come from shardlift/compat/hybrid.';
  if (core === true) return 'ClusterManager comes from shardlift.';
  return `${site.method} comes from shardlift/compat.`;
}

const assumptionReport = (one: Finding): Assumption => ({
  code: one.code,
  what: one.what ?? [],
  message: explain(one),
});

/** What is known of a call that could be rewritten, whatever keeps it from that. */
const notesOf = ({ site: { verdict } }: Decision): readonly Finding[] =>
  verdict.kind === 'call' ? verdict.plan.notes : [];

function siteReport(decision: Decision, cwd: string): SiteReport {
  const { site, rewritten, findings, assumptions = [], handler } = decision;
  const outcome = outcomeOf(decision);
  const throws = throwsOf(rewritten ? findings : [...findings, ...notesOf(decision)], rewritten);
  return {
    file: shown(site.file.source.path, cwd),
    ...positionOf(site.file.tree, site.at),
    method: site.method,
    receiver: site.receiver,
    outcome,
    code: findings[0]?.code ?? null,
    message: outcome === 'rewritten' ? done(decision) : findings.map(explain).join(' '),
    handler,
    ...(rewritten && assumptions.length > 0 ? { assumptions: assumptions.map(assumptionReport) } : {}),
    ...(throws === null ? {} : { throwsToday: throws }),
  };
}

const byPlace = (a: SiteReport, b: SiteReport): number =>
  a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;

function summaryOf(sites: readonly SiteReport[], checked: Checked): Summary {
  const count = (outcome: Outcome): number => sites.filter((site) => site.outcome === outcome).length;
  return {
    found: sites.length,
    rewritten: count('rewritten'),
    rewrittenWithNote: count('rewritten-with-note'),
    left: count('left'),
    verified: checked.unchecked === 0 && checked.ownerTyped === 0,
    checked,
  };
}

/** Builds the report of a run. */
export function buildReport(
  decisions: readonly Decision[],
  files: readonly PlannedFile[],
  given: {
    readonly cwd: string;
    readonly checked: Checked;
    readonly warnings?: readonly Warning[];
    readonly unneeded?: readonly string[];
  },
): Report {
  const sites = decisions.map((decision) => siteReport(decision, given.cwd)).sort(byPlace);
  const changed = files.map(
    ({ path, before }): FileReport => ({
      file: shown(path, given.cwd),
      change: before === null ? 'created' : 'edited',
    }),
  );
  changed.sort((a, b) => (a.file < b.file ? -1 : 1));
  const warned = given.warnings === undefined || given.warnings.length === 0 ? {} : { warnings: given.warnings };
  const { unneeded = [] } = given;
  const moved = unneeded.length === 0 ? {} : { noLongerNeeded: unneeded };
  return { version: 1, sites, files: changed, summary: summaryOf(sites, given.checked), ...warned, ...moved };
}
