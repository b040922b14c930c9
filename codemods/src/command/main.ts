/** command/main: runs a command, prints, and chooses the exit code; nothing else. */
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { MigrateError } from '../errors.ts';
import { ownVersion } from '../project/own-version.ts';
import type { About } from '../report/about.ts';
import { github, sarif } from '../report/annotations.ts';
import { html } from '../report/html.ts';
import { markdown } from '../report/markdown.ts';
import { pretty } from '../report/pretty.ts';
import type { Report } from '../report/types.ts';
import { type ReasonCode, reasons } from '../rules/reasons.ts';
import type { RunResult } from '../run/run.ts';
import { type Arguments, readArguments, usage } from './arguments.ts';
import { doctorResult, doctorSum, doctorText } from './doctor.ts';
import { explainCode } from './explain.ts';
import { shardliftAt } from './shardlift-at.ts';
import { undoCommand } from './undo.ts';

/** Where a command runs, and who reads what it says. */
export interface Terminal {
  /** The working folder. */
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether a person sees the output at once: only then are places links. */
  readonly outIsShown: boolean;
  /** Whether a person sees the errors at once: only then is there progress. */
  readonly errorIsShown: boolean;
}

/** Exit codes; see the usage text. */
const exits = { done: 0, found: 1, strict: 2, refused: 3, usage: 4, failed: 5 } as const;

function warnAboutUncommitted({ cwd, error }: Terminal): void {
  try {
    const changed = execFileSync('git', ['status', '--porcelain'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (changed.trim() === '') return;
    error(
      'dc-migrate: there are uncommitted changes here; commit first to see its edits alone (--force silences this).\n',
    );
  } catch {
    // No git or no repository: there is nothing to compare with, so nothing to warn about.
  }
}

/**
 * Makes sure that reports can be written before any file is changed: afterwards they would be the only account of it.
 * Those that are not there yet are made, and listed in `made` for whoever has no use for them any more.
 */
function prepareReports(names: readonly string[], cwd: string, made: string[]): void {
  for (const name of names) {
    const path = resolve(cwd, name);
    const isNew = !existsSync(path);
    try {
      closeSync(openSync(path, 'a'));
    } catch (cause) {
      throw new MigrateError('WRITE_FAILED', { path: name, restored: true, reason: String(cause) }, { cause });
    }
    if (isNew) made.push(path);
  }
}

function exitOf({ sites, files, warnings = [] }: Report, args: Arguments): number {
  if (args.check && files.length > 0) return exits.found;
  if (sites.some(({ outcome, code }) => outcome === 'left' && code?.startsWith('DC-V') === true)) return exits.refused;
  const open = sites.some(
    ({ outcome, code }) => outcome !== 'rewritten' && code !== null && reasons[code as ReasonCode].severity === 'todo',
  );
  return args.strict && (open || warnings.length > 0) ? exits.strict : exits.done;
}

/** The report as other programs read it; `null` where people do. */
function asData(report: Report, format: Arguments['format'], sum?: string): string | null {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  if (format === 'sarif') return sarif(report);
  return format === 'github' ? github(report, sum) : null;
}

function print({ report, diff, undoId }: RunResult, args: Arguments, { out, outIsShown, cwd }: Terminal): void {
  const data = asData(report, args.format);
  if (data !== null) out(data);
  else {
    const dryRun = args.dryRun === true;
    if (dryRun && diff !== '') out(`${diff}\n`);
    const links = outIsShown ? cwd : null;
    out(pretty(report, { dryRun, withheldBy: args.withheldBy, undoId, links, shardlift: shardliftAt(report, cwd) }));
  }
}

function writeReports({ report, diffs }: RunResult, args: Arguments, about: About & { readonly cwd: string }): void {
  const { cwd } = about;
  if (args.json !== undefined) writeFileSync(resolve(cwd, args.json), `${JSON.stringify(report, null, 2)}\n`);
  for (const name of args.reports) {
    const path = resolve(cwd, name);
    const up = relative(dirname(path), cwd).split(sep).join('/');
    const page = name.endsWith('.md') ? markdown : html;
    writeFileSync(path, page(report, diffs, up === '' ? '' : `${up}/`, about));
  }
}

async function reportedRun(args: Arguments, terminal: Terminal): Promise<RunResult> {
  const { cwd, error, errorIsShown } = terminal;
  const progress = (text: string): void => {
    if (errorIsShown) error(`dc-migrate: ${text}\n`);
  };
  const warn = (text: string): void => error(`dc-migrate: ${text}\n`);
  // The compiler takes a second to load; the other commands do without it.
  const { run } = await import('../run/run.ts');
  const made: string[] = [];
  try {
    prepareReports(
      [args.json, ...args.reports].filter((path) => path !== undefined),
      cwd,
      made,
    );
    const heard = { cwd, progress, passedOver: warn };
    if (args.command === 'doctor') return await run({ ...args, ...heard });
    // For people it stands in what to do next.
    return await run({ ...args, ...heard, ...(args.format === 'pretty' ? {} : { warn }) });
  } catch (cause) {
    for (const path of made) rmSync(path);
    throw cause;
  }
}

async function migrateRun(args: Arguments, argv: readonly string[], terminal: Terminal): Promise<number> {
  const { out, cwd } = terminal;
  if (!args.force && args.dryRun !== true) warnAboutUncommitted(terminal);
  const result = await reportedRun(args, terminal);
  const about = { argv, cwd, dryRun: args.dryRun === true, at: new Date() };
  if (args.command === 'doctor') {
    const told = doctorResult(result);
    const sum = doctorSum(result.report);
    writeReports(told, args, about);
    out(asData(told.report, args.format, sum) ?? doctorText(told.report, sum));
    return told.report.sites.length > 0 ? exits.found : exits.done;
  }
  writeReports(result, args, about);
  print(result, args, terminal);
  return exitOf(result.report, args);
}

async function commandOf(argv: readonly string[], terminal: Terminal): Promise<number> {
  const args = readArguments(argv);
  if (args.help) terminal.out(usage);
  else if (args.version) terminal.out(`${ownVersion()}\n`);
  if (args.help || args.version) return exits.done;
  if (args.command !== 'explain' && args.command !== 'undo') return migrateRun(args, argv, terminal);
  terminal.out(args.command === 'undo' ? undoCommand(args, terminal.cwd) : args.subjects.map(explainCode).join('\n'));
  return exits.done;
}

/** What a user can put right on the command line. */
const usageCodes: readonly string[] = ['BAD_USAGE', 'PATH_NOT_FOUND', 'UNKNOWN_RUN', 'RUN_UNREADABLE', 'UNKNOWN_CODE'];

/** Runs one command line. What goes wrong is said, too. @returns the exit code */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await commandOf(argv, terminal);
  } catch (error) {
    const known = error instanceof MigrateError;
    const message = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.error(`dc-migrate: ${message}\n`);
    if (known && error.code === 'BAD_USAGE') terminal.error(`\n${usage}`);
    return known && usageCodes.includes(error.code) ? exits.usage : exits.failed;
  }
}
