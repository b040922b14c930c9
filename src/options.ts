/** options: every option of the manager with its default, checked once at the door. */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { inspect } from 'node:util';
import { defaultRestartRules, type RestartRules } from './cluster/restart-policy.ts';
import { type EnvironmentDefaults, readDefaults } from './environment.ts';
import { ShardliftError } from './errors.ts';
import { defaultLogger, type Logger } from './logger.ts';
import { type ResolvedStoreOptions, resolveStoreOptions, type StoreOptions } from './store/options.ts';
import type { Mode } from './transport/launcher.ts';

/** What a {@link ClusterManager} can be told. Everything has a default. */
export interface ClusterManagerOptions {
  /** The bot's token; `DISCORD_TOKEN` of the environment by default. Needed for `totalShards: 'auto'`. */
  readonly token?: string | undefined;
  /** Shards of the whole bot. `'auto'` (or -1) asks Discord. Default `'auto'`. */
  readonly totalShards?: number | 'auto' | undefined;
  /** Shards to run here; all by default. */
  readonly shardList?: readonly number[] | undefined;
  /** Shards in one cluster. Default: a cluster per core, at most 16 shards each. */
  readonly shardsPerCluster?: number | undefined;
  /** The name of `shardsPerCluster` in older packages. */
  readonly shardsPerClusters?: number | undefined;
  /** Number of clusters, when `shardsPerCluster` is not given. */
  readonly totalClusters?: number | 'auto' | undefined;
  /** `'process'` (default) or `'worker'`. */
  readonly mode?: Mode | undefined;
  /** Start a cluster again when it dies. Default `true`. */
  readonly respawn?: boolean | undefined;
  /** Pauses and budget of those restarts. */
  readonly restarts?: Partial<RestartRules> | undefined;
  /** Keep the bots' output off the manager's. Default `false`. */
  readonly silent?: boolean | undefined;
  /** Arguments of the bot file. */
  readonly shardArgs?: readonly string[] | undefined;
  /** Node's flags for the bot file. Default none; the manager's own are not inherited. */
  readonly execArgv?: readonly string[] | undefined;
  /** Files with handlers, relative to the bot file's folder; loaded in every cluster before the bot is ready. */
  readonly handlers?: string | readonly string[] | undefined;
  /** Files with handlers of the manager, relative to the working directory, as the bot file is; loaded before any cluster. */
  readonly managerHandlers?: string | readonly string[] | undefined;
  /** From SIGTERM to SIGKILL, in ms. Default 5 000. */
  readonly killGraceMs?: number | undefined;
  /** How much the shared store may hold, and whether it outlives the manager. */
  readonly store?: StoreOptions | undefined;
  /** Where warnings go. Default: coloured, on stderr. */
  readonly logger?: Logger | undefined;
}

/** The options after {@link resolveOptions}: complete and checked. */
export interface ResolvedOptions {
  readonly file: string;
  readonly token: string | undefined;
  readonly totalShards: number | 'auto';
  readonly shardList: readonly number[] | undefined;
  readonly shardsPerCluster: number | undefined;
  readonly totalClusters: number | undefined;
  readonly mode: Mode;
  readonly respawn: boolean;
  readonly restarts: RestartRules;
  readonly silent: boolean;
  readonly shardArgs: readonly string[];
  readonly execArgv: readonly string[];
  readonly handlers: readonly string[];
  readonly managerHandlers: readonly string[];
  readonly killGraceMs: number;
  readonly store: ResolvedStoreOptions;
  readonly logger: Logger;
  readonly parallelism: number;
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const isAuto = (value: unknown): boolean => value === 'auto' || value === -1;
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isShardIds = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id) && id >= 0);
/** A timer over 2^31 - 1 ms would fire at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestMs = 1_000_000_000;
const isMs = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= longestMs;
const ms = 'a number of milliseconds from 0 to 1 000 000 000';
const isLogger = (value: unknown): boolean =>
  ['debug', 'info', 'warn', 'error'].every(
    (verb) => typeof (value as Record<string, unknown> | null)?.[verb] === 'function',
  );

/** Option, what it may be, in words. `undefined` is always fine: it means the default. */
const rules: readonly (readonly [keyof ClusterManagerOptions, (value: unknown) => boolean, string])[] = [
  ['token', (value) => typeof value === 'string', 'a string'],
  ['totalShards', (value) => isCount(value) || isAuto(value), "a whole number above 0, or 'auto'"],
  ['shardList', isShardIds, 'an array of shard ids (whole numbers from 0) with at least one id'],
  ['shardsPerCluster', isCount, 'a whole number above 0'],
  ['shardsPerClusters', isCount, 'a whole number above 0'],
  ['totalClusters', (value) => isCount(value) || isAuto(value), "a whole number above 0, or 'auto'"],
  ['mode', (value) => value === 'process' || value === 'worker', "'process' or 'worker'"],
  ['respawn', (value) => typeof value === 'boolean', 'true or false'],
  ['restarts', (value) => isObject(value), 'an object with firstMs, factor, maxMs, ...'],
  ['silent', (value) => typeof value === 'boolean', 'true or false'],
  ['shardArgs', isStrings, 'an array of strings'],
  ['execArgv', isStrings, 'an array of strings'],
  ['handlers', (value) => typeof value === 'string' || isStrings(value), 'a path or an array of paths'],
  ['managerHandlers', (value) => typeof value === 'string' || isStrings(value), 'a path or an array of paths'],
  ['killGraceMs', isMs, ms],
  ['store', (value) => isObject(value), 'an object with maxEntries, maxBytes, snapshot'],
  ['logger', isLogger, 'an object with debug, info, warn and error'],
];

/** Name, what it may be, in words: of the members of an option that is an object. */
type Checks = readonly (readonly [name: string, accepts: (value: unknown) => boolean, expected: string])[];

const restartChecks: Checks = [
  ['firstMs', isMs, ms],
  ['factor', (value) => typeof value === 'number' && value >= 1, 'a number, 1 or more'],
  ['maxMs', isMs, ms],
  ['stableAfterMs', isMs, ms],
  ['maxRestarts', (value) => typeof value === 'number' && value >= 0, 'a number, 0 or more'],
  ['windowMs', isMs, ms],
];

const isCap = (value: unknown): boolean => value === null || isCount(value);
const storeChecks: Checks = [
  ['maxEntries', isCap, 'a whole number above 0, or null for no limit'],
  ['maxBytes', isCap, 'a whole number above 0, or null for no limit'],
  ['snapshot', (value) => isObject(value), 'an object with file, and everyMs if need be'],
];
const snapshotChecks: Checks = [
  ['file', (value) => typeof value === 'string' && value !== '', 'the path of a file'],
  ['everyMs', (value) => value === null || (isMs(value) && value !== 0), 'a number of milliseconds above 0, or null'],
];

/** What came, short enough for a message. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A misspelt option would be ignored without a word, and the bot run with the default. */
function assertNames(given: object, known: readonly string[], path = ''): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || known.includes(name)) continue;
    const expected = `left out: there is none of that name (there are ${known.join(', ')})`;
    // Not the value: it may be the token under a misspelt name.
    throw new ShardliftError('INVALID_OPTION', { option: path + name, expected, received: `of type ${typeof value}` });
  }
}

function assertOptions(options: ClusterManagerOptions): void {
  if (!isObject(options)) {
    const expected = 'an object, for example { shardsPerCluster: 8 }';
    throw new ShardliftError('INVALID_OPTION', { option: 'options', expected, received: shown(options) });
  }
  assertNames(
    options,
    rules.map(([option]) => option),
  );
  for (const [option, accepts, expected] of rules) {
    const value = options[option];
    if (value === undefined || accepts(value)) continue;
    // The token itself must never get into a message.
    const received = option === 'token' ? `of type ${typeof value}` : shown(value);
    throw new ShardliftError('INVALID_OPTION', { option, expected, received });
  }
  assertPart('restarts.', options.restarts, restartChecks);
  assertPart('store.', options.store, storeChecks);
  assertPart('store.snapshot.', options.store?.snapshot, snapshotChecks);
}

/** Checks an option that is an object, member by member. */
function assertPart(path: string, given: object = {}, checks: Checks): void {
  assertNames(
    given,
    checks.map(([name]) => name),
    path,
  );
  for (const [name, accepts, expected] of checks) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || accepts(value)) continue;
    throw new ShardliftError('INVALID_OPTION', { option: path + name, expected, received: shown(value) });
  }
}

/** The shards to run, each once, ascending; all of them must exist. */
function shardsToRun(list: readonly number[] | undefined, totalShards: number | 'auto'): readonly number[] | undefined {
  if (list === undefined) return undefined;
  const shards = [...new Set(list)].sort((a, b) => a - b);
  if (totalShards === 'auto' || Math.max(...shards) < totalShards) return shards;
  const expected = `an array of shard ids below totalShards (${totalShards})`;
  throw new ShardliftError('INVALID_OPTION', { option: 'shardList', expected, received: shown(list) });
}

/** The defaults with what was given over them; `undefined` means the default. */
const restartRules = (given: Partial<RestartRules> = {}): RestartRules => ({
  ...defaultRestartRules,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
});

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The absolute path of an option that names a file. */
function existingFile(option: string, path: unknown, folder: string): string {
  const expected = 'the path of a file that exists';
  if (typeof path !== 'string' || path === '') {
    throw new ShardliftError('INVALID_OPTION', { option, expected, received: shown(path) });
  }
  const absolute = resolve(folder, path);
  if (!isFile(absolute))
    throw new ShardliftError('INVALID_OPTION', { option, expected, received: `'${absolute}', which is none` });
  return absolute;
}

/** The absolute path of a file to write. A folder that is missing would otherwise show hours later, with the data lost. */
function writableFile(option: string, path: unknown): string {
  const absolute = typeof path === 'string' ? resolve(path) : '';
  const free = isFile(absolute) || statSync(absolute, { throwIfNoEntry: false }) === undefined;
  if (absolute !== '' && free && statSync(dirname(absolute), { throwIfNoEntry: false })?.isDirectory()) return absolute;
  const expected = 'the path of a file in a folder that exists';
  throw new ShardliftError('INVALID_OPTION', { option, expected, received: shown(path) });
}

const count = (value: number | 'auto' | undefined): number | undefined =>
  isAuto(value) ? undefined : (value as number | undefined);

/**
 * Checks the options and fills in the defaults.
 *
 * @throws ShardliftError `INVALID_OPTION` naming the option, what was expected and what came
 */
export function resolveOptions(
  file: string,
  options: ClusterManagerOptions = {},
  environment: EnvironmentDefaults = readDefaults(),
): ResolvedOptions {
  assertOptions(options);
  const botFile = existingFile('file', file, process.cwd());
  const handlers = [options.handlers ?? []].flat() as string[];
  const shardsPerCluster = options.shardsPerCluster ?? options.shardsPerClusters;
  const layout = shardsPerCluster ?? count(options.totalClusters);
  const shardCount = options.totalShards ?? environment.totalShards ?? 'auto';
  const totalShards = isAuto(shardCount) ? 'auto' : (shardCount as number);
  return Object.freeze({
    file: botFile,
    token: (options.token ?? environment.token)?.replace(/^Bot\s+/i, ''),
    totalShards,
    shardList: shardsToRun(options.shardList, totalShards),
    // The environment's layout is a default: any layout given in code wins as a whole.
    shardsPerCluster: layout === undefined ? environment.shardsPerCluster : shardsPerCluster,
    totalClusters: layout === undefined ? environment.totalClusters : count(options.totalClusters),
    mode: options.mode ?? 'process',
    respawn: options.respawn ?? true,
    restarts: restartRules(options.restarts),
    silent: options.silent ?? false,
    shardArgs: options.shardArgs ?? [],
    execArgv: options.execArgv ?? [],
    handlers: handlers.map((path) => existingFile('handlers', path, dirname(botFile))),
    managerHandlers: [options.managerHandlers ?? []]
      .flat()
      .map((path) => existingFile('managerHandlers', path, process.cwd())),
    killGraceMs: options.killGraceMs ?? 5_000,
    store: resolveStoreOptions(options.store ?? {}, (file) => writableFile('store.snapshot.file', file)),
    logger: options.logger ?? defaultLogger(),
    parallelism: availableParallelism(),
  });
}
