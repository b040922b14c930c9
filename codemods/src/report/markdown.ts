/** report/markdown: the report as a page of Markdown. */
import type { FileDiff } from './diff.ts';
import type { Report, SiteReport } from './types.ts';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

const outcomes = { rewritten: 'rewritten', 'rewritten-with-note': 'with a note', left: 'left' } as const;

const row = (site: SiteReport): string =>
  `| \`${site.file}:${site.line}\` | ${site.method} | ${outcomes[site.outcome]} | ${site.code ?? ''} | ${cell(site.message)} |`;

// A fence longer than any inside the diff.
const fence = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((m) => m[0].length + 1)));

/** Writes the page: the sums, each site, each changed file. */
export function markdown({ sites, summary }: Report, diffs: readonly FileDiff[]): string {
  const { found, rewritten, rewrittenWithNote, left, verified } = summary;
  const blocks = [
    '# dc-migrate',
    `| found | rewritten | with a note | left | checked |\n| --: | --: | --: | --: | --- |\n| ${found} | ${rewritten} | ${rewrittenWithNote} | ${left} | ${verified ? 'yes' : 'not all'} |`,
    '## Calls',
    `| where | what | outcome | code | |\n| --- | --- | --- | --- | --- |\n${sites.map(row).join('\n')}`,
    '## Changes',
    ...diffs.map(({ file, text }) => `### ${file}\n\n${fence(text)}diff\n${text}${fence(text)}`),
  ];
  return `${blocks.join('\n\n')}\n`;
}
