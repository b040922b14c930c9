/** options/resolve: checks the options once, at the door, and fills in the defaults. */
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { HeartbeatRules } from '../cluster/heartbeat-rules.ts';
import { type EnvironmentDefaults, readDefaults } from '../environment.ts';
import { ShardliftError } from '../errors.ts';
import { createLogger, type Logger } from '../logger.ts';
import { resolveStoreOptions } from '../store/options.ts';
import { assertOptions, shown } from './assert.ts';
import { defaults } from './defaults.ts';
import { existingFile, writableFile } from './files.ts';
import { resolveLayout } from './layout.ts';
import type { ClusterManagerOptions, HeartbeatOptions, ResolvedOptions } from './manager-options.ts';
import { withOurNames } from './older-names.ts';
import { optionTable } from './table.ts';

/** The defaults with what was given over them; `undefined` means the default, and other names are left out. */
function over<T extends object>(byDefault: T, given: object = {}): T {
  const said = Object.entries(given).filter(([name, value]) => value !== undefined && name in byDefault);
  return { ...byDefault, ...Object.fromEntries(said) };
}

function heartbeatRules(given: HeartbeatOptions = {}): HeartbeatRules | undefined {
  if (given.enabled === false) return undefined;
  const rules = over<HeartbeatRules>(defaults.heartbeat, given);
  return { ...rules, maxRestarts: rules.maxRestarts === -1 ? null : rules.maxRestarts };
}

function loggerOf({ logger, logging }: ClusterManagerOptions): Logger {
  if (logger === undefined) return createLogger(logging);
  if (logging === undefined) return logger;
  const expected = 'left out when a logger is given, which decides for itself what it shows';
  throw new ShardliftError('INVALID_OPTION', { option: 'logging', expected, received: shown(logging) });
}

function limitsOf({ mode, resourceLimits }: ClusterManagerOptions): ResolvedOptions['resourceLimits'] {
  if (resourceLimits === undefined || mode === 'worker') return resourceLimits;
  const expected = "left out in process mode, where execArgv does it: ['--max-old-space-size=512']";
  throw new ShardliftError('INVALID_OPTION', {
    option: 'resourceLimits',
    expected,
    received: shown(resourceLimits),
  });
}

/** Plain data that nobody changes any more. */
function freezeAll<T extends object>(data: T): T {
  for (const part of Object.values(data)) if (typeof part === 'object' && part !== null) freezeAll(part);
  return Object.freeze(data);
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws ShardliftError `INVALID_OPTION` naming the option, what was expected and what came
 */
export function resolveOptions(
  file: string,
  given: ClusterManagerOptions = {},
  environment: EnvironmentDefaults = readDefaults(),
): ResolvedOptions {
  assertOptions(given, optionTable);
  const options = withOurNames(given);
  const botFile = existingFile('file', file, process.cwd());
  const handlers = [options.handlers ?? []].flat() as string[];
  const { readyTimeoutMs = defaults.readyTimeoutMs } = options;
  const resolved: ResolvedOptions = {
    file: botFile,
    token: (options.token ?? environment.token)?.replace(/^Bot\s+/i, ''),
    ...resolveLayout(options, environment),
    mode: options.mode ?? defaults.mode,
    readyTimeoutMs,
    spawnDelayMs: options.spawnDelayMs ?? defaults.spawnDelayMs,
    queue: options.queue ?? defaults.queue,
    respawn: options.respawn ?? defaults.respawn,
    restarts: over(defaults.restarts, options.restarts),
    heartbeat: heartbeatRules(options.heartbeat),
    earlyEvents: options.earlyEvents ?? defaults.earlyEvents,
    silent: options.silent ?? defaults.silent,
    shardArgs: options.shardArgs ?? defaults.shardArgs,
    execArgv: options.execArgv ?? defaults.execArgv,
    env: options.env ?? defaults.env,
    resourceLimits: limitsOf(options),
    handlers: handlers.map((path) => existingFile('handlers', path, dirname(botFile))),
    managerHandlers: [options.managerHandlers ?? []]
      .flat()
      .map((path) => existingFile('managerHandlers', path, process.cwd())),
    killGraceMs: options.killGraceMs ?? defaults.killGraceMs,
    store: resolveStoreOptions(options.store ?? {}, (file) => writableFile('store.snapshot.file', file)),
    logger: loggerOf(options),
    parallelism: availableParallelism(),
  };
  const { logger, ...plain } = resolved;
  // A logger is somebody's own object. All else is a copy, which the caller's later changes do not reach.
  return Object.freeze({ ...freezeAll(structuredClone(plain)), logger });
}
