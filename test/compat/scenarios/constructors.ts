/** scenarios/constructors: what managers take, and what they refuse. */
import { Shard, ShardingManager } from 'discord.js';
import { differs, gives, nothing } from '../differential/differences.ts';
import { asks, type Scenario } from '../differential/scenario.ts';

const accepted: readonly object[] = [
  { shardList: 'some' },
  { shardList: [] },
  { shardList: [1.5] },
  { shardList: ['1'] },
  { shardList: [-1] },
  { shardList: [Number.NaN] },
  { shardList: [2, 0, 2] },
  { shardList: null },
  { totalShards: '4' },
  { totalShards: Number.NaN },
  { totalShards: 0.5 },
  { totalShards: -3 },
  { totalShards: 4.5 },
  { totalShards: 0 },
  { totalShards: null },
  { mode: undefined },
  { mode: 'thread' },
  { token: 7 },
  { token: 'Bot abc' },
  { token: 'bot   abc' },
  { token: '' },
  { respawn: 0, silent: 1, execArgv: undefined, shardArgs: ['--x'] },
  { unknownOption: 1 },
];

const factsOf = (manager: object): object =>
  Object.fromEntries(
    Object.entries(manager)
      .filter(([key]) => !key.startsWith('_') && key !== 'hybrid')
      .map(([key, value]) => [key, key === 'token' && typeof value === 'string' ? value.slice(0, 3) : value]),
  );

const named = (options: object): string =>
  JSON.stringify(options, (_, value) => (Number.isNaN(value) ? 'NaN' : value === undefined ? 'undefined' : value));

const spawning = (options: object, more: object): Scenario =>
  asks(`spawn with ${named(more)} after ${named(options)}`, (_, t) => t.make(options).spawn(more as never), {
    ...('shardList' in options && { shows: ['the shard list must fit the total'] }),
  });

type Ask = (manager: ShardingManager) => unknown;
const early: Readonly<Record<string, Ask>> = {
  broadcastEval: (m) => m.broadcastEval(() => 1),
  'broadcastEval of one shard': (m) => m.broadcastEval(() => 1, { shard: 0 }),
  fetchClientValues: (m) => m.fetchClientValues('x'),
  broadcast: (m) => m.broadcast('x'),
  respawnAll: async (m) => (await m.respawnAll()).size,
  'createShard and eval': (m) => m.createShard(0).eval('1'),
  'createShard and fetchClientValue': (m) => m.createShard(0).fetchClientValue('x'),
  'createShard without an id': (m) => [m.createShard(undefined as never).id, m.createShard(undefined as never).id],
  'createShard and broadcastEval': (m) => {
    m.createShard(0);
    return m.broadcastEval(() => 1);
  },
};

/** Managers that are made and not started, or refuse to start. */
export const constructors: readonly Scenario[] = [
  ...accepted.map((options) => asks(`new ShardingManager with ${named(options)}`, (_, t) => factsOf(t.make(options)))),
  ...['', 'no/such/file.js', '/'].map((file) =>
    asks(`new ShardingManager with the file ${JSON.stringify(file)}`, (manager) => {
      const Manager = manager.constructor as new (file: string) => object;
      return factsOf(new Manager(file));
    }),
  ),
  spawning({}, { amount: 'many' }),
  spawning({}, { amount: Number.NaN }),
  spawning({}, { amount: 0 }),
  spawning({}, { amount: 2.5 }),
  spawning({}, { amount: -1 }),
  spawning({ shardList: [1, 7], totalShards: 4 }, {}),
  ...Object.entries(early).map(([what, ask]) => asks(`before spawn: ${what}`, (_, t) => ask(t.make()))),
  asks('a manager writes to the environment', (_, t) => {
    t.make({ token: 'Bot abc', mode: 'worker' });
    const { SHARDING_MANAGER, SHARDING_MANAGER_MODE, DISCORD_TOKEN } = process.env;
    return [SHARDING_MANAGER, SHARDING_MANAGER_MODE, DISCORD_TOKEN];
  }),
  asks(
    'a manager without a token writes to the environment',
    (_, t) => {
      delete process.env.DISCORD_TOKEN;
      const made = t.make({ token: undefined });
      return [made.token, process.env.DISCORD_TOKEN];
    },
    {
      differs: [
        differs(
          'for want of a token is TokenMissing, and the environment stays without one',
          gives([null, 'null']),
          gives([null, nothing]),
        ),
      ],
    },
  ),
  asks('a manager without a token asks Discord for the number of shards', (_, t) => {
    delete process.env.DISCORD_TOKEN;
    return t.make({ token: undefined, totalShards: 'auto' }).spawn();
  }),
  asks('shardCreate comes while createShard runs', (_, t) => {
    const manager = t.make();
    const seen: unknown[] = [];
    manager.on('shardCreate', (shard) => seen.push([shard.id, shard.ready, shard.process, shard.worker]));
    seen.push(manager.createShard(2).id);
    return seen;
  }),
  asks('what a Shard is made with', (_, t) => {
    const shard = t.make({ shardArgs: ['--a'], execArgv: ['--no-warnings'], silent: true }).createShard(1);
    const { SHARDS, SHARD_COUNT, SHARDING_MANAGER } = shard.env as Record<string, unknown>;
    const { args, silent, execArgv } = shard as unknown as Record<string, unknown>;
    return [args, silent, execArgv, SHARDS, SHARD_COUNT, SHARDING_MANAGER];
  }),
  asks('managers and shards are of the classes of discord.js', (m) => [
    m instanceof ShardingManager,
    m.shards.get(0) instanceof Shard,
  ]),
  asks('names of the classes', (m) => [
    m.constructor.name,
    m.shards.get(0)?.constructor.name,
    m.shards.constructor.name,
  ]),
];
