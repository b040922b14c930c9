/** command/arguments: reads the command line. */
import { parseArgs } from 'node:util';
import { MigrateError } from '../errors.ts';
import { assertHandlersName } from '../files/handlers-name.ts';
import type { MigrateOptions } from '../run/run.ts';

/** How the report goes to the terminal. */
export type Format = 'pretty' | 'json' | 'github' | 'sarif';

/** What the command line asks for. */
export interface Arguments extends MigrateOptions {
  readonly command: 'migrate' | 'undo' | 'explain' | 'doctor';
  /** The id of `undo`, the code of `explain`. */
  readonly subject: string | undefined;
  readonly check: boolean;
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
       dc-migrate undo [ID]         take the newest run back, or the named one
       dc-migrate explain CODE      what a code means and what to do
       dc-migrate doctor <paths...> list the calls that throw today

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
const commands: readonly string[] = ['undo', 'explain', 'doctor'];

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
    return parseArgs({ args: [...argv], allowPositionals: true, options });
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

/**
 * Reads the command line.
 *
 * @throws MigrateError `BAD_USAGE`
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const { entry, handlers, format, report: reports = [] } = values;
  if (!formats.includes(format)) throw bad(`--format is one of ${formats.join(', ')}, not ${format}.`);
  if (reports.some((one) => !/\.(md|html)$/.test(one))) throw bad('--report takes a file that ends in .md or .html.');
  if (handlers !== undefined) assertHandlersName(handlers, values.inline);
  const [first] = positionals;
  const command = first !== undefined && commands.includes(first) ? (first as Arguments['command']) : 'migrate';
  const rest = command === 'migrate' ? positionals : positionals.slice(1);
  const named = command === 'undo' || command === 'explain';
  const told = values.help || values.version;
  if (!told && command === 'explain' && rest.length !== 1) throw bad('Name one code, such as DC-C1.');
  if (!told && !named && rest.length === 0) throw bad('Name at least one file or folder.');
  return {
    command,
    subject: named ? rest[0] : undefined,
    paths: named ? [] : rest,
    dryRun: values['dry-run'] || values.d || values.check || command === 'doctor',
    check: values.check,
    strict: values.strict,
    legacy: values.legacy,
    fixCaptures: values['fix-captures'],
    idioms: values.idioms,
    inline: values.inline,
    core: values.core,
    format: format as Format,
    json: values.json,
    reports,
    force: values.force,
    help: values.help,
    version: values.version,
    ...(entry === undefined ? {} : { entry }),
    ...(handlers === undefined ? {} : { handlers }),
  };
}
