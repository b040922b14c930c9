/** report/html: the report as one page that needs nothing else. */
import type { FileDiff } from './diff.ts';
import type { Report, SiteReport } from './types.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => entities[one] ?? one);

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8884}
td:first-child{white-space:nowrap;font-family:ui-monospace,monospace;font-size:.85em}pre{overflow:auto;font-size:.85em;border:1px solid #8884;padding:.6rem}
pre span{display:block}.add{background:#2da44e33}.del{background:#cf222e33}.at{color:#888}
.rewritten b{color:#2da44e}.rewritten-with-note b{color:#bf8700}.left b{color:#cf222e}`;

const lineClass = (line: string): string =>
  line.startsWith('+') ? 'add' : line.startsWith('-') ? 'del' : line.startsWith('@@') ? 'at' : '';

const diffHtml = ({ file, text }: FileDiff): string => {
  const lines = text.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => `<span class="${lineClass(line)}">${escaped(line) || ' '}</span>`).join('');
  return `<details open><summary><code>${escaped(file)}</code></summary><pre>${body}</pre></details>`;
};

const row = (site: SiteReport): string =>
  `<tr class="${site.outcome}"><td>${escaped(site.file)}:${site.line}:${site.column}</td><td>${site.method}</td>` +
  `<td><b>${site.outcome.replaceAll('-', ' ')}</b></td><td>${site.code ?? ''}</td><td>${escaped(site.message)}</td></tr>`;

/** Writes the page: the sums, each site with its reason, each file before and after. */
export function html({ sites, summary }: Report, diffs: readonly FileDiff[]): string {
  const { found, rewritten, rewrittenWithNote, left, verified } = summary;
  const sums = `${found} found = ${rewritten} rewritten + ${rewrittenWithNote} rewritten with a note + ${left} left`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>dc-migrate</title><style>${style}</style></head>
<body>
<h1>dc-migrate</h1>
<p>${sums}. ${verified ? 'Every changed file was checked and has no new error.' : 'Not every changed file could be checked.'}</p>
<table><thead><tr><th>where</th><th>what</th><th>outcome</th><th>code</th><th>why, and what to do</th></tr></thead>
<tbody>
${sites.map(row).join('\n')}
</tbody></table>
<h2>Changes</h2>
${diffs.map(diffHtml).join('\n')}
</body>
</html>
`;
}
