/** report/pretty: the report for people: a line per site, a table of the sums, and what to do next. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ReasonCode, reasons } from '../rules/reasons.ts';
import { checkedSentences } from './checked.ts';
import { assumptionsSentence, placesSentence, rowsByAssumption, rowsByCode, rowsByName, sumsOf } from './summary.ts';
import type { Outcome, Report, SiteReport } from './types.ts';

const marks: Readonly<Record<Outcome, string>> = { rewritten: 'done', 'rewritten-with-note': 'note', left: 'left' };

/**
 * Where shardlift is after a run: this run put it into a package.json, it is `named` in one but not installed, it is there
 * for each changed file, or one of those belongs to no package.json that could name it.
 */
export type ShardliftAt = 'added' | 'named' | 'installed' | 'unnamed';

/** What the end of the text depends on. */
export interface PrettyOptions {
  readonly dryRun: boolean;
  /** The options that made it one; `--dry-run` by default. */
  readonly withheldBy?: string;
  /** What `undo` takes the run back by. */
  readonly undoId: string | null;
  /** The folder that file names become links from, on a terminal that can show them. */
  readonly links: string | null;
  /** How the bot comes by shardlift: `added` by default. */
  readonly shardlift?: ShardliftAt;
}

/** What has to come first, by the codes of the sites that ask for it. */
const firsts: readonly (readonly [codes: RegExp, sentence: string])[] = [
  [/^DC-H2$/, 'First: wire the handlers file, see DC-H2 above; until then no rewritten call gets an answer.'],
  // A manager that stays another library's, or discord.js's, so that nothing goes through shardlift yet.
  [/^DC-M(?:5|8|13)$/, 'First: move the ShardingManager that was left, see above; only clusters of shardlift answer.'],
  [
    /^DC-M12$/,
    'First: mend the import of discord-hybrid-sharding that was left, see above; only clusters of shardlift answer.',
  ],
];

const installs: Readonly<Record<ShardliftAt, string>> = {
  added: 'install dependencies (shardlift is in package.json now), ',
  named: 'install dependencies (shardlift is in package.json), ',
  installed: '',
  unnamed: 'npm install shardlift (no package.json names it), ',
};

const isNote = ({ outcome, code }: SiteReport): boolean => outcome === 'rewritten-with-note' && code !== 'DC-H2';

/** Calls that were left work on only where a manager of shardlift starts the bot. */
const isManagerLeft = ({ code }: SiteReport): boolean => /^DC-M(?:5|8|12|13|15)$/.test(code ?? '');

/** Whether somebody has something to do about a site that was left. */
const asksWork = ({ outcome, code }: SiteReport): boolean =>
  outcome === 'left' && (code === null || reasons[code as ReasonCode].severity !== 'info');

/** The end of a run that writes nothing, by the options that asked for that, and what it does without them. */
export function dryRunSentence(withheldBy = '--dry-run', does = 'write it'): string {
  const kind = withheldBy === '--check' ? 'Check' : 'Dry run';
  return `${kind}: nothing was written. Run again without ${withheldBy} to ${does}.`;
}

function nextSteps({ sites, files, warnings, noLongerNeeded = [] }: Report, options: PrettyOptions): readonly string[] {
  const { dryRun, withheldBy, undoId, shardlift = 'added' } = options;
  const first = (warnings ?? []).map(({ message }) => `First: ${message}`);
  if (files.length === 0 && first.length > 0) return first;
  if (files.length === 0)
    return [sites.some(asksWork) ? 'Nothing was changed. Each line above says what to do.' : 'Nothing to do.'];
  if (dryRun) return [...first, dryRunSentence(withheldBy)];
  const before = firsts.flatMap(([codes, sentence]) =>
    sites.some(({ code }) => codes.test(code ?? '')) ? [sentence] : [],
  );
  const steps = [
    ...first,
    ...before,
    `${first.length + before.length === 0 ? 'Next' : 'Then'}: ${installs[shardlift]}run your tests, restart the bot.`,
  ];
  if (sites.some(isNote)) steps.push('Read the notes above: these calls work, but mean something slightly different.');
  if (sites.some(asksWork) && !sites.some(isManagerLeft))
    steps.push('Calls that were left keep working through shardlift/compat; change them when you like.');
  for (const file of noLongerNeeded)
    steps.push(`No file of the bot imports discord-hybrid-sharding any more: once it runs, take that out of ${file}.`);
  if (undoId !== null) steps.push(`To take it back: npx dc-migrate undo ${undoId}`);
  return steps;
}

/** A place as text, and as a link where the terminal shows links (OSC 8). */
function place({ file, line, column }: SiteReport, links: string | null): string {
  const text = `${file}:${line}:${column}`;
  if (links === null) return text;
  const url = pathToFileURL(resolve(links, file)).href;
  return `\u001B]8;;${url}#${line}\u0007${text}\u001B]8;;\u0007`;
}

/** Rows in columns: words to the left, numbers to the right. */
function columns(rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)));
  return rows.map((row) => {
    const cells = row.map((cell, at) => {
      const width = widths[at] ?? 0;
      return typeof cell === 'number' || (at > 0 && row === rows[0])
        ? String(cell).padStart(width)
        : String(cell).padEnd(width);
    });
    return `  ${cells.join('  ').trimEnd()}`;
  });
}

function tables({ sites }: Report): readonly (readonly string[])[] {
  if (sites.length === 0) return [];
  const names = rowsByName(sites).map((row) => [row.name, row.found, row.rewritten, row.withNote, row.left]);
  const codes = rowsByCode(sites).map(({ code, title, withNote, left }) => [`${code}  ${title}`, withNote, left]);
  const byName = columns([['', 'found', 'rewritten', 'with a note', 'left'], ...names]);
  return codes.length === 0 ? [byName] : [byName, columns([['', 'with a note', 'left'], ...codes])];
}

/** How much of what is taken for granted is named on a terminal; pages name all of it. */
const named = 3;

/** What the rewritten calls rest on. */
function assumptionLines({ sites }: Report): readonly string[] {
  const rows = rowsByAssumption(sites).map(({ code, title, places, what }) => {
    const more = what.length > named ? `, ${what.length - named} more` : '';
    return [`${code}  ${title}`, places, `${what.slice(0, named).join(', ')}${more}`];
  });
  if (rows.length === 0) return [];
  return [
    assumptionsSentence,
    ...columns([['', 'places', ''], ...rows]),
    'Each place: --report or --json. What a code means: npx dc-migrate explain CODE.',
  ];
}

/** Writes the report as text. */
export function pretty(report: Report, options: PrettyOptions): string {
  const lines = report.sites.map((site) => {
    const code = site.code === null ? '' : ` ${site.code}`;
    return `${place(site, options.links)}  ${marks[site.outcome]}${code}  ${site.method}: ${site.message}`;
  });
  const changes = report.files.map(({ file, change }) => `  ${change === 'created' ? 'create' : 'edit'}  ${file}`);
  const moved = !options.dryRun && report.files.some(({ change }) => change === 'edited');
  const sums = [sumsOf(report.summary), ...checkedSentences(report.summary), ...(moved ? [placesSentence] : [])];
  const blocks = [lines, changes, ...tables(report), assumptionLines(report), sums, nextSteps(report, options)];
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return `${shown.join('\n\n')}\n`;
}
