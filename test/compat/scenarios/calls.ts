/** scenarios/calls: what the manager's calls to all shards, or to one, answer. */
import type { Client } from 'discord.js';
import { asks, evaluates, type Scenario, type Tools, written } from '../differential/scenario.ts';

/** A guild of shard 1. */
const foreign = ({ facts }: Tools): string => facts.guilds[1]?.[0] as string;

type Open = { _performOnShards(...args: unknown[]): Promise<unknown> };

/** Reads only: all on one fleet. */
export const calls: readonly Scenario[] = [
  asks('broadcastEval gives one result per shard', (m) => evaluates(m, '(c) => c.guilds.cache.size')),
  asks('broadcastEval takes an async function', (m) =>
    evaluates(m, 'async (c) => { await null; return c.ws.shards.size; }'),
  ),
  asks('broadcastEval takes a function by its keyword', (m) =>
    evaluates(m, 'function (c) { return [typeof this, c.guilds.cache.size] }'),
  ),
  asks('an arrow function has the client as this', (m) => evaluates(m, '() => this.guilds.cache.size')),
  asks('an evaluated function sees what discord.js has in scope', (m) =>
    evaluates(m, '() => [typeof require, typeof process, typeof Collection, typeof Events, typeof Routes]'),
  ),
  asks('an evaluated function may require', (m) => evaluates(m, '() => require("node:path").basename("/a/b")')),
  asks('a context is the second argument', (m) =>
    evaluates(m, '(c, { a }) => a', { context: { a: [1, { b: null }] } }),
  ),
  asks('a context goes by JSON', (m) =>
    evaluates(m, '(c, x) => [typeof x.when, Object.keys(x)]', {
      context: { when: new Date(0), f: Date, u: undefined },
    }),
  ),
  asks('a context of text keeps its quotes and its lines', (m) =>
    evaluates(m, '(c, x) => x', { context: 'a\'b"c`d\n$e\u2028\\', shard: 0 }),
  ),
  asks('without a context the second argument is undefined', (m) => evaluates(m, '(c, x) => typeof x')),
  asks('a context of null is null', (m) => evaluates(m, '(c, x) => x', { context: null })),
  asks('a context that JSON has no word for is refused', (m) => evaluates(m, '() => 1', { context: 1n })),
  asks('a shard answers alone', (m) => evaluates(m, '(c) => c.shard.ids', { shard: 2 })),
  asks('shard 0 answers alone', (m) => evaluates(m, '(c) => c.shard.ids', { shard: 0 })),
  asks('a shard that does not exist is not found', (m) => evaluates(m, '() => 1', { shard: 9 })),
  asks('a negative shard is not found', (m) => evaluates(m, '() => 1', { shard: -1 })),
  asks('a shard as text goes to all', (m) => evaluates(m, '(c) => c.shard.ids', { shard: '0' }), {
    shows: ['a shard as text goes to all'],
  }),
  asks('a shard of null goes to all', (m) => evaluates(m, '(c) => c.shard.ids', { shard: null })),
  asks('a shard that is no number at all is not found', (m) => evaluates(m, '() => 1', { shard: Number.NaN }), {
    shows: ['a shard number that is none is not found'],
  }),
  asks('an own guild is found on its shard', (m, t) =>
    evaluates(m, '(c, id) => [c.guilds.cache.has(id), c.guilds.cache.get(id)?.name]', {
      shard: 1,
      context: foreign(t),
    }),
  ),
  asks('a foreign guild is not there', (m, t) =>
    evaluates(m, '(c, id) => [c.guilds.cache.has(id), c.guilds.cache.get(id)?.name]', {
      shard: 0,
      context: foreign(t),
    }),
  ),
  asks('broadcastEval refuses what is no function', (m) => m.broadcastEval('1 + 1' as never)),
  asks('broadcastEval refuses nothing', (m) => m.broadcastEval(undefined as never)),
  asks('fetchClientValues reads a property of each shard', (m) => m.fetchClientValues('guilds.cache.size')),
  asks('fetchClientValues reads one shard', (m) => m.fetchClientValues('options.shards', 1)),
  asks('fetchClientValues gives undefined for what is not there', (m) => m.fetchClientValues('nothing')),
  asks('fetchClientValues fails for a property of nothing', (m) => m.fetchClientValues('nothing.at.all')),
  asks('fetchClientValues reads the status', (m) => m.fetchClientValues('ws.status')),
  asks('fetchClientValues of a missing shard is not found', (m) => m.fetchClientValues('ws.status', 4)),
  asks('fetchClientValues reads the user', (m) => m.fetchClientValues('user.id')),
  asks('Shard.eval takes text', (m) => m.shards.get(1)?.eval('this.guilds.cache.size + 1')),
  asks('Shard.eval takes statements', (m) => m.shards.get(1)?.eval('const n = 2; n * 3')),
  asks('Shard.eval takes a function', (m) => m.shards.get(1)?.eval((c) => c.guilds.cache.first()?.shardId)),
  asks('Shard.eval takes a context', (m) =>
    m.shards.get(1)?.eval(written<(client: Client, context: { n: number }) => number>('(c, x) => x.n + 1'), { n: 4 }),
  ),
  asks('Shard.eval of text with an error in it fails', (m) => m.shards.get(1)?.eval('this is no code')),
  asks('Shard.fetchClientValue reads a property', (m) => m.shards.get(1)?.fetchClientValue('guilds.cache.size')),
  asks('libraries may call _performOnShards for all', (m) =>
    (m as unknown as Open)._performOnShards('eval', ['this.guilds.cache.size']),
  ),
  asks('libraries may call _performOnShards with any method', async (m) => [
    await (m as unknown as Open)._performOnShards('listenerCount', ['never']),
    await (m as unknown as Open)._performOnShards('listenerCount', ['never'], 2),
  ]),
  asks('libraries may call _performOnShards for one', (m) =>
    (m as unknown as Open)._performOnShards('fetchClientValue', ['guilds.cache.size'], 2),
  ),
  asks('calls keep the order in which they were made', async (m) => {
    const push = '(c, n) => { globalThis.order ??= []; globalThis.order.push(n); return n; }';
    const made = await Promise.all([1, 2, 3, 4].map((n) => evaluates(m, push, { shard: 1, context: n })));
    const order = await evaluates(m, '() => globalThis.order.splice(0)', { shard: 1 });
    return [made, order];
  }),
  asks('the facts of shards', (m) =>
    m.shards.map((s) => [s.id, s.ready, s.process === null, s.worker === null, s.manager === m, s.args, s.silent]),
  ),
  asks('the keys of a Shard', (m) =>
    Object.keys(m.shards.get(0) ?? {})
      .filter((key) => !key.startsWith('_'))
      .sort(),
  ),
  asks('a second spawn is refused', (m) => m.spawn()),
  asks('a running shard is not started again', (m) => m.shards.get(0)?.spawn()),
];
