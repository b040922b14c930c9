/** report/pretty: the report for people: a line per site, the sums, and what to do next. */
import type { Outcome, Report } from './types.ts';

const marks: Readonly<Record<Outcome, string>> = { rewritten: 'done', 'rewritten-with-note': 'note', left: 'left' };

function nextSteps({ summary, files }: Report, dryRun: boolean): readonly string[] {
  if (files.length === 0)
    return [summary.left > 0 ? 'Nothing was changed. Each line above says what to do.' : 'Nothing to do.'];
  if (dryRun) return ['Dry run: nothing was written. Run again without --dry-run to write it.'];
  const steps = ['Next: install dependencies (shardlift is in package.json now), run your tests, restart the bot.'];
  if (summary.rewrittenWithNote > 0)
    steps.push('Read the notes above: these calls work, but mean something slightly different.');
  if (summary.left > 0)
    steps.push('Calls that were left keep working through shardlift/compat; change them when you like.');
  return steps;
}

/** Writes the report as text. `dryRun` changes only the last lines. */
export function pretty(report: Report, dryRun: boolean): string {
  const lines = report.sites.map((site) => {
    const code = site.code === null ? '' : ` ${site.code}`;
    return `${site.file}:${site.line}:${site.column}  ${marks[site.outcome]}${code}  ${site.method}: ${site.message}`;
  });
  const changes = report.files.map(({ file, change }) => `  ${change === 'created' ? 'create' : 'edit'}  ${file}`);
  const { found, rewritten, rewrittenWithNote, left, verified } = report.summary;
  const sums = `${found} found = ${rewritten} rewritten + ${rewrittenWithNote} rewritten with a note + ${left} left`;
  const checked = verified ? ['The result was type-checked: no new errors.'] : [];
  const blocks = [lines, changes, [sums, ...checked], nextSteps(report, dryRun)].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}
