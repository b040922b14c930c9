/** scenarios/starts: how fleets come up. */
import type { Shard, ShardingManager } from 'discord.js';
import { differs, gives, shared } from '../differential/differences.ts';
import { evaluates, type Scenario, type Tools } from '../differential/scenario.ts';

const ascending = 'keeps the shards of its clusters in ascending order';
const readsStderr = 'reads what a bot writes to stderr, for the reason of its death, and passes it on';
const threadArguments = "a thread is given its bot's arguments and Node's flags";
const sideBySide = 'starts clusters of several shards side by side';

/** Which of its outputs a manager can read. */
const pipesOf = ({ process: child, worker }: Shard): boolean[] =>
  [child ?? worker].flatMap((one) => [one?.stdout !== null, one?.stderr !== null]);

/** A bot that prints, and what of it comes out of the manager's own process. */
const prints = (name: string, silent: boolean, more: Partial<Scenario> = {}): Scenario => ({
  name,
  fleet: 'own',
  shards: 1,
  bot: 'prints.cjs',
  options: { silent },
  ...more,
  async run({ manager, note, discord, until, mode }) {
    await manager.spawn();
    for (const stream of [process.stdout, process.stderr]) stream.write('that was it\n');
    const isEnd = (line: string): boolean => line.endsWith('that was it');
    await until(async () => (await discord.printed()).filter(isEnd).length === 2, 'the end of both');
    note('printed', (await discord.printed()).filter((line) => line.includes('the bot')).toSorted());
    note('output is piped', manager.shards.map(pipesOf));
    if (!silent || mode === 'worker') return;
    // Nobody has read it so far, and it is still there.
    const late = new Promise<string>((resolve) => manager.shards.first()?.process?.stdout?.once('data', resolve));
    note('read late', String(await late));
  },
});

/** The lines of one shard, in a fixed set of events. */
const ofShard = (lines: readonly string[], id: number): string[] => lines.filter((line) => line.startsWith(`${id} `));
const silence = (shard: number) => ({ on: 'ready', shard, do: 'hang', times: 'always' }) as const;

const keysOf = (manager: ShardingManager): unknown => [...manager.shards.keys()];
const facts = (manager: ShardingManager): unknown => [keysOf(manager), manager.totalShards, manager.shardList];

/** A start with some options, and what the manager says of itself afterwards. */
const start = (
  name: string,
  spawn: object,
  more: Partial<Scenario> & { readonly before?: (tools: Tools) => Promise<void> } = {},
): Scenario => ({
  name,
  fleet: 'own',
  ...more,
  async run(tools) {
    const { manager, answer, note, discord } = tools;
    await more.before?.(tools);
    await answer('spawn', async () => [...(await manager.spawn({ delay: 0, ...spawn })).keys()], { slow: true });
    note('the manager says', facts(manager));
    note('identified', (await discord.identified()).toSorted());
    await answer('ids', () => evaluates(manager, '(c) => [c.shard.ids[0], c.shard.count]'));
  },
});

/** Fleets that start. */
export const starts: readonly Scenario[] = [
  {
    name: 'a start of two shards, event by event',
    fleet: 'own',
    quick: true,
    differs: [
      ...shared(sideBySide, { 2: ['0 shardCreate', '1 shardCreate', '0 spawn', '1 spawn'] }, { note: 'order' }),
    ],
    async run({ manager, note, journal }) {
      const lines = journal();
      const back = await manager.spawn({ delay: 0 });
      note('of shard 0', ofShard(lines, 0));
      note('of shard 1', ofShard(lines, 1));
      note(
        'order',
        lines.filter((line) => !line.endsWith('ready')),
      );
      note('gives the shards', back === manager.shards);
      note(
        'ready',
        manager.shards.map((shard) => shard.ready),
      );
    },
  },
  start('a list of one shard out of two', {}, { options: { shardList: [1] } }),
  start(
    'a list in an order of its own',
    {},
    {
      options: { shardList: [1, 0] },
      modes: ['process'],
      differs: [
        ...shared(ascending, { 2: gives([0, 1]) }, { note: 'spawn' }),
        ...shared(ascending, { 2: [[0, 1], 2, [1, 0]] }, { note: 'the manager says' }),
        ...shared(
          ascending,
          {
            2: gives([
              [0, 2],
              [1, 2],
            ]),
          },
          { note: 'ids' },
        ),
      ],
    },
  ),
  start('an amount beats the constructor', { amount: 2 }, { options: { totalShards: 4 } }),
  start('an amount beats the list', { amount: 2 }, { options: { totalShards: 4, shardList: [3] } }),
  start(
    'Discord is asked for the number of shards',
    {},
    {
      options: { totalShards: 'auto' },
      before: ({ discord }) => discord.recommend(2),
      quick: true,
    },
  ),
  start('an amount of auto', { amount: 'auto' }, { before: ({ discord }) => discord.recommend(2) }),
  {
    name: 'a timeout of -1 does not wait',
    fleet: 'own',
    shards: 1,
    shows: ['does not wait with a timeout of -1'],
    async run({ manager, note, answer, discord }) {
      await discord.fault(silence(0));
      await answer('spawn', async () => [...(await manager.spawn({ timeout: -1 })).keys()], { slow: true });
      const shard = manager.shards.get(0) as Shard;
      note('shard', [shard.ready, (shard.process ?? shard.worker) !== null]);
    },
  },
  {
    name: 'a pause between shards',
    fleet: 'own',
    differs: shared(sideBySide, { 2: false }, { note: 'waited' }),
    async run({ manager, note }) {
      const made: number[] = [];
      let ready = 0;
      manager.on('shardCreate', (shard) => {
        made.push(performance.now());
        shard.on('ready', () => {
          ready = performance.now();
        });
      });
      await manager.spawn({ delay: 3_000 });
      note('waited', (made[1] ?? 0) - (made[0] ?? 0) > 2_900);
      note('waited after the last', performance.now() - ready > 2_900);
    },
  },
  {
    name: 'shards of one client, when Discord renews its budget all the time',
    fleet: 'own',
    bot: 'two-shards.cjs',
    options: { totalShards: 2, shardList: [0], respawn: false },
    conditions: { maxConcurrency: 1, identifyWindow: 600, resetAfter: 1 },
    modes: ['process'],
    differs: [differs('shards of one client identify one after the other', true, false, { note: 'both at once' })],
    async run({ manager, note, discord, until }) {
      await manager.spawn({ timeout: -1 });
      await until(async () => new Set(await discord.identified()).size === 2, 'two identifies');
      note('both at once', (await discord.identifySpan()) < 500);
    },
  },
  {
    name: 'calls while shards are being spawned',
    fleet: 'own',
    quick: true,
    shows: ['answers ShardingInProcess meanwhile, also to a second spawn, and aimed calls'],
    differs: shared(sideBySide, { 2: gives([0, 1]) }, { note: 'to all' }),
    async run({ manager, answer }) {
      const first = new Promise<void>((resolve) => {
        manager.once('shardCreate', (shard) => shard.once('ready', resolve));
      });
      const spawned = manager.spawn({ delay: 0 });
      const aimed = first.then(() =>
        Promise.all([
          answer('to one', () => evaluates(manager, '(c) => c.shard.ids[0]', { shard: 0 })),
          answer('to all', () => evaluates(manager, '(c) => c.shard.ids[0]')),
        ]),
      );
      await Promise.all([spawned, aimed]);
    },
  },
  {
    name: 'what a spawn that is not waited for has made',
    fleet: 'own',
    quick: true,
    async run({ manager, note, comes }) {
      const created: number[] = [];
      manager.on('shardCreate', (shard) => created.push(shard.id));
      const spawned = manager.spawn({ delay: 0 });
      const first = manager.shards.get(0);
      note('the first shard', [first?.id, first?.ready, created[0]]);
      note('the list', [manager.shardList, manager.totalShards]);
      note('its ready', await comes(new Promise((resolve) => first?.once('ready', () => resolve(true)))));
      await spawned;
      note('kept', [manager.shards.get(0) === first, created]);
    },
  },
  {
    name: 'a second spawn meanwhile',
    fleet: 'own',
    differs: [
      differs('a second spawn meanwhile is refused', 'started', 'ShardingInProcess', { note: 'second' }),
      differs('a second spawn meanwhile is refused', true, false, { note: 'more than two processes' }),
    ],
    async run({ manager, note, discord, until }) {
      const first = manager.spawn({ delay: 0 }).catch(() => undefined);
      const second = manager.spawn({ delay: 0 }).then(
        () => 'started',
        (error: { code?: string }) => error.code,
      );
      note('second', await second);
      await first;
      await until(async () => new Set(await discord.connected()).size === 2, 'both shards');
      note('more than two processes', (await discord.identified()).length > 2);
    },
  },
  {
    name: 'a list cannot be spawned twice',
    fleet: 'own',
    options: { shardList: [0] },
    differs: [
      differs('does not spawn twice what a list names', gives(1), { error: { code: 'ShardingAlreadySpawned' } }),
    ],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      await answer('answer', async () => (await manager.spawn({ delay: 0 })).size, { slow: true });
    },
  },
  {
    name: 'settings that a listener gives each shard',
    fleet: 'own',
    modes: ['process'],
    differs: shared(
      'uses what shardCreate listeners set on the first shard of a cluster',
      {
        2: gives([
          ['of 0', ['--id', '0'], ['--no-warnings']],
          ['of 0', ['--id', '0'], ['--no-warnings']],
        ]),
      },
      { note: 'seen' },
    ),
    async run({ manager, answer }) {
      manager.on('shardCreate', (shard) => {
        Object.assign(shard.env as object, { FLAVOUR: `of ${shard.id}` });
        Object.assign(shard, { args: ['--id', String(shard.id)], execArgv: ['--no-warnings'] });
      });
      await manager.spawn({ delay: 0 });
      await answer('seen', () =>
        evaluates(manager, '() => [process.env.FLAVOUR, process.argv.slice(2), process.execArgv]'),
      );
    },
  },
  {
    name: 'arguments of the constructor',
    fleet: 'own',
    options: { shardArgs: ['--a', 'b c'], silent: true },
    differs: [
      differs(threadArguments, gives([[], []]), gives([1, 2].map(() => ['--a', 'b c'])), {
        note: 'argv',
        mode: 'worker',
        before: '14.16.0',
      }),
    ],
    async run({ manager, answer, note }) {
      await manager.spawn({ delay: 0 });
      await answer('argv', () => evaluates(manager, '() => process.argv.slice(2)'));
      note('output is piped', manager.shards.map(pipesOf));
    },
  },
  prints('a bot that prints, silent', true),
  prints('a bot that prints', false, {
    differs: [differs(readsStderr, [[false, false]], [[false, true]], { note: 'output is piped', mode: 'process' })],
  }),
  {
    name: 'another collection in the place of manager.shards',
    fleet: 'own',
    async run({ manager, answer }) {
      const inBot = '(c) => c.shard.broadcastEval((d) => d.shard.ids[0])';
      await manager.spawn({ delay: 0 });
      // Twice: from its second call on, a bot may know the way itself.
      for (const _ of [1, 2]) await answer('before', () => evaluates(manager, inBot, { shard: 0 }));
      manager.shards = manager.shards.clone().reverse();
      await answer('after', () => evaluates(manager, '(c) => c.shard.ids[0]'));
      await answer('after, by a bot', () => evaluates(manager, inBot, { shard: 0 }));
    },
  },
  {
    name: 'spawn makes its shards by createShard',
    fleet: 'own',
    async run({ manager, note }) {
      const made: unknown[] = [];
      const create = manager.createShard;
      manager.createShard = (id) => {
        made.push(id);
        return create.call(manager, id);
      };
      await manager.spawn({ delay: 0 });
      note('made', made);
    },
  },
  {
    name: 'a shard created and started by hand',
    fleet: 'own',
    async run({ manager, answer, note }) {
      const shard = manager.createShard(1);
      const child = await shard.spawn();
      note('gives its child', child === (shard.process ?? shard.worker));
      await answer('sees', () => shard.eval((c) => [c.shard?.ids, c.shard?.count]));
      await answer('all', () => evaluates(manager, '() => 1'));
    },
  },
];
