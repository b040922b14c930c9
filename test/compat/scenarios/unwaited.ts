/** scenarios/unwaited: calls that nobody waits for, and bots that die of them or meanwhile. */
import type { Shard, ShardingManager } from 'discord.js';
import { differs, shared } from '../differential/differences.ts';
import { evaluates, type Scenario, type Tools } from '../differential/scenario.ts';

const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;
const linesOf = (lines: readonly string[], id: number): string[] => lines.filter((line) => line.startsWith(`${id} `));
const together = 'a shard that is killed or respawned takes those of its process along';
const survives = 'a call that nobody waits for ends nobody when its cluster dies';
const comesBack = (id: number): string[] => [`${id} death`, `${id} spawn`, `${id} ready`];

const unsent = 'a call that nobody waits for ends nobody when its result cannot be sent';
const typed = 'a result that cannot be sent is a typed error';

/** Functions of which each gives something that has no JSON. Different texts: discord.js runs the same text once. */
const timers = [500, 501, 502, 503].map((ms) => `() => setTimeout(() => {}, ${ms})`);
const itself = '(c) => c.on("x", () => {})';

/** Calls of the manager and of a bot, by way of the manager and, once it knows the fleet, directly. */
async function callsInVain({ manager, answer }: Tools): Promise<void> {
  const [ofManager, ofShard, ofBot, later] = timers;
  await evaluates(manager, '(c) => { c.circle = []; c.circle.push(c.circle); }');
  void evaluates(manager, ofManager as string);
  void at(manager, 0).eval(ofShard as string);
  void manager.fetchClientValues('circle');
  void at(manager, 0).fetchClientValue('circle');
  await evaluates(manager, `(c) => void c.shard.broadcastEval(${ofBot})`, { shard: 0 });
  await answer('a call of the bot', () => evaluates(manager, '(c) => c.shard.broadcastEval(() => 1)', { shard: 0 }));
  await evaluates(manager, `(c) => void c.shard.broadcastEval(${later})`, { shard: 0 });
  await evaluates(manager, `(c) => void c.shard.broadcastEval(${itself})`, { shard: 0 });
  await evaluates(manager, '(c) => void c.shard.fetchClientValues("circle")', { shard: 0 });
}

/** Calls without an await, a then or a catch. */
export const unwaited: readonly Scenario[] = [
  {
    name: 'bots that are told to exit by a call that nobody waits for',
    fleet: 'own',
    quick: true,
    mortal: true,
    shows: [survives],
    async run({ manager, answer, note, journal, until }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      void evaluates(manager, '() => process.exit()');
      const back = () => [0, 1].every((id) => lines.includes(`${id} ready`));
      await until(() => back() && manager.shards.every((shard) => shard.ready), 'all shards');
      for (const id of [0, 1]) note(`of shard ${id}`, linesOf(lines, id));
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'calls that nobody waits for, while a shard dies and comes back',
    fleet: 'own',
    shards: 1,
    mortal: true,
    // Long enough for the calls below to meet a shard that is not back yet.
    hybrid: { restarts: { firstMs: 1_500, maxRestarts: 3 } },
    shows: [survives],
    async run({ manager, answer, note, journal, until }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      const dead = new Promise((resolve) => at(manager, 0).once('death', resolve));
      void at(manager, 0).eval('process.exit(7)');
      void manager.fetchClientValues('guilds.cache.size');
      await dead;
      await new Promise((resolve) => setTimeout(resolve, 300));
      void manager.fetchClientValues('guilds.cache.size');
      void at(manager, 0).fetchClientValue('guilds.cache.size');
      void manager.broadcast('hello');
      void at(manager, 0).send('hello');
      await until(() => lines.includes('0 ready'), 'the shard');
      note('events', lines);
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'a call of a bot that it does not wait for, while another bot dies',
    fleet: 'own',
    shards: 4,
    shows: [survives],
    differs: [
      ...shared(together, { 2: [...comesBack(2), ...comesBack(2)] }, { note: 'of shard 2' }),
      ...[0, 1, 2].flatMap((id) =>
        shared(together, { 4: [...comesBack(id), ...comesBack(id)] }, { note: `of shard ${id}` }),
      ),
    ],
    async run({ manager, answer, note, journal, until }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      const endsLast = '(c) => void c.shard.broadcastEval((d) => void (d.shard.ids[0] === 3 && process.exit(7)))';
      const times = (count: number) => () =>
        lines.filter((line) => line === '3 ready').length === count && manager.shards.every((shard) => shard.ready);
      // The first goes by way of the manager. With the plan that another call brings, the second does not.
      void evaluates(manager, endsLast, { shard: 0 });
      await until(times(1), 'shard 3');
      await answer('a call of the bot', () =>
        evaluates(manager, '(c) => c.shard.broadcastEval(() => 1)', { shard: 0 }),
      );
      void evaluates(manager, endsLast, { shard: 0 });
      await until(times(2), 'shard 3 again');
      for (const id of [0, 1, 2, 3]) note(`of shard ${id}`, linesOf(lines, id));
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'calls that nobody waits for, whose results cannot be sent',
    fleet: 'own',
    mortal: true,
    options: { respawn: false },
    shows: [unsent],
    differs: [differs(typed, [true, true], [false, false], { note: 'errors of the client' })],
    async run(tools) {
      const { manager, note, journal, answer } = tools;
      await manager.spawn({ delay: 0 });
      const lines = journal();
      await evaluates(manager, '(c) => { c.errors ??= (c.on("error", () => c.errors++), 0); }');
      await callsInVain(tools);
      await new Promise((resolve) => setTimeout(resolve, 300));
      note('errors of the client', await evaluates(manager, '(c) => c.errors > 0'));
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
      note('events', lines);
    },
  },
  {
    name: 'a call that nobody waits for, whose result cannot be sent, to bots that hear no errors',
    fleet: 'own',
    bot: 'own-class.cjs',
    // An uncaught error in a thread ends the manager of discord.js.
    modes: ['process'],
    options: { silent: true },
    differs: [differs(unsent, true, false, { note: 'a bot dies' })],
    async run({ manager, note, answer, comes, until }) {
      await manager.spawn({ delay: 0 });
      const dead = Promise.all(manager.shards.map((shard) => new Promise((resolve) => shard.once('death', resolve))));
      await evaluates(manager, `(c) => void c.shard.broadcastEval(${timers[0]})`, { shard: 0 });
      note('a bot dies', await comes(dead));
      await until(() => manager.shards.every((shard) => shard.ready), 'all shards');
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'a function that throws in a call that nobody waits for',
    fleet: 'own',
    shards: 1,
    mortal: true,
    modes: ['process'],
    options: { silent: true },
    async run({ manager, until }) {
      await manager.spawn({ delay: 0 });
      void evaluates(manager, '() => { throw new Error("thrown") }');
      await until(() => false, 'the end of the manager');
    },
  },
];
