/** report/html: the report as one page that needs nothing else. */
import { type About, commandOf, runSentence } from './about.ts';
import { checkedSentences } from './checked.ts';
import type { FileDiff } from './diff.ts';
import { linkTo } from './links.ts';
import { type DiffRow, hunksOf, type Side } from './side-by-side.ts';
import {
  assumptionsSentence,
  namedOnce,
  outcomeWords,
  placesSentence,
  rowsByAssumption,
  rowsByCode,
  rowsByName,
  sumsOf,
  toldByPlace,
} from './summary.ts';
import type { Report, SiteReport } from './types.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string | number): string => String(text).replace(/[&<>"]/g, (one) => entities[one] ?? one);

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{max-width:90rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8884}
.sums td+td{text-align:right}.codes td:nth-child(n+3){text-align:right}.where{white-space:nowrap;font-family:ui-monospace,monospace;font-size:.85em}
.diff{width:100%;table-layout:fixed;margin:.5rem 0 1.5rem;font-family:ui-monospace,monospace;font-size:.85em}.diff td,.diff th{border:0;padding:0 .5rem}
.diff td{white-space:pre-wrap;overflow-wrap:anywhere}.diff .n{width:3.5rem;text-align:right;color:#888;user-select:none}
.add{background:#2da44e33}.del{background:#cf222e33}.gap td{color:#888}
.rewritten b{color:#2da44e}.rewritten-with-note b{color:#bf8700}.left b{color:#cf222e}`;

type Row = readonly (string | number)[];

function table(kind: string, head: Row, rows: readonly Row[]): string {
  const cells = (row: Row, tag: string): string => row.map((one) => `<${tag}>${escaped(one)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  return `<table class="${kind}"><thead><tr>${cells(head, 'th')}</tr></thead>\n<tbody>\n${body}\n</tbody></table>`;
}

const anchor = (file: string): string => `file-${encodeURIComponent(file)}`;

/** A place leads to the changes of its file, or, where there are none, to the file itself. */
function place({ file, line, column }: SiteReport, changed: ReadonlySet<string>, up: string): string {
  const href = changed.has(file) ? `#${anchor(file)}` : linkTo(up + file);
  return `<a href="${escaped(href)}">${escaped(file)}:${line}:${column}</a>`;
}

const siteRow = (site: SiteReport, where: string): string =>
  `<tr class="${site.outcome}"><td class="where">${where}</td><td>${site.method}</td>` +
  `<td><b>${outcomeWords[site.outcome]}</b></td><td>${site.code ?? ''}</td><td>${escaped(site.message)}</td></tr>`;

/** What the rewritten calls rest on, place by place. */
function assumptionsHtml(sites: readonly SiteReport[], where: (site: SiteReport) => string): string {
  const codes = rowsByAssumption(sites).map(
    (row) => `<li><b>${row.code}</b> (${escaped(row.title)}): ${escaped(row.sentence + namedOnce(row))}</li>`,
  );
  if (codes.length === 0) return '';
  const rows = sites.flatMap((site) =>
    toldByPlace(site).map(
      ({ code, what }) =>
        `<tr><td class="where">${where(site)}</td><td>${code}</td><td>${escaped(what.join(', '))}</td></tr>`,
    ),
  );
  const head = '<thead><tr><th>where</th><th>code</th><th>what</th></tr></thead>';
  const places = rows.length === 0 ? '' : `<table>${head}\n<tbody>\n${rows.join('\n')}\n</tbody></table>\n`;
  return `<h2>Taken for granted</h2>
<p>${assumptionsSentence}</p>
<ul>${codes.join('')}</ul>
${places}`;
}

const side = (one: Side | null, kind: string): string =>
  one === null
    ? '<td class="n"></td><td></td>'
    : `<td class="n">${one.line}</td><td class="${kind}">${escaped(one.text)}</td>`;

const diffRow = ({ before, after, changed }: DiffRow): string =>
  `<tr>${side(before, changed ? 'del' : '')}${side(after, changed ? 'add' : '')}</tr>`;

/** One file before and after, with what was decided about it. */
function fileHtml({ file, text }: FileDiff, sites: readonly SiteReport[]): string {
  const gap = '<tr class="gap"><td class="n"></td><td>…</td><td class="n"></td><td>…</td></tr>';
  const rows = hunksOf(text).map((hunk) => hunk.map(diffRow).join('\n'));
  const reasons = sites.map(
    ({ line, outcome, code, message }) =>
      `<li class="${outcome}">line ${line}: <b>${outcomeWords[outcome]}</b> ${code ?? ''} ${escaped(message)}</li>`,
  );
  return `<details open id="${anchor(file)}"><summary><code>${escaped(file)}</code></summary>
<ul>${reasons.join('')}</ul>
<table class="diff"><thead><tr><th class="n"></th><th>before</th><th class="n"></th><th>after</th></tr></thead>
<tbody>
${rows.join(`\n${gap}\n`)}
</tbody></table></details>`;
}

/**
 * Writes the page: the sums, each site with its reason, each file before and after.
 *
 * @param up - leads from the page's folder to the folder that files are named from: `''`, or `'../'` and the like
 * @param about - the run, where somebody asked for this page
 */
export function html(
  { sites, summary, warnings = [] }: Report,
  diffs: readonly FileDiff[],
  up = '',
  about: About | null = null,
): string {
  const ran = about === null ? '' : `<p>${escaped(runSentence(about))} <code>${escaped(commandOf(about))}</code></p>\n`;
  const changed = new Set(diffs.map(({ file }) => file));
  const names = rowsByName(sites).map((row): Row => [row.name, row.found, row.rewritten, row.withNote, row.left]);
  const codes = rowsByCode(sites).map((row): Row => [row.code, row.title, row.withNote, row.left]);
  const warned = warnings.map(({ code, message }) => `<p><b>${code}</b> ${escaped(message)}</p>\n`).join('');
  const checked = escaped(checkedSentences(summary).join(' '));
  const ofFile = (one: FileDiff): readonly SiteReport[] => sites.filter(({ file }) => file === one.file);
  const files = diffs.map((diff) => fileHtml(diff, ofFile(diff)));
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>dc-migrate</title><style>${style}</style></head>
<body>
<h1>dc-migrate</h1>
${ran}${warned}<p>${sumsOf(summary)}. ${checked}</p>
${table('sums', ['name', 'found', 'rewritten', 'with a note', 'left'], names)}
${codes.length === 0 ? '' : table('codes', ['code', 'what it is', 'with a note', 'left'], codes)}
<h2>Calls</h2>
${
  diffs.length === 0
    ? ''
    : `<p>${placesSentence}</p>
`
}<table><thead><tr><th>where</th><th>what</th><th>outcome</th><th>code</th><th>why, and what to do</th></tr></thead>
<tbody>
${sites.map((site) => siteRow(site, place(site, changed, up))).join('\n')}
</tbody></table>
${assumptionsHtml(sites, (site) => place(site, changed, up))}<h2>Changes</h2>
${files.join('\n')}
</body>
</html>
`;
}
