/** report/annotations: the report as other programs read it: GitHub's log commands and SARIF. */
import type { Log, Result } from 'sarif';
import { ownVersion } from '../project/own-version.ts';
import { inGeneral } from '../rules/examples.ts';
import { type ReasonCode, reasons, titleOf } from '../rules/reasons.ts';
import { linkTo } from './links.ts';
import { rowsByAssumption } from './summary.ts';
import type { Report, SiteReport, Summary, Warning } from './types.ts';

const informationUri = 'https://www.npmjs.com/package/dc-migrate';

/** GitHub's levels and SARIF's are nearly the same words. */
const levelOf = ({ code, outcome, throwsToday }: SiteReport): 'warning' | 'notice' | null => {
  if (code === null) return null;
  const { severity } = reasons[code as ReasonCode];
  return severity === 'todo' || (outcome === 'left' && throwsToday !== undefined) ? 'warning' : 'notice';
};

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

const sumOf = ({ found, rewritten, rewrittenWithNote, left }: Summary): string =>
  `${found} found, ${rewritten + rewrittenWithNote} rewritten, ${left} left`;

/**
 * The report as commands of a log.
 *
 * @param sum - what the last line says
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function github({ sites, summary, warnings = [] }: Report, sum = sumOf(summary)): string {
  const first = warnings.map(
    ({ file, code, message }) => `::warning file=${property(file)},title=${code}::${data(message)}`,
  );
  const lines = sites.flatMap((site) => {
    const level = levelOf(site);
    if (level === null) return [];
    const at = `file=${property(site.file)},line=${site.line},col=${site.column},title=${property(site.code ?? '')}`;
    return [`::${level} ${at}::${data(site.message)}`];
  });
  return `${[...first, ...lines, `dc-migrate: ${sum}`].join('\n')}\n`;
}

const result = (site: SiteReport, ruleId: string): Result => ({
  ruleId,
  level: levelOf(site) === 'warning' ? 'warning' : 'note',
  message: { text: site.message },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: linkTo(site.file), uriBaseId: '%SRCROOT%' },
        region: { startLine: site.line, startColumn: site.column },
      },
    },
  ],
});

const aboutFile = ({ file, code, message }: Warning): Result => ({
  ruleId: code,
  level: 'warning',
  message: { text: message },
  locations: [{ physicalLocation: { artifactLocation: { uri: linkTo(file), uriBaseId: '%SRCROOT%' } } }],
});

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif({ sites, summary, warnings = [] }: Report): string {
  const results = [
    ...warnings.map(aboutFile),
    ...sites.flatMap((site) => (site.code === null ? [] : [result(site, site.code)])),
  ];
  const codes = [...new Set(results.map(({ ruleId }) => ruleId as ReasonCode))].sort();
  const rules = codes.map((id) => ({
    id,
    shortDescription: { text: titleOf(id) },
    fullDescription: { text: inGeneral(id) },
    help: { text: `npx dc-migrate explain ${id}` },
  }));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dc-migrate', version: ownVersion(), informationUri, rules } },
        columnKind: 'utf16CodeUnits',
        results,
        // Calls without a code are no results, so the sums say that nothing is missing; nor is what they rest on.
        properties: { ...summary, assumptions: rowsByAssumption(sites) },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
