/** scenarios/deaths: kills, crashes, respawns, and calls in between. */
import type { Shard, ShardingManager } from 'discord.js';
import { differs, fails, gives, never, shared } from '../differential/differences.ts';
import { evaluates, type Scenario } from '../differential/scenario.ts';

const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;
const together = 'a shard that is killed or respawned takes those of its process along';
const secondKill = 'a second kill is nothing';
/** Ends the bot of shard 0. Nobody waits for the answer: with discord.js one that is lost is never made up for. */
const crash = (manager: ShardingManager, text = '() => void setTimeout(() => process.exit(7), 5)'): void =>
  void (evaluates(manager, text, { shard: 0 }) as Promise<unknown>).catch(() => undefined);
const heard = (shard: Shard, event: 'ready' | 'death'): Promise<unknown> =>
  new Promise((resolve) => shard.once(event as 'ready', resolve as () => void));
const linesOf = (lines: readonly string[], id: number): string[] => lines.filter((line) => line.startsWith(`${id} `));

/** Bots with something to save at their end, and an end of their manager that leaves them to it. */
const saved = (name: string, end: (manager: ShardingManager) => void): Scenario => ({
  name: `bots save what they have when ${name}`,
  fleet: 'own',
  bot: 'saves.cjs',
  mortal: true,
  modes: ['process'],
  hybrid: { killGraceMs: 5_000 },
  async run({ manager }) {
    await manager.spawn({ delay: 0 });
    end(manager);
    await new Promise(() => undefined);
  },
  async after(discord) {
    const end = Date.now() + 5_000;
    while ((await discord.connected()).length > 0 && Date.now() < end)
      await new Promise((next) => setTimeout(next, 50));
    const lines = await discord.printed();
    return lines.flatMap((line) => JSON.parse(line.match(/^stdout: saved (.*)/)?.[1] ?? '[]')).toSorted();
  },
});

/** Ends and new starts. */
export const deaths: readonly Scenario[] = [
  {
    name: 'kill, and calls to the dead',
    fleet: 'own',
    quick: true,
    shows: ['kill tells every shard at once'],
    differs: [
      ...shared(together, { 2: ['1 death'] }, { note: 'sibling' }),
      ...shared(together, { 2: fails({ code: 'ShardingNoChildExists' }) }, { note: 'eval on the sibling' }),
      differs(
        'to a dead shard are refused by name',
        fails({ name: 'TypeError' }),
        fails({ code: 'ShardingNoChildExists' }),
        {
          note: 'send',
        },
      ),
      differs(
        'to a dead shard are refused by name',
        fails({ name: 'TypeError' }),
        fails({ code: 'ShardingNoChildExists' }),
        { note: 'broadcast' },
      ),
      differs(secondKill, fails({ name: 'TypeError' }), gives({ $: 'undefined' }), { note: 'a second kill' }),
    ],
    async run({ manager, answer, note, journal }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      const shard = at(manager, 0);
      await answer('kill', () => shard.kill());
      note('own', linesOf(lines, 0));
      note('sibling', linesOf(lines, 1));
      note('facts', [shard.ready, shard.process, shard.worker]);
      await answer('eval', () => shard.eval('1'));
      await answer('fetch', () => shard.fetchClientValue('x'));
      await answer('to all', () => evaluates(manager, '() => 1'));
      await answer('eval on the sibling', () => at(manager, 1).eval('1'));
      await answer('send', () => shard.send('x'));
      await answer('broadcast', () => manager.broadcast('x'));
      await answer('a second kill', () => shard.kill());
    },
  },
  {
    name: 'a shard that was never started',
    fleet: 'own',
    differs: [
      differs(secondKill, fails({ name: 'TypeError' }), gives({ $: 'undefined' }), { note: 'kill' }),
      differs(
        'to a dead shard are refused by name',
        fails({ name: 'TypeError' }),
        fails({ code: 'ShardingNoChildExists' }),
        {
          note: 'send',
        },
      ),
    ],
    async run({ manager, answer }) {
      const shard = manager.createShard(0);
      await answer('eval', () => shard.eval('1'));
      await answer('kill', () => shard.kill());
      await answer('send', () => shard.send('x'));
    },
  },
  {
    name: 'a shard that is killed is started by hand',
    fleet: 'own',
    shards: 1,
    async run({ manager, answer, note, discord }) {
      await manager.spawn({ delay: 0 });
      at(manager, 0).kill();
      const child = await at(manager, 0).spawn();
      note('gives its child', child === (at(manager, 0).process ?? at(manager, 0).worker));
      await answer('sees', () => evaluates(manager, '(c) => c.guilds.cache.size > 0'));
      note('identified', await discord.identified());
    },
  },
  {
    name: 'respawn',
    fleet: 'own',
    quick: true,
    differs: [
      ...shared(together, { 2: ['1 death', '1 spawn', '1 ready'] }, { note: 'sibling' }),
      ...shared(together, { 2: [0, 0, 1, 1] }, { note: 'identified' }),
    ],
    async run({ manager, answer, note, journal, discord, until }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      await answer('gives', async () => (await at(manager, 0).respawn({ delay: 10 })) !== null, { slow: true });
      await until(() => manager.shards.every((shard) => shard.ready), 'all shards');
      note('own', linesOf(lines, 0));
      note('sibling', linesOf(lines, 1));
      note('identified', (await discord.identified()).toSorted());
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'respawn of a shard that was killed',
    fleet: 'own',
    shards: 1,
    differs: [differs(secondKill, fails({ name: 'TypeError' }), gives(true))],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      at(manager, 0).kill();
      await answer('answer', async () => (await at(manager, 0).respawn({ delay: 10 })) !== null, { slow: true });
    },
  },
  {
    name: 'two respawns of a shard at once',
    fleet: 'own',
    shards: 1,
    quick: true,
    differs: [
      differs('respawns of siblings are one', ['fulfilled', 'rejected'], ['fulfilled', 'fulfilled'], { note: 'ends' }),
    ],
    async run({ manager, note, discord }) {
      await manager.spawn({ delay: 0 });
      const both = [at(manager, 0).respawn({ delay: 100 }), at(manager, 0).respawn({ delay: 100 })];
      const ends = await Promise.allSettled(both);
      note(
        'ends',
        ends.map(({ status }) => status),
      );
      note('identified', (await discord.identified()).length);
    },
  },
  {
    name: 'respawnAll',
    fleet: 'own',
    quick: true,
    shows: ['respawnAll restarts each cluster once'],
    async run({ manager, answer, note, journal, discord }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      await answer(
        'gives',
        async () => (await manager.respawnAll({ shardDelay: 1, respawnDelay: 1 })) === manager.shards,
        { slow: true },
      );
      for (const id of [0, 1]) note(`of shard ${id}`, linesOf(lines, id));
      note('identified', (await discord.identified()).toSorted());
    },
  },
  {
    name: 'respawnAll asked for by a bot',
    fleet: 'own',
    async run({ manager, note, discord, until }) {
      await manager.spawn({ delay: 0 });
      const pace = { shardDelay: 1, respawnDelay: 1 };
      // Its own process is among those that end, maybe before it has answered.
      void manager.shards
        .get(0)
        ?.eval((c, context) => void c.shard?.respawnAll(context as object), pace)
        .catch(() => undefined);
      await until(async () => (await discord.identified()).length === 4, 'four identifies');
      await until(() => manager.shards.every((shard) => shard.ready), 'all shards');
      note('identified', (await discord.identified()).toSorted());
    },
  },
  {
    name: 'a crash, and the shard comes back',
    fleet: 'own',
    quick: true,
    differs: shared(together, { 2: ['1 death', '1 spawn', '1 ready'] }, { note: 'sibling' }),
    shows: ['a crash is announced on every shard, and the cluster comes back'],
    async run({ manager, answer, note, journal, until }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      const dead = heard(at(manager, 0), 'death');
      crash(manager);
      await dead;
      await until(() => manager.shards.every((shard) => shard.ready), 'all shards');
      note('own', linesOf(lines, 0));
      note('sibling', linesOf(lines, 1));
      await answer('ids', () => evaluates(manager, '(c) => c.shard.ids[0]'));
    },
  },
  {
    name: 'a crash with respawn false',
    fleet: 'own',
    shards: 1,
    options: { respawn: false },
    async run({ manager, answer, note, journal }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      const dead = heard(at(manager, 0), 'death');
      crash(manager);
      await dead;
      await new Promise((resolve) => setTimeout(resolve, 300));
      note('events', lines);
      await answer('eval', () => evaluates(manager, '() => 1'));
    },
  },
  {
    name: 'manager.respawn is asked when it happens',
    fleet: 'own',
    shards: 1,
    async run({ manager, note, journal }) {
      await manager.spawn({ delay: 0 });
      manager.respawn = false;
      const lines = journal();
      const dead = heard(at(manager, 0), 'death');
      crash(manager);
      await dead;
      await new Promise((resolve) => setTimeout(resolve, 300));
      note('events', lines);
    },
  },
  {
    name: 'a call that is under way when its shard dies',
    fleet: 'own',
    quick: true,
    options: { respawn: false },
    differs: [
      differs(
        'a call that is under way when its cluster dies rejects at once',
        never,
        fails({ code: 'ShardingNoChildExists' }),
        {
          note: 'eval',
        },
      ),
      differs(
        'a call that is under way when its cluster dies rejects at once',
        never,
        fails({ code: 'ShardingNoChildExists' }),
        {
          note: 'to all',
        },
      ),
    ],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      const hang = '() => new Promise(() => undefined)';
      const one = evaluates(manager, hang, { shard: 1 });
      const all = evaluates(manager, '(c) => c.shard.ids[0] === 1 ? new Promise(() => undefined) : 0');
      await evaluates(manager, '() => 0', { shard: 1 });
      at(manager, 1).kill();
      await Promise.all([answer('eval', () => one), answer('to all', () => all)]);
    },
  },
  {
    name: 'a call of a bot that is under way when another shard dies',
    fleet: 'own',
    options: { respawn: false },
    shards: 4,
    differs: [
      differs('a call that is under way when its cluster dies rejects at once', never, gives('ShardingNoChildExists'), {
        layouts: [1, 2],
      }),
      ...shared(together, { 4: fails({ code: 'ShardingNoChildExists' }) }),
    ],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      const inBot =
        '(c) => c.shard.broadcastEval(() => new Promise(() => undefined), { shard: 3 }).then(() => "done", (e) => e.code)';
      const call = evaluates(manager, inBot, { shard: 0 }) as Promise<unknown>;
      call.catch(() => undefined);
      await evaluates(manager, '(c) => c.shard.broadcastEval(() => 0, { shard: 3 })', { shard: 0 });
      at(manager, 3).kill();
      await answer('answer', () => call);
    },
  },
  {
    name: 'throwing null',
    fleet: 'own',
    quick: true,
    differs: [
      differs('throwing null is an error for the caller and nothing to the bot', never, fails({ name: 'Error' })),
      differs('throwing null is an error for the caller and nothing to the bot', ['0 death', '1 death'], [], {
        note: 'deaths',
      }),
    ],
    modes: ['process'],
    async run({ manager, answer, note, journal }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      manager.respawn = false;
      await answer('answer', () => evaluates(manager, '() => Promise.reject(null)'));
      note('deaths', lines.filter((line) => line.endsWith('death')).toSorted());
    },
  },
  {
    name: 'an uncaught error in a thread',
    fleet: 'own',
    shards: 1,
    quick: true,
    mortal: true,
    modes: ['worker'],
    differs: [
      differs('an uncaught error in a thread is a death, not the end of the manager', 'ends with code 1', undefined, {
        note: 'the manager',
      }),
      differs('an uncaught error in a thread is a death, not the end of the manager', undefined, true, {
        note: 'comes back',
      }),
    ],
    async run({ manager, note, until }) {
      await manager.spawn({ delay: 0 });
      const dead = heard(at(manager, 0), 'death');
      crash(manager, '() => void setImmediate(() => { throw new Error("thread") })');
      await dead;
      await until(() => at(manager, 0).ready, 'the shard');
      note('comes back', true);
    },
  },
  {
    name: 'a bot that ends with code 0, and comes back',
    fleet: 'own',
    shards: 1,
    async run({ manager, note, journal, until }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      crash(manager, '() => void setTimeout(() => process.exit(0), 5)');
      await until(() => lines.includes('0 ready'), 'the shard');
      note('events', lines);
    },
  },
  {
    name: 'a bot that cuts its channel to its manager during a call',
    fleet: 'own',
    shards: 1,
    modes: ['process'],
    options: { respawn: false },
    differs: [differs('a bot that cuts its own channel to its manager still answers', never, gives([1]))],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      await answer('answer', () =>
        evaluates(manager, '() => { process.disconnect(); return new Promise((go) => setTimeout(go, 300, 1)); }'),
      );
    },
  },
  {
    name: 'respawnAll when a shard does not come back',
    fleet: 'own',
    options: { respawn: false },
    differs: [
      differs('of one cluster does not keep the others from starting', ['0 spawn'], ['0 spawn', '1 spawn'], {
        note: 'started',
        layouts: [1],
      }),
      ...shared(together, { 2: ['0 spawn', '1 spawn'] }, { note: 'started' }),
    ],
    async run({ manager, answer, note, discord, journal }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      await discord.fault({ on: 'ready', shard: 0, do: 'hang', times: 'always' });
      await answer('respawnAll', () => manager.respawnAll({ shardDelay: 1, respawnDelay: 1, timeout: 2_000 }), {
        slow: true,
      });
      note(
        'started',
        lines.filter((line) => line.endsWith('spawn')),
      );
    },
  },
  {
    name: 'a bot whose client was destroyed lives on',
    fleet: 'own',
    shards: 1,
    async run({ manager, answer, note, journal }) {
      await manager.spawn({ delay: 0 });
      const lines = journal();
      await answer('destroy', () => evaluates(manager, '(c) => c.destroy().then(() => c.isReady())'));
      await new Promise((resolve) => setTimeout(resolve, 700));
      await answer('afterwards', () => evaluates(manager, '() => 1'));
      note('events', lines);
    },
  },
  {
    name: 'throwing null in a thread',
    fleet: 'own',
    shards: 1,
    mortal: true,
    modes: ['worker'],
    differs: [
      differs('throwing null is an error for the caller and nothing to the bot', 'ends with code 1', undefined, {
        note: 'the manager',
      }),
      differs('throwing null is an error for the caller and nothing to the bot', undefined, fails({ name: 'Error' })),
    ],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      await answer('answer', () => evaluates(manager, '() => Promise.reject(null)'));
    },
  },
  {
    name: 'a bot that ignores SIGTERM',
    fleet: 'own',
    shards: 1,
    quick: true,
    modes: ['process'],
    bot: 'ignores-sigterm.cjs',
    differs: [
      differs('a bot that ignores SIGTERM is gone before its successor starts', true, false, { note: 'both live' }),
    ],
    async run({ manager, note }) {
      await manager.spawn({ delay: 0 });
      const old = at(manager, 0).process?.pid as number;
      await at(manager, 0).respawn({ delay: 10 });
      let lives = true;
      try {
        process.kill(old, 0);
      } catch {
        lives = false;
      }
      note('both live', lives);
    },
  },
  saved('they and the manager are told to end', () => void process.kill(-process.pid, 'SIGTERM')),
  saved('they and the manager are interrupted', () => void process.kill(-process.pid, 'SIGINT')),
  saved('the manager kills its shards, and exits', (manager) => {
    for (const shard of manager.shards.values()) shard.kill();
    process.exit(0);
  }),
  {
    name: 'the manager is killed',
    fleet: 'own',
    quick: true,
    mortal: true,
    modes: ['process'],
    differs: [differs('bots end when their manager does', [0, 1], [], { note: 'left' })],
    async run({ manager }) {
      await manager.spawn({ delay: 0 });
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => undefined);
    },
    async after(discord) {
      const end = Date.now() + 5_000;
      while ((await discord.connected()).length > 0 && Date.now() < end)
        await new Promise((next) => setTimeout(next, 50));
      return (await discord.connected()).toSorted();
    },
  },
];
