import type { ShardingManager } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Fleet, fixture, heard } from './fleet.ts';

/** What a manager answers, in a form that two managers can be compared by. */
type Answer = { readonly value: unknown } | { readonly error: unknown };

const answerOf = async (ask: () => unknown): Promise<Answer> => {
  try {
    return { value: await ask() };
  } catch (error) {
    const { name, message, code } = error as Error & { code?: unknown };
    return { error: { name, message, code, class: (error as object).constructor.name } };
  }
};

type Ask = (manager: ShardingManager) => unknown;
const evalText = (manager: ShardingManager, text: string, options?: object): unknown =>
  manager.broadcastEval(new Function(`return (${text})`)() as () => unknown, options as never);

/** A guild of shard 1, and its owner. */
let foreign: string;
let owner: string;

/** Calls that must be answered alike. */
const calls: Record<string, Ask> = {
  'one result per shard': (m) => evalText(m, '(c) => c.guilds.cache.size'),
  'the ids of each shard': (m) => evalText(m, '(c) => [c.shard.ids, c.shard.count, c.options.shards]'),
  'guild names in order': (m) => evalText(m, '(c) => c.guilds.cache.map((g) => [g.id, g.name, g.shardId])'),
  'the sum of members': (m) => evalText(m, '(c) => c.guilds.cache.reduce((n, g) => n + g.memberCount, 0)'),
  'channels, emojis and readiness': (m) =>
    evalText(m, '(c) => [c.channels.cache.size, c.emojis.cache.size, c.isReady()]'),
  'an async function': (m) => evalText(m, 'async (c) => { await null; return c.ws.shards.size; }'),
  'a context': (m) => evalText(m, '(c, { a }) => a', { context: { a: [1, { b: null }] } }),
  'a context of dates': (m) => evalText(m, '(c, x) => typeof x.when', { context: { when: new Date(0) } }),
  'no context': (m) => evalText(m, '(c, x) => typeof x'),
  'the scope of discord.js': (m) => evalText(m, '() => [typeof require, typeof Collection, typeof Events]'),
  'this in an arrow function': (m) => evalText(m, '() => this.guilds.cache.size'),
  'this in a function': (m) => evalText(m, 'function () { return typeof this }'),
  'a cache of guilds': (m) => evalText(m, '(c) => c.guilds.cache.filter((g) => g.shardId === 2).map((g) => g.id)'),
  'one shard': (m) => evalText(m, '(c) => c.shard.ids', { shard: 2 }),
  'a shard that is none': (m) => evalText(m, '() => 1', { shard: 9 }),
  'a shard as text goes to all': (m) => evalText(m, '(c) => c.shard.ids', { shard: '0' }),
  'a foreign guild on one shard': (m) =>
    evalText(m, '(c, id) => c.guilds.cache.has(id)', { shard: 0, context: foreign }),
  'an own guild on one shard': (m) => evalText(m, '(c, id) => c.guilds.cache.has(id)', { shard: 1, context: foreign }),
  'a resolved foreign guild': (m) => evalText(m, '(c, id) => c.guilds.resolve(id)?.name', { context: foreign }),
  'an error': (m) => evalText(m, '() => { throw new RangeError("over the top") }'),
  'a rejection': (m) => evalText(m, 'async () => { throw new TypeError("later") }'),
  'an error on one shard': (m) => evalText(m, '(c) => { if (c.shard.ids[0] === 3) throw new Error("three") }'),
  'users on one shard': (m) => evalText(m, '(c, id) => c.users.cache.has(id)', { shard: 1, context: owner }),
  'a discord.js error': (m) =>
    evalText(m, '(c) => { try { c.generateInvite({}) } catch (e) { return [e.name, e.code] } }'),
  'no function': (m) => m.broadcastEval('1 + 1' as never),
  'a big context': (m) => evalText(m, '() => 1', { context: 1n }),
  'a property': (m) => m.fetchClientValues('guilds.cache.size'),
  'a property of one shard': (m) => m.fetchClientValues('options.shards', 1),
  'a missing property': (m) => m.fetchClientValues('nothing'),
  'a property of nothing': (m) => m.fetchClientValues('nothing.at.all'),
  'the status': (m) => m.fetchClientValues('ws.status'),
  'Shard.eval of text': (m) => m.shards.get(1)?.eval('this.guilds.cache.size + 1'),
  'Shard.eval of a function': (m) => m.shards.get(1)?.eval((c) => c.guilds.cache.first()?.shardId),
  'Shard.fetchClientValue': (m) => m.shards.get(1)?.fetchClientValue('guilds.cache.size'),
  'a broadcastEval of a bot': (m) => evalText(m, '(c) => c.shard.broadcastEval((d) => d.shard.ids[0])', { shard: 0 }),
  'a targeted broadcastEval of a bot': (m) =>
    evalText(m, '(c) => c.shard.broadcastEval((d, x) => [x, d.shard.ids], { shard: 3, context: 5 })', { shard: 0 }),
  'fetchClientValues of a bot': (m) =>
    evalText(m, '(c) => c.shard.fetchClientValues("guilds.cache.size")', { shard: 0 }),
  'a failing broadcastEval of a bot': (m) =>
    evalText(
      m,
      '(c) => c.shard.broadcastEval(() => { throw new RangeError("far") }).catch((e) => [e.name, e.message])',
      {
        shard: 0,
      },
    ),
  'no function from a bot': (m) =>
    evalText(m, '(c) => c.shard.broadcastEval("text").catch((e) => [e.name, e.code, e.message])', { shard: 0 }),
  'a missing shard from a bot': (m) =>
    evalText(m, '(c) => c.shard.fetchClientValues("a", 9).catch((e) => [e.name, e.message])', { shard: 0 }),
  'what client.shard is': (m) =>
    evalText(
      m,
      '(c) => [c.shard instanceof ShardClientUtil, c.shard.mode, typeof c.shard.parentPort, c.shard.client === c]',
    ),
  shardIdForGuildId: (m) =>
    evalText(m, '(c, id) => ShardClientUtil.shardIdForGuildId(id, 4)', { shard: 0, context: foreign }),
  'what broadcast gives back': async (m) => (await m.broadcast('hello')).map((shard) => shard.id),
  'the facts of shards': (m) =>
    m.shards.map((s) => [s.id, s.ready, s.process === null, s.worker === null, s.manager === m, s.args, s.silent]),
  'a second spawn': (m) => m.spawn(),
  'a running shard started again': (m) => m.shards.get(0)?.spawn(),
};

/** Result texts whose value differs between the modes, and must differ alike. */
const results = [
  '() => new Date(0)',
  '() => new Map([[1, 2]])',
  '() => new Set([1])',
  '() => ({ u: undefined, n: NaN, i: -Infinity, z: -0 })',
  '() => [undefined, () => 1].length',
  '() => undefined',
  '() => null',
  '() => ""',
  '() => [1, , 3]',
  '() => Buffer.from("abc").toString("base64")',
  '() => new Uint8Array([1, 2])',
  '() => /re/g',
  '(c) => c.user',
  '(c) => c.guilds.cache.map((g) => g.name)',
];

describe.each(['process', 'worker'] as const)('in %s mode, like discord.js', (mode) => {
  let fleet: Fleet;
  let stock: ShardingManager;
  const ours: Record<string, ShardingManager> = {};

  beforeAll(async () => {
    fleet = await Fleet.start({ strict: false });
    foreign = fleet.guildOf(1);
    owner = fleet.discord.truth.guild(foreign).ownerId;
    stock = fleet.stock({ mode });
    ours['one shard per cluster'] = fleet.manager({ mode, hybrid: { shardsPerCluster: 1 } });
    ours['two shards per cluster'] = fleet.manager({ mode, hybrid: { shardsPerCluster: 2 } });
    ours['all shards in one cluster'] = fleet.manager({ mode, hybrid: { totalClusters: 1 } });
    for (const manager of [stock, ...Object.values(ours)]) await manager.spawn({ delay: 0 });
  });
  afterAll(() => fleet.close());

  test.each(Object.keys(calls))('%s', async (name) => {
    const ask = calls[name] as Ask;
    const expected = await answerOf(() => ask(stock));
    for (const [layout, manager] of Object.entries(ours)) {
      expect(await answerOf(() => ask(manager)), layout).toEqual(expected);
    }
  });

  test.each(results)('the result of %s', async (text) => {
    const expected = await answerOf(() => evalText(stock, text, { shard: 1 }));
    for (const [layout, manager] of Object.entries(ours)) {
      expect(await answerOf(() => evalText(manager, text, { shard: 1 })), layout).toEqual(expected);
    }
  });

  test('messages reach the bot and come back on a Shard', async () => {
    for (const manager of [stock, ...Object.values(ours)]) {
      const shard = manager.shards.get(1);
      await shard?.send({ hello: [1, null] });
      const received = (c: { received: unknown[] }) => c.received.filter((m) => (m as { hello?: unknown }).hello);
      // A user's message and an eval travel on two lines: the one may overtake the other.
      await vi.waitFor(async () => expect(await shard?.eval(received as never)).toEqual([{ hello: [1, null] }]));
      const back = heard(shard as NodeJS.EventEmitter, 'message');
      await shard?.eval((c) => c.shard?.send({ from: c.shard.ids }));
      expect(await back).toEqual([{ from: [1] }]);
    }
  });
});

describe('the constructor, like discord.js', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start();
  });
  afterAll(() => fleet.close());

  test.each([
    { shardList: 'some' },
    { shardList: [] },
    { shardList: [1.5] },
    { shardList: ['1'] },
    { shardList: [-1] },
    { totalShards: '4' },
    { totalShards: Number.NaN },
    { totalShards: 0.5 },
    { totalShards: -3 },
    { totalShards: 4.5 },
    { totalShards: 0 },
    { mode: undefined },
    { mode: 'thread' },
    { token: 7 },
    { token: 'Bot abc' },
    { shardList: [2, 0, 2] },
    { respawn: 0, silent: 1, execArgv: undefined, shardArgs: ['--x'] },
  ] as object[])('takes %o', async (options) => {
    const facts = (manager: object) =>
      Object.fromEntries(Object.entries(manager).filter(([key]) => !key.startsWith('_')));
    const made = async (make: () => object) => answerOf(() => facts(make()));
    const expected = await made(() => fleet.stock(options as never));
    const got = (await made(() => fleet.manager(options as never))) as { value?: Record<string, unknown> };
    if (got.value !== undefined) delete got.value.hybrid;
    expect(got).toEqual(expected);
  });

  test.each([[''], ['no/such/file.js'], ['/']])('takes the file %j', async (file) => {
    const { ShardingManager: Stock } = await import('discord.js');
    const { ShardingManager: Ours } = await import('../../compat/index.ts');
    expect(await answerOf(() => new Ours(file))).toEqual(await answerOf(() => new Stock(file)));
  });

  test.each([[{ amount: 'many' }], [{ amount: Number.NaN }], [{ amount: 0 }], [{ amount: 2.5 }]] as const)(
    'spawn takes %o',
    async (options) => {
      const ask = (manager: ShardingManager) => answerOf(() => manager.spawn(options as never));
      expect(await ask(fleet.manager())).toEqual(await ask(fleet.stock()));
    },
  );

  test('calls before spawn fail alike', async () => {
    const list: Ask[] = [
      (m) => m.broadcastEval(() => 1),
      (m) => m.fetchClientValues('x'),
      (m) => m.broadcast('x'),
      (m) => m.createShard(0).eval('1'),
      (m) => m.shards.get(0)?.fetchClientValue('x'),
      (m) => m.broadcastEval(() => 1),
    ];
    const stock = fleet.stock({ totalShards: 1 });
    const ours = fleet.manager({ totalShards: 1 });
    for (const ask of list.slice(0, -1))
      expect(await answerOf(() => ask(ours))).toEqual(await answerOf(() => ask(stock)));
  });

  test('the shard list must fit the total', async () => {
    const options = { shardList: [1, 7], totalShards: 4 };
    const ask = (manager: ShardingManager) => answerOf(() => manager.spawn());
    expect(await ask(fleet.manager(options))).toEqual(await ask(fleet.stock(options)));
  });

  test('instanceof holds for discord.js classes', async () => {
    const { ShardingManager: Stock, Shard } = await import('discord.js');
    const manager = fleet.manager();
    expect(manager).toBeInstanceOf(Stock);
    expect(manager.createShard(0)).toBeInstanceOf(Shard);
    expect(manager.constructor.name).toBe('ShardingManager');
    expect(manager.shards.get(0)?.constructor.name).toBe('Shard');
    expect(fixture('bot.cjs')).toBe(manager.file);
  });
});
