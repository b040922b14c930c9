/** report/markdown: the report as a page of Markdown. */
import { type About, commandOf, runSentence } from './about.ts';
import { checkedSentences } from './checked.ts';
import type { FileDiff } from './diff.ts';
import { linkTo } from './links.ts';
import {
  assumptionsSentence,
  namedOnce,
  outcomeWords,
  placesSentence,
  rowsByAssumption,
  rowsByCode,
  rowsByName,
  toldByPlace,
} from './summary.ts';
import type { Report, SiteReport } from './types.ts';

/** What Markdown would take for marks, between spans of code. */
const mark = /[\\`*<[\]~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)/g;

/** A sentence as text; what stands in backticks stays code. */
const prose = (text: string): string =>
  text
    .split(/(`[^`\n]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(mark, '\\$&')))
    .join('');

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** Code between enough backticks. */
function code(text: string): string {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map((m) => m[0].length)) + 1);
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`;
}

type Row = readonly (string | number)[];

/** A table; columns after the first `words` are numbers. */
function table(head: Row, rows: readonly Row[], words: number): string {
  const rule = head.map((_, at) => (at < words ? '---' : '--:'));
  const line = (row: Row): string => `| ${row.join(' | ')} |`;
  return [head, rule, ...rows].map(line).join('\n');
}

/** A place that leads to the line where the page is shown beside the code. */
const place = ({ file, line }: SiteReport, up: string): string =>
  `[${cell(code(`${file}:${line}`))}](${linkTo(up + file)}#L${line})`;

const siteRow = (site: SiteReport, up: string): Row => [
  place(site, up),
  site.method,
  outcomeWords[site.outcome],
  site.code ?? '',
  cell(prose(site.message)),
];

// A fence longer than any inside the diff.
const fence = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((m) => m[0].length + 1)));

function sums({ sites, summary }: Report): readonly string[] {
  const names = rowsByName(sites).map((row): Row => [row.name, row.found, row.rewritten, row.withNote, row.left]);
  const codes = rowsByCode(sites).map((row): Row => [row.code, row.title, row.withNote, row.left]);
  const checked = checkedSentences(summary);
  const byName = table(['name', 'found', 'rewritten', 'with a note', 'left'], names, 1);
  const byCode = codes.length === 0 ? [] : [table(['code', 'what it is', 'with a note', 'left'], codes, 2)];
  return [byName, ...byCode, ...(checked.length === 0 ? [] : [checked.join(' ')])];
}

/** What the rewritten calls rest on, place by place. */
function assumptions({ sites }: Report, up: string): readonly string[] {
  const rows = sites.flatMap((site) =>
    toldByPlace(site).map((one): Row => [place(site, up), one.code, cell(one.what.map(code).join(', '))]),
  );
  const codes = rowsByAssumption(sites).map(
    (row) => `- **${row.code}** (${row.title}): ${prose(row.sentence + namedOnce(row))}`,
  );
  if (codes.length === 0) return [];
  const places = rows.length === 0 ? [] : [table(['where', 'code', 'what'], rows, 3)];
  return ['## Taken for granted', assumptionsSentence, codes.join('\n'), ...places];
}

/**
 * Writes the page: the sums, each site, each changed file.
 *
 * @param up - leads from the page's folder to the folder that files are named from: `''`, or `'../'` and the like
 * @param about - the run, where somebody asked for this page
 */
export function markdown(report: Report, diffs: readonly FileDiff[], up = '', about: About | null = null): string {
  const sites = report.sites.map((site) => siteRow(site, up));
  const blocks = [
    '# dc-migrate',
    ...(about === null ? [] : [`${runSentence(about)} ${code(commandOf(about))}`]),
    ...(report.warnings ?? []).map((one) => `**${one.code}** ${prose(one.message)}`),
    ...sums(report),
    '## Calls',
    ...(diffs.length === 0 ? [] : [placesSentence]),
    table(['where', 'what', 'outcome', 'code', 'why, and what to do'], sites, 5),
    ...assumptions(report, up),
    '## Changes',
    ...diffs.map(({ file, text }) => `### ${prose(file)}\n\n${fence(text)}diff\n${text}${fence(text)}`),
  ];
  return `${blocks.join('\n\n')}\n`;
}
