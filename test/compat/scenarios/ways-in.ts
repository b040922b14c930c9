/** scenarios/ways-in: bots of every make, and what they find around themselves. */
import type { ShardingManager } from 'discord.js';
import { differs, fails, gives, never } from '../differential/differences.ts';
import { evaluates, type Scenario, type Tools, written } from '../differential/scenario.ts';

const threadArguments = "a thread is given its bot's arguments and Node's flags";
const inOldThreads = { note: 'seen', mode: 'worker', before: '14.16.0' } as const;
const firstAnswers = 'of several copies of discord.js the first client answers';

/** What every bot answers, however it was made: its shards, its guilds, calls of its own, messages. */
export async function looksAround({ manager, answer, note, until }: Tools): Promise<void> {
  await answer('ids', () => evaluates(manager, '(c) => [c.shard.ids, c.shard.count, c.guilds.cache.size]'));
  await answer('mode', () => evaluates(manager, '(c) => [c.shard.mode, c.shard.parentPort === null]'));
  await answer('calls', () =>
    evaluates(manager, '(c) => c.shard.broadcastEval((d) => d.guilds.cache.size)', { shard: 0 }),
  );
  await answer('values', () => evaluates(manager, '(c) => c.shard.fetchClientValues("shard.ids")', { shard: 1 }));
  await answer('error', () =>
    evaluates(manager, '(c) => c.shard.broadcastEval("text").catch((e) => [e.name, e.code, e.message])', { shard: 0 }),
  );
  const heard = new Promise((resolve) => {
    manager.shards.get(1)?.on('message', (m: { told?: unknown } | null) => m?.told !== undefined && resolve(m.told));
  });
  await evaluates(manager, '(c) => c.shard.send({ told: c.shard.ids })', { shard: 1 });
  let told: unknown;
  void heard.then((ids) => {
    told = ids;
  });
  await until(() => told !== undefined, 'a message');
  note('told', told);
}

const made = (name: string, bot: string, more: Partial<Scenario> = {}): Scenario => ({
  name,
  fleet: 'own',
  bot,
  ...more,
  async run(tools) {
    await tools.manager.spawn({ delay: 0 });
    await looksAround(tools);
  },
});

/** A bot that passes options of its own to its client. */
const passes = (options: object, more: Partial<Scenario> & { readonly total?: number } = {}): Scenario => ({
  name: `a bot that passes ${JSON.stringify(options)} to its client`,
  fleet: 'own',
  bot: 'options.cjs',
  ...more,
  options: { respawn: false, silent: true, ...more.options },
  async run({ manager, answer, note, discord }) {
    process.env.BOT_OPTIONS = JSON.stringify(options);
    await answer('spawn', async () => [...(await manager.spawn({ delay: 0, timeout: 8_000 })).keys()], { slow: true });
    const facts = '(c) => [c.options.shards, c.options.shardCount, c.ws.shards.size]';
    await answer('the first', () => evaluates(manager, facts, { shard: [...manager.shards.keys()][0] }));
    note('identified', (await discord.identified()).toSorted());
  },
});

/** What the manager was started with, in the bot. */
const given = (name: string, options: object, text: string, more: Partial<Scenario> = {}): Scenario => ({
  name,
  fleet: 'own',
  shards: 1,
  options: options as NonNullable<Scenario['options']>,
  ...more,
  async run({ manager, answer }) {
    await manager.spawn({ delay: 0 });
    await answer('seen', () => evaluates(manager, text));
  },
});

const second = (manager: ShardingManager, text: string): unknown =>
  manager.broadcastEval(written<() => unknown>(text), { shard: 0 } as never);

/** Bots of every make. */
export const waysIn: readonly Scenario[] = [
  made('a bot of ES modules', 'esm.mjs', { quick: true }),
  made('a bot that makes its client late', 'late.cjs'),
  made('a bot that is bundled', 'bundled.cjs'),
  made('a bot that is bundled and minified', 'minified.cjs'),
  made('a bot whose client is of a copy of discord.js that its framework brings', 'framework.cjs'),
  {
    name: 'a bot that its file starts in a further process or thread',
    fleet: 'own',
    bot: 'launched.cjs',
    options: { silent: true },
    differs: [
      differs(
        'a call that is under way when its cluster dies rejects at once',
        never,
        fails({ code: 'ShardingNoChildExists' }),
        { note: 'to the dead' },
      ),
    ],
    async run({ manager, answer, journal, note, until }) {
      const lines = journal();
      await manager.spawn({ delay: 0 });
      note('ready', lines.filter((line) => line.endsWith('ready')).toSorted());
      await answer('ids', () => evaluates(manager, '(c) => [c.shard.ids, c.shard.count, c.guilds.cache.size]'));
      await answer('values', () => manager.fetchClientValues('guilds.cache.size'));
      await answer('of one', () => evaluates(manager, '(c, on) => [c.shard.ids, on]', { shard: 1, context: 'it' }));
      await answer('calls', () =>
        evaluates(manager, '(c) => c.shard.broadcastEval((d) => d.guilds.cache.size)', { shard: 0 }),
      );
      await answer('its values', () =>
        evaluates(manager, '(c) => c.shard.fetchClientValues("shard.ids", 1)', { shard: 0 }),
      );
      await answer('error', () => evaluates(manager, '() => { throw new RangeError("far"); }'));
      await manager.shards.get(0)?.send({ to: 'the bot' });
      const heard = '(c) => c.received.some((m) => m.to === "the bot")';
      await answer('heard', () => evaluates(manager, heard, { shard: 0 }));
      const told: unknown[] = [];
      manager.shards
        .get(0)
        ?.on('message', (m: { told?: unknown } | null) => m?.told !== undefined && told.push(m.told));
      await evaluates(manager, '(c) => c.shard.send({ told: 1 })', { shard: 0 });
      await until(() => told.length === 1, 'a message');
      await manager.shards.get(1)?.respawn({ delay: 1 });
      await until(() => manager.shards.every(({ ready }) => ready), 'all shards');
      await answer('again', () => evaluates(manager, '(c) => [c.shard.ids, c.guilds.cache.size]'));
      await answer('to the dead', async () => {
        const call = evaluates(manager, '() => new Promise(() => {})', { shard: 1 }) as Promise<unknown>;
        call.catch(() => undefined);
        manager.shards.get(1)?.kill();
        return call;
      });
    },
  },
  {
    name: 'a bot that says by itself that it is ready, before it has a client',
    fleet: 'own',
    bot: 'own-words.cjs',
    shards: 1,
    differs: [
      differs('that look like the protocol of discord.js are only messages', [], [{ _ready: true }], { note: 'heard' }),
    ],
    async run({ manager, answer, note, until }) {
      const heard: unknown[] = [];
      const isAnswer = (m: unknown): boolean => typeof m === 'object' && m !== null && '_eval' in m;
      manager.on('shardCreate', (shard) => shard.on('message', (m: unknown) => void (isAnswer(m) || heard.push(m))));
      await manager.spawn({ delay: 0 });
      await until(() => evaluates(manager, '(c) => c.isReady()', { shard: 0 }), 'the client');
      await answer('ids', () => evaluates(manager, '(c) => [c.shard.ids, c.guilds.cache.size]'));
      note('heard', heard);
    },
  },
  {
    name: 'a bot with clients of two copies of discord.js',
    fleet: 'own',
    bot: 'two-copies.cjs',
    differs: [
      differs(firstAnswers, fails({ name: 'TypeError' }), gives([0, 2]), { note: 'of the second' }),
      differs(firstAnswers, fails({ name: 'TypeError' }), gives([0, 1]), { note: 'calls of the second' }),
    ],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      await answer('ids', () => evaluates(manager, '(c) => [c.shard.ids, c.guilds.cache.size]'));
      await answer('of the second', () => second(manager, '(c) => [c.second.shard.ids[0], c.second.shard.count]'));
      await answer('calls of the second', () =>
        second(manager, '(c) => c.second.shard.broadcastEval((d) => d.shard.ids[0])'),
      );
    },
  },
  passes({ shards: [1] }, { shards: 1, options: { totalShards: 2, shardList: [0] } }),
  passes({ shards: [0, 1] }, { shards: 1, options: { totalShards: 2, shardList: [0] } }),
  passes({ shards: 'auto' }, { shards: 1, options: { totalShards: 2, shardList: [0] } }),
  passes({ shardCount: 4 }, { shards: 1, options: { totalShards: 2, shardList: [1] } }),
  {
    name: 'a message that is sent as soon as there is a process',
    fleet: 'own',
    bot: 'late.cjs',
    shards: 1,
    async run({ manager, note, until }) {
      manager.on('shardCreate', (shard) => shard.once('spawn', () => void shard.send({ early: shard.id })));
      await manager.spawn({ delay: 0 });
      await until(() => evaluates(manager, '(c) => c.received.length > 0', { shard: 0 }), 'the message');
      // discord.js shows the bot its own calls, too.
      note('heard', await evaluates(manager, '(c) => c.received.filter((m) => m._eval === undefined)', { shard: 0 }));
    },
  },
  {
    name: 'what a bot says when it is ready comes after the news that it is',
    fleet: 'own',
    bot: 'tells.cjs',
    shards: 1,
    async run({ manager, note, until }) {
      const lines: string[] = [];
      manager.on('shardCreate', (shard) => {
        shard.on('ready', () => lines.push('ready'));
        shard.on('message', (m: { tells?: unknown } | null) => m?.tells && lines.push(`message, ${shard.ready}`));
      });
      for (let round = 0; round < 4; round++) {
        if (round === 0) await manager.spawn({ delay: 0 });
        else await manager.shards.get(0)?.respawn({ delay: 1 });
        await until(() => lines.length === 2 * (round + 1), 'both');
      }
      note('order', lines);
    },
  },
  given('flags of Node for the bot', { execArgv: ['--no-warnings', '--no-deprecation'] }, '() => process.execArgv', {
    differs: [differs(threadArguments, gives([[]]), gives([['--no-warnings', '--no-deprecation']]), inOldThreads)],
  }),
  given("no flags of Node are the manager's own", { execArgv: undefined }, '() => process.execArgv'),
  {
    name: 'the streams of a silent process',
    fleet: 'own',
    shards: 1,
    modes: ['process'],
    options: { silent: true },
    async run({ manager, note }) {
      await manager.spawn({ delay: 0 });
      const child = manager.shards.get(0)?.process;
      note(
        'streams',
        [child?.stdin, child?.stdout, child?.stderr].map((stream) => typeof stream?.on),
      );
      note('written', child?.stdin?.write('text'));
    },
  },
  given(
    'NODE_OPTIONS of the manager',
    { execArgv: ['--no-deprecation'] },
    '() => [process.env.NODE_OPTIONS?.includes("shardlift-compat") ?? false, Object.keys(process.env).filter((key) => /^NODE_(?!OPTIONS)/.test(key))]',
    { modes: ['process'] },
  ),
  given(
    'the kinds of what a thread is given',
    {},
    `() => {
      const { workerData: d } = require("node:worker_threads");
      return [typeof d.SHARDS, typeof d.SHARD_COUNT, typeof d.SHARDING_MANAGER, typeof d.DISCORD_TOKEN, process.env.SHARDS];
    }`,
    { modes: ['worker'] },
  ),
  {
    name: 'the environment of a shard is that of the moment it was made',
    fleet: 'own',
    shards: 1,
    modes: ['process'],
    async run({ manager, answer }) {
      process.env.MOOD = 'before';
      manager.once('shardCreate', () => {
        process.env.MOOD = 'after';
      });
      await manager.spawn({ delay: 0 });
      await answer('first', () => evaluates(manager, '() => process.env.MOOD'));
      await manager.shards.get(0)?.respawn({ delay: 1 });
      await answer('again', () => evaluates(manager, '() => process.env.MOOD'));
    },
  },
  {
    name: 'settings that are changed before the start',
    fleet: 'own',
    shards: 1,
    differs: [differs(threadArguments, gives([[[], true]]), gives([[['--changed'], true]]), inOldThreads)],
    async run({ manager, answer, note }) {
      Object.assign(manager, { shardArgs: ['--changed'], file: manager.file.replace('bot.cjs', 'hears.cjs') });
      await manager.spawn({ delay: 0 });
      await answer('seen', () => evaluates(manager, '(c) => [process.argv.slice(2), c.received === undefined]'));
      note('of the shard', manager.shards.get(0)?.args);
    },
  },
];
