/** scenarios/several-clusters: four shards, so that two to a cluster are two clusters: what happens to one, and to the other. */
import type { Shard, ShardingManager } from 'discord.js';
import { differs, fails, gives, shared } from '../differential/differences.ts';
import { type Difference, evaluates, type Scenario, type Tools } from '../differential/scenario.ts';

const together = 'a shard that is killed or respawned takes those of its process along';
const dead = 'to a dead shard are refused by name';
const all = [0, 1, 2, 3] as const;

const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;
const linesOf = (lines: readonly string[], id: number): string[] => lines.filter((line) => line.startsWith(`${id} `));

/** The notes `of shard N` for what happens to shard 1 and, where they share its process, to its siblings. */
const withSiblings = (told: readonly string[]): readonly Difference[] => {
  const of = (id: number) => told.map((line) => `${id} ${line}`);
  return [
    ...shared(together, { 2: of(0), 4: of(0) }, { note: 'of shard 0' }),
    ...[2, 3].flatMap((id) => shared(together, { 4: of(id) }, { note: `of shard ${id}` })),
  ];
};

const deadShard = (id: number): object =>
  fails({ code: 'ShardingNoChildExists', message: `Shard ${id} has no active process or worker.` });

function noteAll({ note }: Tools, lines: readonly string[]): void {
  for (const id of all) note(`of shard ${id}`, linesOf(lines, id));
}

const isReady = (manager: ShardingManager) => (): boolean => manager.shards.every((shard) => shard.ready);
const comesBack = ['death its child', 'spawn its child', 'ready'];

/** What happens in one cluster of several. */
export const severalClusters: readonly Scenario[] = [
  {
    name: 'one of four shards is killed',
    fleet: 'own',
    shards: 4,
    quick: true,
    differs: [
      ...withSiblings(['death its child']),
      ...shared(together, { 2: fails({ code: 'ShardingNoChildExists' }) }, { note: 'the one beside it' }),
      ...shared(together, { 4: fails({ code: 'ShardingNoChildExists' }) }, { note: 'the one beside it' }),
      ...shared(together, { 4: fails({ code: 'ShardingNoChildExists' }) }, { note: 'the last' }),
      // The first shard of the call that is dead is named, and that is the first of its process.
      ...shared(together, { 2: deadShard(0), 4: deadShard(0) }, { note: 'to all' }),
      ...shared(together, { 2: [2, 3], 4: [] }, { note: 'connected' }),
      differs(dead, fails({ name: 'TypeError' }), fails({ code: 'ShardingNoChildExists' }), { note: 'broadcast' }),
    ],
    async run(tools) {
      const { manager, answer, note, fullJournal, discord, until } = tools;
      await manager.spawn({ delay: 0 });
      const lines = fullJournal();
      const childOf = (id: number) => at(manager, id).process ?? at(manager, id).worker;
      // Discord sees the end of each shard of the process by itself.
      const ending = all.filter((id) => childOf(id) === childOf(1));
      at(manager, 1).kill();
      noteAll(tools, lines);
      await answer('the one beside it', () => evaluates(manager, '(c) => c.shard.ids', { shard: 0 }));
      await answer('the last', () => evaluates(manager, '(c) => c.shard.ids', { shard: 3 }));
      await answer('to all', () => evaluates(manager, '() => 1'));
      await answer('broadcast', () => manager.broadcast('x'));
      const ended = async () => !(await discord.connected()).some((id) => ending.some((one) => one === id));
      await until(ended, `the end of shards ${ending}`);
      note('connected', (await discord.connected()).toSorted());
    },
  },
  {
    name: 'one of four shards is respawned',
    fleet: 'own',
    shards: 4,
    differs: [
      ...withSiblings(comesBack),
      ...shared(together, { 2: [0, 0, 1, 1, 2, 3], 4: [0, 0, 1, 1, 2, 2, 3, 3] }, { note: 'identified' }),
    ],
    async run(tools) {
      const { manager, answer, note, fullJournal, discord, until } = tools;
      await manager.spawn({ delay: 0 });
      const lines = fullJournal();
      const shard = at(manager, 1);
      await answer(
        'gives its child',
        async () => (await shard.respawn({ delay: 10 })) === (shard.process ?? shard.worker),
        {
          slow: true,
        },
      );
      await until(isReady(manager), 'all shards');
      noteAll(tools, lines);
      note('identified', (await discord.identified()).toSorted());
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'respawnAll of four shards',
    fleet: 'own',
    shards: 4,
    shows: ['respawnAll restarts each cluster once'],
    differs: shared(
      'respawnAll restarts each cluster once',
      { 2: ['0 death', '1 death', '0 spawn', '1 spawn', '2 death', '3 death', '2 spawn', '3 spawn'] },
      { note: 'order' },
    ).concat(
      shared(
        'respawnAll restarts each cluster once',
        { 4: ['0 death', '1 death', '2 death', '3 death', '0 spawn', '1 spawn', '2 spawn', '3 spawn'] },
        { note: 'order' },
      ),
    ),
    async run(tools) {
      const { manager, answer, note, journal, fullJournal, discord } = tools;
      await manager.spawn({ delay: 0 });
      const [lines, full] = [journal(), fullJournal()];
      const pace = { shardDelay: 1, respawnDelay: 1 };
      await answer('gives', async () => (await manager.respawnAll(pace)) === manager.shards, { slow: true });
      noteAll(tools, full);
      note(
        'order',
        lines.filter((line) => !line.endsWith('ready')),
      );
      note('identified', (await discord.identified()).toSorted());
    },
  },
  {
    name: 'one of four shards crashes, and comes back',
    fleet: 'own',
    shards: 4,
    quick: true,
    differs: withSiblings(comesBack),
    async run(tools) {
      const { manager, answer, fullJournal, until } = tools;
      await manager.spawn({ delay: 0 });
      const lines = fullJournal();
      // Nobody waits for the answer: with discord.js one that is lost is never made up for.
      const crash = evaluates(manager, '() => void setTimeout(() => process.exit(7), 5)', { shard: 1 });
      (crash as Promise<unknown>).catch(() => undefined);
      await until(() => lines.includes('1 ready') && isReady(manager)(), 'all shards');
      noteAll(tools, lines);
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'a message to four shards, and one to one of them',
    fleet: 'own',
    shards: 4,
    differs: [
      ...shared('a bot that is not in an eval has all shards of its process', {
        2: gives([['all', 'own'], ['all', 'own'], ['all'], ['all']]),
        4: gives(Array(4).fill(['all', 'own'])),
      }),
    ],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      await manager.broadcast('all');
      await at(manager, 1).send('own');
      await answer('answer', () => evaluates(manager, "(c) => c.received.filter((one) => typeof one === 'string')"));
    },
  },
];
