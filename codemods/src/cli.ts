#!/usr/bin/env node
/** cli: arguments, messages and exit codes; nothing else. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MigrateError } from './errors.ts';
import { pretty } from './report/pretty.ts';
import type { Report } from './report/types.ts';
import { type MigrateOptions, run } from './run.ts';

const usage = `Usage: dc-migrate <paths...> [options]

Rewrites discord.js sharding calls under the paths to typed shardlift handlers.

  -n, -d, --dry-run   show the diff, write nothing
  --json FILE         write the report as JSON
  --entry FILE        the file the ShardingManager starts, when it is not found
  --handlers FILE     where the handlers file goes (default: cluster-handlers beside the entry)
  --force             no warning about uncommitted changes
  -h, --help          this text
`;

/** Exit codes; 4 is bad usage, 5 an I/O or internal error with nothing written. */
const exits = { done: 0, refused: 3, usage: 4, failed: 5 } as const;

interface Arguments extends MigrateOptions {
  readonly json: string | undefined;
  readonly force: boolean;
  readonly help: boolean;
}

function readArguments(argv: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', short: 'n', default: false },
        d: { type: 'boolean', short: 'd', default: false },
        json: { type: 'string' },
        entry: { type: 'string' },
        handlers: { type: 'string' },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { entry, handlers, json, force, help } = values;
    const optional = { ...(entry === undefined ? {} : { entry }), ...(handlers === undefined ? {} : { handlers }) };
    return { paths: positionals, dryRun: values['dry-run'] || values.d, json, force, help, ...optional };
  } catch (error) {
    throw new MigrateError(
      'BAD_USAGE',
      { problem: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

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

/** Makes sure that the report can be written before any file is changed: afterwards it would be the only account of it. */
function prepareReport(path: string): void {
  try {
    closeSync(openSync(path, 'a'));
  } catch (cause) {
    throw new MigrateError('WRITE_FAILED', { path, restored: true, reason: String(cause) }, { cause });
  }
}

function exitOf({ sites }: Report): number {
  return sites.some((site) => site.code?.startsWith('DC-V') === true) ? exits.refused : exits.done;
}

async function main(argv: readonly string[]): Promise<number> {
  const args = readArguments(argv);
  if (args.help) {
    process.stdout.write(usage);
    return exits.done;
  }
  if (args.paths.length === 0) throw new MigrateError('BAD_USAGE', { problem: 'Name at least one file or folder.' });
  const dryRun = args.dryRun === true;
  if (!args.force && !dryRun) warnAboutUncommitted();
  if (args.json !== undefined) prepareReport(args.json);
  const { report, diff } = await run(args);
  if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(report, null, 2)}\n`);
  if (dryRun && diff !== '') process.stdout.write(`${diff}\n`);
  process.stdout.write(pretty(report, dryRun));
  return exitOf(report);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message =
    error instanceof MigrateError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`dc-migrate: ${message}\n`);
  const badUsage = error instanceof MigrateError && (error.code === 'BAD_USAGE' || error.code === 'PATH_NOT_FOUND');
  if (error instanceof MigrateError && error.code === 'BAD_USAGE') process.stderr.write(`\n${usage}`);
  process.exitCode = badUsage ? exits.usage : exits.failed;
}
