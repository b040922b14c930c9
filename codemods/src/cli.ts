#!/usr/bin/env node
/** cli: runs a command, prints, and chooses the exit code; nothing else. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { type Arguments, readArguments, usage } from './command/arguments.ts';
import { doctorText, failing } from './command/doctor.ts';
import { explainCode } from './command/explain.ts';
import { MigrateError } from './errors.ts';
import { undo } from './journal.ts';
import { github, sarif } from './report/annotations.ts';
import { html } from './report/html.ts';
import { markdown } from './report/markdown.ts';
import { pretty } from './report/pretty.ts';
import type { Report } from './report/types.ts';
import { type ReasonCode, reasons } from './rules/reasons.ts';
import type { RunResult } from './run.ts';

/** Exit codes; see the usage text. */
const exits = { done: 0, found: 1, strict: 2, refused: 3, usage: 4, failed: 5 } as const;

function warnAboutUncommitted(): void {
  try {
    const changed = execFileSync('git', ['status', '--porcelain'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (changed.trim() === '') return;
    process.stderr.write(
      'dc-migrate: there are uncommitted changes here; commit first to see its edits alone (--force silences this).\n',
    );
  } catch {
    // No git or no repository: there is nothing to compare with, so nothing to warn about.
  }
}

/** Makes sure that a report can be written before any file is changed: afterwards it would be the only account of it. */
function prepareReport(path: string): void {
  try {
    closeSync(openSync(path, 'a'));
  } catch (cause) {
    throw new MigrateError('WRITE_FAILED', { path, restored: true, reason: String(cause) }, { cause });
  }
}

function exitOf({ sites, files }: Report, args: Arguments): number {
  if (args.check && files.length > 0) return exits.found;
  if (sites.some((site) => site.code?.startsWith('DC-V') === true)) return exits.refused;
  const open = sites.some(
    ({ outcome, code }) => outcome === 'left' && code !== null && reasons[code as ReasonCode].severity === 'todo',
  );
  return args.strict && open ? exits.strict : exits.done;
}

function print({ report, diff, undoId }: RunResult, args: Arguments): void {
  if (args.format === 'json') process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (args.format === 'github') process.stdout.write(github(report));
  else if (args.format === 'sarif') process.stdout.write(sarif(report));
  else {
    const dryRun = args.dryRun === true;
    if (dryRun && diff !== '') process.stdout.write(`${diff}\n`);
    const links = process.stdout.isTTY === true ? process.cwd() : null;
    process.stdout.write(pretty(report, { dryRun, undoId, links }));
  }
}

function undoRun({ subject, force }: Arguments): number {
  const { id, files } = undo(process.cwd(), subject, force);
  for (const { file, change } of files) process.stdout.write(`  ${change}  ${file}\n`);
  process.stdout.write(`Took back run ${id}. package.json is as it was too; install again if you had.\n`);
  return exits.done;
}

async function migrateRun(args: Arguments): Promise<number> {
  const dryRun = args.dryRun === true;
  if (!args.force && !dryRun) warnAboutUncommitted();
  for (const file of [args.json, args.report]) if (file !== undefined) prepareReport(file);
  const progress = (text: string): void => {
    if (process.stderr.isTTY === true) process.stderr.write(`dc-migrate: ${text}\n`);
  };
  // The compiler takes a second to load; the other commands do without it.
  const { run } = await import('./run.ts');
  const result = await run({ ...args, progress });
  const { report, diffs } = result;
  if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(report, null, 2)}\n`);
  if (args.report !== undefined) {
    const up = relative(dirname(resolve(args.report)), process.cwd())
      .split(sep)
      .join('/');
    const page = args.report.endsWith('.md') ? markdown : html;
    writeFileSync(args.report, page(report, diffs, up === '' ? '' : `${up}/`));
  }
  if (args.command === 'doctor') {
    process.stdout.write(doctorText(report));
    return failing(report).length > 0 ? exits.found : exits.done;
  }
  print(result, args);
  return exitOf(report, args);
}

async function main(argv: readonly string[]): Promise<number> {
  const args = readArguments(argv);
  if (args.help) process.stdout.write(usage);
  if (args.help) return exits.done;
  if (args.command === 'undo') return undoRun(args);
  if (args.command !== 'explain') return migrateRun(args);
  process.stdout.write(explainCode(args.subject ?? ''));
  return exits.done;
}

/** What a user can put right on the command line. */
const usageCodes: readonly string[] = ['BAD_USAGE', 'PATH_NOT_FOUND', 'UNKNOWN_RUN', 'UNKNOWN_CODE'];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const known = error instanceof MigrateError;
  const message = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`dc-migrate: ${message}\n`);
  if (known && error.code === 'BAD_USAGE') process.stderr.write(`\n${usage}`);
  process.exitCode = known && usageCodes.includes(error.code) ? exits.usage : exits.failed;
}
