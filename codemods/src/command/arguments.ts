/** command/arguments: reads the command line. */
import { parseArgs } from 'node:util';
import { MigrateError } from '../errors.ts';
import { assertHandlersName } from '../files/handlers-name.ts';
import type { MigrateOptions } from '../run/run.ts';
import { assertTaken, type Command } from './taken-options.ts';

/** How the report goes to the terminal. */
export type Format = 'pretty' | 'json' | 'github' | 'sarif';

/** What the command line asks for. */
export interface Arguments extends MigrateOptions {
  readonly command: Command;
  /** The id of `undo`, the codes of `explain`. */
  readonly subjects: readonly string[];
  readonly check: boolean;
  /** The options that keep a run from writing, as they are named to who is to leave them out. */
  readonly withheldBy: string;
  readonly strict: boolean;
  readonly format: Format;
  readonly json: string | undefined;
  readonly reports: readonly string[];
  readonly force: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** What `--help` prints. */
export const usage = `Usage: dc-migrate <paths...> [options]
       dc-migrate undo [ID]         take the newest run back, or the named one (--dry-run, --force)
       dc-migrate explain CODE...   what codes mean and what to do
       dc-migrate doctor <paths...> list the calls that throw today (--format, --json, --report)

Rewrites discord.js sharding calls under the paths to typed shardlift handlers.

  -n, -d, --dry-run   show the diff, write nothing
  --check             write nothing; exit with 1 when there is something to rewrite
  --strict            exit with 2 when something is left to do
  --legacy            also rewrite evaluated texts (discord.js 11 and 12, discord-hybrid-sharding)
  --fix-captures      pass variables that functions capture as data; such calls throw today
  --idioms            use guilds.count, guilds.fetch and channels.send where they provably do the same
  --inline            write handlers beside the client instead of into a handlers file
  --core              make the manager a ClusterManager of shardlift, where nothing of it is lost
  --json FILE         write the report as JSON
  --report FILE       write the report for people: .md or .html; give it twice for both
  --format FORMAT     what is printed: pretty, json, github, sarif (default: pretty)
  --entry FILE        the file the ShardingManager starts, when it is not found
  --handlers FILE     where the handlers file goes (default: cluster-handlers beside the entry)
  --force             no warning about uncommitted changes; undo over later changes
  --version           the version of dc-migrate
  -h, --help          this text

Exit codes: 0 done, 1 --check or doctor found something, 2 --strict, 3 a result was refused, 4 usage, 5 disk.
`;

const formats: readonly string[] = ['pretty', 'json', 'github', 'sarif'];

const options = {
  'dry-run': { type: 'boolean', short: 'n', default: false },
  d: { type: 'boolean', short: 'd', default: false },
  check: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  legacy: { type: 'boolean', default: false },
  'fix-captures': { type: 'boolean', default: false },
  idioms: { type: 'boolean', default: false },
  inline: { type: 'boolean', default: false },
  core: { type: 'boolean', default: false },
  json: { type: 'string' },
  report: { type: 'string', multiple: true },
  format: { type: 'string', default: 'pretty' },
  entry: { type: 'string' },
  handlers: { type: 'string' },
  force: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const bad = (problem: string): MigrateError => new MigrateError('BAD_USAGE', { problem });

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, tokens: true, options });
  } catch (cause) {
    throw new MigrateError('BAD_USAGE', { problem: problemOf(cause) }, { cause });
  }
}

/** Node's words for an option that is not there speak of positional arguments. */
function problemOf(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  const unknown = /^Unknown option '([^']+)'/.exec(said)?.[1];
  if (unknown === undefined) return said;
  const letters = (name: string): string => name.replaceAll('-', '').toLowerCase();
  const meant = Object.keys(options).find((name) => letters(name) === letters(unknown));
  return `There is no option ${unknown}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`;
}

/** The command, and what is named behind it. */
function commandIn([first, ...rest]: readonly string[]): Pick<Arguments, 'command' | 'subjects' | 'paths'> {
  if (first === 'doctor') return { command: first, subjects: [], paths: rest };
  if (first === 'undo' || first === 'explain') return { command: first, subjects: rest, paths: [] };
  return { command: 'migrate', subjects: [], paths: first === undefined ? [] : [first, ...rest] };
}

/** Makes sure that a command is told what it is about, and no more. */
function assertNamed({ command, subjects, paths }: ReturnType<typeof commandIn>): void {
  if (command === 'explain' && subjects.length === 0) throw bad('Name at least one code, such as DC-C1.');
  if (command === 'undo' && subjects.length > 1)
    throw bad(
      `undo takes one run back, and these are ${subjects.length}: ${subjects.join(', ')}. Take the newest back first, then the next.`,
    );
  if (command !== 'explain' && command !== 'undo' && paths.length === 0) throw bad('Name at least one file or folder.');
}

/** Makes sure that the values of options are some that there are. */
function assertValues({ format, report = [], handlers, inline }: ReturnType<typeof parse>['values']): void {
  if (!formats.includes(format)) throw bad(`--format is one of ${formats.join(', ')}, not ${format}.`);
  if (report.some((one) => !/\.(md|html)$/.test(one))) throw bad('--report takes a file that ends in .md or .html.');
  if (handlers !== undefined) assertHandlersName(handlers, inline);
}

/** Reads the command line. @throws MigrateError `BAD_USAGE` */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals, tokens } = parse(argv);
  const { 'dry-run': dryRun, d, 'fix-captures': fixCaptures, format, report: reports = [], json, ...given } = values;
  const { entry, handlers, ...flags } = given;
  assertValues(values);
  const named = commandIn(positionals);
  const { command } = named;
  if (!flags.help && !flags.version) {
    assertTaken(command, tokens);
    assertNamed(named);
  }
  const withheld = [...(dryRun || d ? ['--dry-run'] : []), ...(flags.check ? ['--check'] : [])];
  return {
    ...flags,
    ...named,
    dryRun: withheld.length > 0 || command === 'doctor',
    withheldBy: withheld.join(' and '),
    fixCaptures,
    format: format as Format,
    json,
    reports,
    ...(entry === undefined ? {} : { entry }),
    ...(handlers === undefined ? {} : { handlers }),
  };
}
