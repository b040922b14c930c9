/** test/errors: every code has a sentence that uses its details and tells what to do. */
import { describe, expect, test } from 'vitest';
import { type ErrorCode, type ErrorDetails, isShardliftError, messageOf, ShardliftError } from '../src/errors.ts';

/** One example for every code: a new code does not compile without one. */
const examples: { readonly [C in ErrorCode]: ErrorDetails[C] } = {
  INVALID_OPTION: { option: 'mode', expected: "'process' or 'worker'", received: "'thread'" },
  UNREADABLE: { method: 'ipc.request', from: 'cluster:3', reason: 'Unexpected end of JSON input' },
  EVALS_OFF: { call: 'broadcastEval' },
  NOT_SUPPORTED: { what: 'cluster.evalOnManager', instead: 'Use ipc.requestManager().' },
  UNSERIALISABLE: { path: 'value.a[0]', received: 'a function' },
  FRAME_TOO_LARGE: { bytes: 9_000_000, maxBytes: 8_388_608, method: 'ipc.request' },
  LINK_CLOSED: { peer: 'cluster 3', reason: 'its process ended with signal SIGKILL' },
  NO_ROUTE: { to: 'cluster:3' },
  OVERLOADED: { peer: 'cluster 3', frames: 16_384, bytes: 1_000_000 },
  TOO_MANY_WAITING: { to: 'cluster:3', waiting: 4_097, max: 4_096, unit: 'messages' },
  NOT_READY: { cluster: 3 },
  GUILDS_UNKNOWN: { clusters: [{ id: 7, reason: 'it is to be started again' }] },
  TOO_MANY_HOPS: { to: 'cluster:3', hops: 8 },
  NO_DOOR: { path: '/tmp/shardlift-a1B2c3/3-1', reason: 'nobody listens there' },
  NO_METHOD: { method: 'ipc.request', on: 'cluster:3' },
  NO_LISTENER: { on: 'cluster 3' },
  NO_HANDLER: { name: 'guildCout', on: 'cluster:3', known: ['guildCount', 'userTag'] },
  DUPLICATE_HANDLER: { name: 'guildCount' },
  ALREADY_EXPOSED: { on: 'cluster:3' },
  NOT_EXPOSED: { on: 'cluster:3' },
  CALLBACK_GONE: { on: 'cluster:3' },
  FORBIDDEN_NAME: { on: 'cluster:3', name: 'constructor' },
  UNKNOWN_DEED: { on: 'cluster:3', received: 'the type RELEASE' },
  HANDLER_FAILED: { method: 'ipc.request', on: 'cluster:3', message: 'no such user.' },
  CALL_TIMEOUT: { method: 'ipc.request', to: 'cluster:3', timeoutMs: 30_000 },
  CALL_ABORTED: { method: 'ipc.request', to: 'cluster:3' },
  CALLER_GONE: { caller: 'cluster:3' },
  NOT_SPAWNED: { sought: 'The shard of guild 123456789012345678' },
  UNKNOWN_TARGET: { target: 'cluster 99' },
  OUTCOME_UNKNOWN: { action: 'channels.send to 12', by: 'cluster:3', message: 'cluster:3 gave no answer.' },
  ROLES_PARTLY_CHANGED: { added: ['1', '2'], removed: ['3'], refused: '4', untried: ['5'], message: 'Unknown Role' },
  PARTIAL_RESULT: { failed: [1, 3], of: 4, message: 'cluster:1 is not connected.' },
  CLUSTER_RUNNING: { cluster: 7 },
  CLUSTER_DIED: { cluster: 7, code: 3, signal: null, reason: 'exit code 3', stderr: 'boom\n  at bot.js:1\n' },
  READY_TIMEOUT: { cluster: 7, timeoutMs: 30_000, missing: [14, 15], stderr: '' },
  TOKEN_REFUSED: { reason: 'GET /gateway/bot answered 401' },
  GATEWAY_REFUSED: { cluster: 7, reason: '4014 Disallowed intents' },
  RESTART_LIMIT: { cluster: 7, restarts: 10, what: 'hung' },
  RESPAWN_CALLED_OFF: { cluster: 7, reason: 'kill was called' },
  ILLEGAL_STATE: { cluster: 7, from: 'stopped', to: 'ready' },
  ALREADY_SPAWNED: { clusters: 4 },
  QUEUE_AUTO: {},
  DUPLICATE_PLUGIN: { name: 'metrics' },
  PLUGIN_FAILED: { plugin: 'metrics', hook: 'clusterReady', message: 'the port is taken' },
  MANAGER_STOPPED: { reason: 'the manager stops' },
  DISCORD_UNREACHABLE: { what: 'GET /gateway/bot', reason: 'fetch failed' },
  TOKEN_MISSING: { needed: "totalShards: 'auto'" },
  IDENTIFY_EXHAUSTED: { remaining: 3, needed: 16, resetAfterMs: 5_400_000 },
  LOOPBACK_TIMEOUT: { what: 'ready', timeoutMs: 30_000 },
  LOOPBACK_VIOLATIONS: { violations: ['identifyPace: shard 3 identified 20 ms after shard 1'] },
  LOOPBACK_UNREACHABLE: { what: 'shard(3).reset()', reason: 'shard 3 has no live session' },
  PRELOAD_MISSING: { looked: ['/a/testing-preload.cjs', '/b/testing-preload.cjs'] },
  INVALID_KEY: { expected: 'a string of 1 to 512 characters', received: "''" },
  VALUE_TOO_LARGE: { key: 'big', bytes: 9_000_000, maxBytes: 8_000_000 },
  NOT_A_NUMBER: { key: 'visits', received: 'a string' },
  COMPUTES_ITSELF: { key: 'settings' },
  COMPUTE_FAILED: { key: 'settings:1', message: 'the database is down.' },
  SNAPSHOT_FILE: { file: '/bot/store.snapshot', reason: 'line 3 is no entry' },
  HANDLERS_NOT_LOADED: { cluster: 3, files: '/bot/a.js, /bot/b.js' },
  HANDLERS_DIFFER: { cluster: 3, other: 0, missing: ['count'], added: ['tag', 'name'] },
  HANDLERS_FILE: { file: '/bot/handlers.js', reason: 'it throws: boom' },
};

/** Details a program reads; the sentence may leave them out or say them in other words. */
const unsaid: Partial<Record<ErrorCode, readonly string[]>> = {
  CLUSTER_DIED: ['code', 'signal'],
  IDENTIFY_EXHAUSTED: ['resetAfterMs'],
};

const codes = Object.keys(examples) as ErrorCode[];
const build = (code: ErrorCode): ShardliftError => new ShardliftError(code, examples[code]);

const words = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one).map(String) : String(one)))
    : String(value)
        .split('\n')
        .flatMap((line) => line.trim() || []);

describe.each(codes)('%s', (code) => {
  const { message } = build(code);

  test('is a whole sentence', () => {
    expect(message.split('\n')[0]).toMatch(/^\S.* .*[.?:]$/);
    expect(message).not.toMatch(/undefined|null|NaN|\[object|\.\./);
  });

  test('says what its details hold', () => {
    for (const [name, value] of Object.entries(examples[code])) {
      if (unsaid[code]?.includes(name)) continue;
      for (const word of words(value)) expect(message).toContain(word);
    }
  });
});

describe('a ShardliftError', () => {
  test('has code, details, name and cause', () => {
    const cause = new Error('below');
    const details = { to: 'cluster:1' };
    const error = new ShardliftError('NO_ROUTE', details, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'NO_ROUTE', details, cause, name: 'ShardliftError [NO_ROUTE]' });
    expect(error.stack).toContain('ShardliftError');
    expect(error.stack).toContain('errors.test');
  });

  test('of a node that will not come says why, and that nothing was carried out', () => {
    const { message } = new ShardliftError('NO_ROUTE', { to: 'cluster:3', reason: 'it was stopped.' });
    expect(message).toContain('cluster:3 is not connected and will not come: it was stopped. Nothing was carried out.');
  });

  test('of a frame that came in names no method', () => {
    const { message } = new ShardliftError('FRAME_TOO_LARGE', { bytes: 9, maxBytes: 8 });
    expect(message).toMatch(/^A message that came in carries 9 bytes/);
  });

  test('of a death ends with the last 12 lines of stderr', () => {
    const stderr = Array.from({ length: 40 }, (_none, line) => `line ${line}`).join('\n');
    const { message } = new ShardliftError('CLUSTER_DIED', { ...examples.CLUSTER_DIED, stderr });
    expect(message.split('\n')).toHaveLength(2 + 12);
    expect(message).toContain('line 39');
    expect(message).not.toContain('line 27\n');
  });

  test('of a death shows the message above a long stack', () => {
    // What Node 20 prints for `require('not-there')` in a bot file below our preload.
    const stderr = [
      'node:internal/modules/cjs/loader:1210',
      '  throw err;',
      '  ^',
      '',
      "Error: Cannot find module 'not-there'",
      'Require stack:',
      '- /bot/bot.js',
      '    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)',
      '    at Module._load (node:internal/modules/cjs/loader:1038:27)',
      '    at Function.hooked [as _load] (/bot/node_modules/shardlift/dist/compat-preload.cjs:757:24)',
      '    at Module.require (node:internal/modules/cjs/loader:1289:19)',
      '    at require (node:internal/modules/helpers:182:18)',
      '    at Object.<anonymous> (/bot/bot.js:1:1)',
      ...Array.from({ length: 8 }, (_none, depth) => `    at load (/bot/deep.js:${depth}:1)`),
      '    at Module._load (node:internal/modules/cjs/loader:1104:12) {',
      "  code: 'MODULE_NOT_FOUND',",
      "  requireStack: [ '/bot/bot.js' ]",
      '}',
      '',
      'Node.js v20.20.2',
      '',
    ].join('\n');
    const { message } = new ShardliftError('CLUSTER_DIED', { ...examples.CLUSTER_DIED, stderr });
    expect(message).toContain("Error: Cannot find module 'not-there'");
    expect(message).toContain('at Object.<anonymous> (/bot/bot.js:1:1)');
    expect(message).not.toContain('node:internal/modules/cjs/loader:1038');
  });

  test('ends its sentence once when the reason is one', () => {
    const reason = 'The handlers file /bot/handlers.js cannot be used: it throws: boom.';
    const { message } = new ShardliftError('CLUSTER_DIED', { ...examples.CLUSTER_DIED, reason, stderr: '' });
    expect(message).toBe(`Cluster 7 died: ${reason}`);
  });

  test('of a silent death says nothing of stderr', () => {
    const { message } = new ShardliftError('CLUSTER_DIED', { ...examples.CLUSTER_DIED, stderr: ' \n' });
    expect(message).toBe('Cluster 7 died: exit code 3.');
  });

  test('says that no handler is known when there is none', () => {
    const { message } = new ShardliftError('NO_HANDLER', { name: 'x', on: 'cluster:0', known: [] });
    expect(message).toContain('Known names: none.');
  });
});

test.each([
  [new TypeError('no such thing'), 'no such thing'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [{ toString: (): string => 'an object with words' }, 'an object with words'],
])('%o is told in words', (thrown, words) => {
  expect(messageOf(thrown)).toBe(words);
});

describe('isShardliftError', () => {
  test('tells by code', () => {
    const error = build('NO_ROUTE');
    expect(isShardliftError(error)).toBe(true);
    expect(isShardliftError(error, 'NO_ROUTE')).toBe(true);
    expect(isShardliftError(error, 'LINK_CLOSED')).toBe(false);
  });

  test('knows an error of another installed copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { code: 'NO_ROUTE', [Symbol.for('shardlift.error')]: true });
    expect(foreign).not.toBeInstanceOf(ShardliftError);
    expect(isShardliftError(foreign, 'NO_ROUTE')).toBe(true);
  });

  test.each([undefined, null, 'NO_ROUTE', 5, {}, new Error('x'), Object.assign(new Error('x'), { code: 'NO_ROUTE' })])(
    'is not taken in by %o',
    (value) => {
      expect(isShardliftError(value)).toBe(false);
      expect(isShardliftError(value, 'NO_ROUTE')).toBe(false);
    },
  );
});
