/** test/compat/hybrid/facades: which client is the cluster of its process. */
import { Client } from 'discord.js';
import { afterEach, expect, test, vi } from 'vitest';
import { coreOf } from '../../../compat/hybrid/facades.ts';
import { ClusterClient as CoreClient } from '../../../src/index.ts';

const holder = globalThis as { [key: symbol]: unknown };
const claimed = Symbol.for('shardlift.inheritance-claimed');
afterEach(() => {
  vi.unstubAllEnvs();
  delete holder[claimed];
});

test('a client is refused when another has become the cluster of its manager before, and that other is not', () => {
  const own = { CLUSTER_MANAGER_MODE: 'process', SHARD_LIST: '0', CLUSTER: '0', CLUSTER_COUNT: '1', TOTAL_SHARDS: '1' };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  const [first, second] = [new Client({ intents: [] }), new Client({ intents: [] })];
  // As by its login.
  const core = new CoreClient(first);
  holder[claimed] = true;
  const refusal = { code: 'NOT_SUPPORTED', message: expect.stringContaining('has logged in') };
  expect(() => coreOf(second)).toThrow(expect.objectContaining(refusal));
  expect(coreOf(first)).toBe(core);
});

test('without a manager each client is a cluster of its own', () => {
  const [first, second] = [new Client({ intents: [] }), new Client({ intents: [] })];
  expect(coreOf(first)).not.toBe(coreOf(second));
});

test('a client of another library is refused, and the refusal says so', () => {
  // As Eris has it: options and guilds, and shards where discord.js has its gateway.
  const eris = { options: {}, guilds: new Map(), shards: new Map(), on: () => undefined };
  const refusal = { code: 'NOT_SUPPORTED', message: expect.stringContaining('not of discord.js') };
  expect(() => coreOf(eris as never)).toThrow(expect.objectContaining(refusal));
});
