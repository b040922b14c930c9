/** report/markdown: the report as a page of Markdown. */
import { checkedSentences } from './checked.ts';
import type { FileDiff } from './diff.ts';
import { outcomeWords, placesSentence, rowsByCode, rowsByName } from './summary.ts';
import type { Report, SiteReport } from './types.ts';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

type Row = readonly (string | number)[];

/** A table; columns after the first `words` are numbers. */
function table(head: Row, rows: readonly Row[], words: number): string {
  const rule = head.map((_, at) => (at < words ? '---' : '--:'));
  const line = (row: Row): string => `| ${row.join(' | ')} |`;
  return [head, rule, ...rows].map(line).join('\n');
}

/** A place that leads to the line where the page is shown beside the code. */
const place = ({ file, line }: SiteReport, up: string): string =>
  `[\`${file}:${line}\`](${encodeURI(up + file)}#L${line})`;

const siteRow = (site: SiteReport, up: string): Row => [
  place(site, up),
  site.method,
  outcomeWords[site.outcome],
  site.code ?? '',
  cell(site.message),
];

// A fence longer than any inside the diff.
const fence = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((m) => m[0].length + 1)));

function sums({ sites, summary }: Report): readonly string[] {
  const names = rowsByName(sites).map((row): Row => [row.name, row.found, row.rewritten, row.withNote, row.left]);
  const codes = rowsByCode(sites).map((row): Row => [row.code, row.title, row.withNote, row.left]);
  const checked = checkedSentences(summary);
  const byName = table(['', 'found', 'rewritten', 'with a note', 'left'], names, 1);
  const byCode = codes.length === 0 ? [] : [table(['code', '', 'with a note', 'left'], codes, 2)];
  return [byName, ...byCode, ...(checked.length === 0 ? [] : [checked.join(' ')])];
}

/**
 * Writes the page: the sums, each site, each changed file.
 *
 * @param up - leads from the page's folder to the folder that files are named from: `''`, or `'../'` and the like
 */
export function markdown(report: Report, diffs: readonly FileDiff[], up = ''): string {
  const sites = report.sites.map((site) => siteRow(site, up));
  const blocks = [
    '# dc-migrate',
    ...(report.warnings ?? []).map(({ code, message }) => `**${code}** ${message}`),
    ...sums(report),
    '## Calls',
    ...(diffs.length === 0 ? [] : [placesSentence]),
    table(['where', 'what', 'outcome', 'code', ''], sites, 5),
    '## Changes',
    ...diffs.map(({ file, text }) => `### ${file}\n\n${fence(text)}diff\n${text}${fence(text)}`),
  ];
  return `${blocks.join('\n\n')}\n`;
}
