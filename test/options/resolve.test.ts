/** test/options/resolve: everything has a default, everything wrong is named at the door, the token is never shown. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultHeartbeatRules } from '../../src/cluster/heartbeat-rules.ts';
import { defaultRestartRules } from '../../src/cluster/restart-policy.ts';
import { isShardliftError, type ShardliftError } from '../../src/errors.ts';
import type { ClusterManagerOptions } from '../../src/options/manager-options.ts';
import { resolveOptions } from '../../src/options/resolve.ts';

const token = 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs';
let folder: string;
let bot: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift options '));
  bot = join(folder, 'bot.js');
  writeFileSync(bot, '');
  writeFileSync(join(folder, 'handlers.js'), '');
  mkdirSync(join(folder, 'handlers'));
  writeFileSync(join(folder, 'handlers', 'more.mjs'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The options as JavaScript may give them, without the help of the types. */
const resolve = (options: object = {}, environment = {}) =>
  resolveOptions(bot, options as ClusterManagerOptions, environment);

function refusal(act: () => unknown): ShardliftError<'INVALID_OPTION'> {
  try {
    act();
  } catch (error) {
    if (isShardliftError(error, 'INVALID_OPTION')) return error;
    throw error;
  }
  return expect.unreachable('nothing was refused');
}

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

describe('a wrong value', () => {
  test.each([
    ['token', 5, 'a string', 'number'],
    ['token', null, 'a string', 'object'],
    ['totalShards', 0, 'a whole number above 0', '0'],
    ['totalShards', 1.5, "or 'auto'", '1.5'],
    ['totalShards', 'many', "or 'auto'", "'many'"],
    ['totalShards', Number.NaN, 'a whole number', 'NaN'],
    ['totalShards', 4n, 'a whole number', '4n'],
    ['totalShards', -2, 'a whole number', '-2'],
    ['shardList', [], 'at least one id', '[]'],
    ['shardList', [0, -1], 'whole numbers from 0', '-1'],
    ['shardList', ['0'], 'whole numbers from 0', "'0'"],
    ['shardList', 3, 'an array', '3'],
    ['shardsPerCluster', 0, 'above 0', '0'],
    ['shardsPerCluster', Number.POSITIVE_INFINITY, 'a whole number', 'Infinity'],
    ['shardsPerClusters', '8', 'a whole number', "'8'"],
    ['totalClusters', -3, "or 'auto'", '-3'],
    ['mode', 'thread', "'process' or 'worker'", "'thread'"],
    ['readyTimeoutMs', -1, 'Infinity or null', '-1'],
    ['spawnDelayMs', null, 'milliseconds', 'null'],
    ['spawnOptions.timeout', { timeout: null }, '-1 for no limit', 'null'],
    ['spawnOptions.delay', { delay: -1 }, 'milliseconds', '-1'],
    ['queue', 'off', "'auto' or 'manual'", "'off'"],
    ['queueOptions.mode', { mode: true }, "'auto' or 'manual'", 'true'],
    ['heartbeat', true, 'an object', 'true'],
    ['heartbeat.enabled', { enabled: 1 }, 'true or false', '1'],
    ['heartbeat.intervalMs', { intervalMs: 0 }, 'above 0', '0'],
    ['heartbeat.timeout', { timeout: '8 s' }, 'above 0', "'8 s'"],
    ['heartbeat.maxMissed', { maxMissed: 0 }, 'above 0', '0'],
    ['heartbeat.maxRestarts', { maxRestarts: -2 }, 'or null', '-2'],
    ['env', ['A=b'], 'values are strings', 'object'],
    ['resourceLimits.stackSizeMb', { stackSizeMb: 'big' }, '0 or more', "'big'"],
    ['logging.level', { level: 'trace' }, "'debug' or 'info'", "'trace'"],
    ['respawn', 'yes', 'true or false', "'yes'"],
    ['restarts', 7, 'an object', '7'],
    ['restarts', [1], 'an object', '[ 1 ]'],
    ['restarts.maxMs', { maxMs: Number.POSITIVE_INFINITY }, 'milliseconds', 'Infinity'],
    ['restarts.firstMs', { firstMs: '500' }, 'milliseconds', "'500'"],
    ['restarts.factor', { factor: 0.5 }, '1 or more', '0.5'],
    ['restarts.stableAfterMs', { stableAfterMs: -1 }, 'milliseconds', '-1'],
    ['restarts.maxRestarts', { maxRestarts: -1 }, '0 or more', '-1'],
    ['restarts.windowMs', { windowMs: null }, 'milliseconds', 'null'],
    ['silent', 1, 'true or false', '1'],
    ['shardArgs', 'a b', 'an array of strings', "'a b'"],
    ['execArgv', [1], 'an array of strings', '1'],
    ['handlers', 5, 'a path or an array of paths', '5'],
    ['managerHandlers', [1], 'a path or an array of paths', '1'],
    ['handlers', [1], 'a path or an array of paths', '1'],
    ['killGraceMs', -1, 'milliseconds', '-1'],
    ['killGraceMs', Number.POSITIVE_INFINITY, 'milliseconds', 'Infinity'],
    ['store', 7, 'an object', '7'],
    ['store.maxEntries', { maxEntries: 0 }, 'above 0', '0'],
    ['store.maxBytes', { maxBytes: '1 GB' }, 'a whole number', "'1 GB'"],
    ['store.snapshot', { snapshot: './file' }, 'an object with file', "'./file'"],
    ['store.snapshot.file', { snapshot: { file: 5 } }, 'the path of a file', '5'],
    ['store.snapshot.file', { snapshot: {} }, 'in a folder that exists', 'undefined'],
    ['store.snapshot.file', { snapshot: { file: './not/there/store' } }, 'in a folder that exists', 'not/there'],
    ['store.snapshot.file', { snapshot: { file: './test' } }, 'in a folder that exists', "'./test'"],
    ['store.snapshot.everyMs', { snapshot: { file: 'f', everyMs: 0 } }, 'above 0', '0'],
    ['logger', { warn: () => undefined }, 'debug, info, warn and error', 'warn'],
    ['logger', cycle, 'debug, info, warn and error', 'Circular'],
    ['logger', null, 'debug, info, warn and error', 'null'],
  ])('of %s (%o) is refused by its name', (option, value, expected, received) => {
    const error = refusal(() => resolve({ [option.split('.')[0] as string]: value }));
    expect(error.details.option).toBe(option);
    expect(error.details.expected).toContain(expected);
    expect(error.details.received).toContain(received);
    expect(error.message).toBe(
      `The option ${option} must be ${error.details.expected}, but it is ${error.details.received}.`,
    );
  });

  test('is shown in one short line', () => {
    const error = refusal(() => resolve({ mode: 'x'.repeat(500) }));
    expect(error.details.received.length).toBeLessThanOrEqual(60);
    expect(error.message).not.toContain('\n');
  });

  test.each([[[token]], [{ token }], [Buffer.from(token)]])('of the token does not show it: %o', (value) => {
    const error = refusal(() => resolve({ token: value }));
    expect(JSON.stringify([error.message, error.details, error.stack])).not.toContain(token);
  });

  test.each([
    ['shardPerCluster', { shardPerCluster: 2 }, 'shardsPerCluster'],
    ['restarts.max', { restarts: { max: 3 } }, 'maxRestarts'],
    ['store.maxEntry', { store: { maxEntry: 3 } }, 'maxEntries'],
    ['store.snapshot.path', { store: { snapshot: { path: 'f' } } }, 'everyMs'],
  ])('under a name that is none is refused: %s', (option, options, meant) => {
    const error = refusal(() => resolve(options));
    expect(error.details).toMatchObject({ option, expected: expect.stringContaining(meant) });
  });

  test('under a name that is none is not shown: it may be the token', () => {
    const error = refusal(() => resolve({ Token: token }));
    expect(JSON.stringify([error.message, error.details, error.stack])).not.toContain(token);
  });

  test('under a name that is none is fine while it is undefined', () => {
    expect(resolve({ heartBeat: undefined, restarts: { max: undefined } }).restarts).toEqual(defaultRestartRules);
  });

  test.each([null, 7, 'mode', []])('in the place of the options is refused: %o', (options) => {
    expect(refusal(() => resolveOptions(bot, options as never, {})).details.option).toBe('options');
  });

  test('of shardList names a shard that does not exist', () => {
    const error = refusal(() => resolve({ totalShards: 4, shardList: [0, 4] }));
    expect(error.message).toBe(
      'The option shardList must be an array of shard ids below totalShards (4), but it is [ 0, 4 ].',
    );
    expect(resolve({ shardList: [0, 4] }).shardList).toEqual([0, 4]);
  });
});

describe('the bot file', () => {
  test.each(['', undefined, 5, null])('is needed: %o', (file) => {
    expect(refusal(() => resolveOptions(file as string, {}, {})).details.option).toBe('file');
  });

  test('must exist, and the message has the path that was looked at', () => {
    const error = refusal(() => resolveOptions(join(folder, 'nothing.js'), {}, {}));
    expect(error.message).toContain(join(folder, 'nothing.js'));
  });

  test('must be no folder', () => {
    expect(refusal(() => resolveOptions(folder, {}, {})).details.option).toBe('file');
  });

  test('is looked for in the current folder', () => {
    expect(resolveOptions('package.json', {}, {}).file).toBe(join(process.cwd(), 'package.json'));
  });
});

describe('handlers files', () => {
  test('are looked for beside the bot file', () => {
    expect(resolve({ handlers: './handlers.js' }).handlers).toEqual([join(folder, 'handlers.js')]);
    expect(resolve({ handlers: ['handlers.js', 'handlers/more.mjs'] }).handlers).toEqual([
      join(folder, 'handlers.js'),
      join(folder, 'handlers', 'more.mjs'),
    ]);
  });

  test('of the manager are looked for in the working directory, where the bot file is', () => {
    const file = relative(process.cwd(), join(folder, 'handlers.js'));
    expect(resolve({ managerHandlers: file }).managerHandlers).toEqual([join(folder, 'handlers.js')]);
    const error = refusal(() => resolve({ managerHandlers: ['./handlers.js'] }));
    expect(error.details).toMatchObject({
      option: 'managerHandlers',
      received: expect.stringContaining('handlers.js'),
    });
  });

  test('must exist', () => {
    const within = refusal(() => resolve({ handlers: 'handlers.js/more.js' }));
    expect(within).toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining('ENOTDIR') });
    const error = refusal(() => resolve({ handlers: ['handlers.js', 'gone.js'] }));
    expect(error.details).toMatchObject({ option: 'handlers', received: expect.stringContaining('gone.js') });
  });
});

describe('defaults', () => {
  test('are there for everything', () => {
    const { logger, ...rest } = resolve();
    expect(rest).toEqual({
      file: bot,
      token: undefined,
      totalShards: 'auto',
      shardList: undefined,
      shardsPerCluster: undefined,
      totalClusters: undefined,
      mode: 'process',
      readyTimeoutMs: 30_000,
      spawnDelayMs: 0,
      queue: 'auto',
      respawn: true,
      restarts: defaultRestartRules,
      heartbeat: defaultHeartbeatRules,
      silent: false,
      shardArgs: [],
      execArgv: [],
      env: {},
      resourceLimits: undefined,
      earlyEvents: 'interactions',
      handlers: [],
      managerHandlers: [],
      killGraceMs: 5_000,
      store: { maxEntries: Number.POSITIVE_INFINITY, maxBytes: 256 * 1_024 * 1_024, snapshot: undefined },
      parallelism: availableParallelism(),
    });
    expect(logger.warn).toBeTypeOf('function');
  });

  test('are what undefined means, also inside restarts', () => {
    const restarts = { firstMs: undefined, maxMs: 9 };
    expect(resolve({ mode: undefined, respawn: undefined, killGraceMs: undefined, restarts })).toMatchObject({
      mode: 'process',
      respawn: true,
      killGraceMs: 5_000,
      restarts: { ...defaultRestartRules, maxMs: 9 },
    });
  });

  test('of the store give way to what is said, null meaning no limit', () => {
    const snapshot = { file: 'test/store.snapshot' };
    const absolute = join(process.cwd(), snapshot.file);
    expect(resolve({ store: { maxEntries: 5, maxBytes: null, snapshot } }).store).toEqual({
      maxEntries: 5,
      maxBytes: Number.POSITIVE_INFINITY,
      snapshot: { file: absolute, everyMs: 60_000 },
    });
    expect(resolve({ store: { snapshot: { ...snapshot, everyMs: null } } }).store.snapshot).toEqual({
      file: absolute,
      everyMs: Number.POSITIVE_INFINITY,
    });
  });

  test.each([
    ['totalShards', 'auto', 'auto'],
    ['totalShards', -1, 'auto'],
    ['totalClusters', 'auto', undefined],
    ['totalClusters', -1, undefined],
    ['respawn', false, false],
    ['killGraceMs', 0, 0],
    ['token', '', ''],
  ])('give way to %s: %o', (option, value, expected) => {
    expect(resolve({ [option]: value })).toMatchObject({ [option]: expected });
  });

  test('of the environment stand in for what code does not say', () => {
    const environment = { token: 'from the environment', totalShards: 6, shardsPerCluster: 3, totalClusters: 2 };
    expect(resolve({}, environment)).toMatchObject(environment);
    expect(resolve({ token: 'own', totalShards: 'auto' }, environment)).toMatchObject({
      token: 'own',
      totalShards: 'auto',
    });
  });

  test('of the layout in the environment give way as a whole', () => {
    const environment = { shardsPerCluster: 3, totalClusters: 2 };
    expect(resolve({ totalClusters: 5 }, environment)).toMatchObject({ shardsPerCluster: undefined, totalClusters: 5 });
    expect(resolve({ shardsPerCluster: 4 }, environment)).toMatchObject({
      shardsPerCluster: 4,
      totalClusters: undefined,
    });
    expect(resolve({ totalClusters: 'auto' }, environment)).toMatchObject(environment);
  });
});

test('a token is taken without its prefix', () => {
  expect(resolve({ token: `Bot ${token}` }).token).toBe(token);
  expect(resolve({}, { token: `bot  ${token}` }).token).toBe(token);
});

test('shardList is taken sorted, each shard once', () => {
  expect(resolve({ shardList: [3, 1, 3, 0] }).shardList).toEqual([0, 1, 3]);
});

describe('the heartbeat', () => {
  test('is off when it is not enabled, and else has the defaults for what is not said', () => {
    expect(resolve({ heartbeat: { enabled: false, intervalMs: 5 } }).heartbeat).toBeUndefined();
    expect(resolve({ heartbeat: { enabled: true, maxMissed: 5, intervalMs: undefined } }).heartbeat).toEqual({
      ...defaultHeartbeatRules,
      maxMissed: 5,
    });
  });

  test.each([
    [-1, null],
    [null, null],
    [0, 0],
    [3, 3],
  ])('with maxRestarts %o has the limit %o', (maxRestarts, limit) => {
    expect(resolve({ heartbeat: { maxRestarts } }).heartbeat?.maxRestarts).toBe(limit);
  });
});

describe('options that contradict each other', () => {
  test.each([
    ['totalClusters', { totalShards: 8, shardsPerCluster: 4, totalClusters: 3 }, 'or 2'],
    ['totalClusters', { totalShards: 8, shardList: [0, 1, 2], shardsPerCluster: 1, totalClusters: 2 }, 'or 3'],
    ['resourceLimits', { resourceLimits: { maxOldGenerationSizeMb: 512 } }, '--max-old-space-size'],
    ['logging', { logging: { enabled: true }, logger: console }, 'when a logger is given'],
  ])('are refused: %s in %o', (option, options, words) => {
    expect(refusal(() => resolve(options)).details).toMatchObject({
      option,
      expected: expect.stringContaining(words),
    });
  });

  test('may be said when they fit', () => {
    expect(resolve({ totalShards: 8, shardsPerCluster: 3, totalClusters: 3 }).totalClusters).toBe(3);
    expect(resolve({ shardsPerCluster: 3, totalClusters: 3 })).toMatchObject({ shardsPerCluster: 3, totalClusters: 3 });
    const resourceLimits = { maxOldGenerationSizeMb: 512 };
    expect(resolve({ mode: 'worker', resourceLimits }).resourceLimits).toEqual(resourceLimits);
  });
});

test('what is to be in the environment of the bots is not shown when it is refused', () => {
  const error = refusal(() => resolve({ env: { SECRET: 5, OTHER: token } }));
  expect(JSON.stringify([error.message, error.details])).not.toContain(token);
  expect(resolve({ env: { A: 'b' } }).env).toEqual({ A: 'b' });
});

test('what came out cannot be changed', () => {
  expect(Object.isFrozen(resolve())).toBe(true);
});

test('the resolved options are a copy that nobody changes, down to their members', () => {
  const given = { env: { A: '1' }, shardArgs: ['--a'], restarts: { firstMs: 7 } };
  const { env, shardArgs, restarts, heartbeat, execArgv } = resolve(given);
  given.env.A = '2';
  given.shardArgs.push('--b');
  expect([env, shardArgs]).toEqual([{ A: '1' }, ['--a']]);
  for (const part of [env, shardArgs, restarts, heartbeat, execArgv]) expect(Object.isFrozen(part)).toBe(true);
});
