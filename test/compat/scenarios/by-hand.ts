/** scenarios/by-hand: shards that users kill, start, make anew and let go of by themselves, and starts that are tried again. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shard, ShardingManager } from 'discord.js';
import { differs, fails, gives, shared } from '../differential/differences.ts';
import { evaluates, type Scenario, type Tools } from '../differential/scenario.ts';

const together = 'a shard that is killed or respawned takes those of its process along';
const calledOff = 'a kill calls off a respawn whose process has not started yet';
const again = 'a spawn that failed may be tried again, and starts what does not run';
const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;
const childOf = (shard: Shard): unknown => shard.process ?? shard.worker;
const ends = async (starts: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(starts)).map(({ status }) => status);
const ids = (manager: ShardingManager): unknown => evaluates(manager, '(c) => c.shard.ids[0]');
const died = (shard: Shard): Promise<unknown> => new Promise((resolve) => shard.once('death', resolve));
const crash = (manager: ShardingManager, shard: number): Promise<unknown> => {
  const dead = died(at(manager, shard));
  const answer = evaluates(manager, '() => void setTimeout(() => process.exit(7), 5)', { shard }) as Promise<unknown>;
  // With discord.js an answer that is lost is never made up for.
  answer.catch(() => undefined);
  return dead;
};
let marks = 0;
/** The bot dies in its first start, which leaves a mark. */
const dieOnce = (): void => {
  process.env.BOT_MARK = join(tmpdir(), `shardlift-mark-${process.pid}-${++marks}`);
};

const breaks = (): never => {
  throw new Error('of a listener');
};
type Asked = Record<string, (...args: unknown[]) => unknown>;
/** Puts methods in the place of those of an object that write down that they were asked, and go on with what was there. */
function listen(object: object, methods: readonly string[], heard: (method: string, args: unknown[]) => void): void {
  for (const method of methods) {
    const before = (object as Asked)[method] as Asked[string];
    (object as Asked)[method] = (...args) => {
      heard(method, args);
      return before.apply(object, args);
    };
  }
}
/** Calls of the manager and of a bot, one after the other; the bot's twice, as it may have learnt a shorter way by then. */
async function callAround({ manager, answer }: Pick<Tools, 'manager' | 'answer'>): Promise<void> {
  await answer('eval', () => evaluates(manager, '(c, x) => [c.shard.ids.length > 0, x]', { context: { a: 1 } }));
  await answer('fetch', () => manager.fetchClientValues('user.username'));
  await answer('fetch one', () => manager.fetchClientValues('user.username', 1));
  for (const call of ['broadcastEval(() => 1)', 'fetchClientValues("user.username")']) {
    const inBot = `(c) => c.shard.${call}`;
    await answer(`bot: ${call}`, () => evaluates(manager, inBot, { shard: 0 }));
    await answer(`bot: ${call} again`, () => evaluates(manager, inBot, { shard: 0 }));
  }
}

/** What users do to single shards. */
export const byHand: readonly Scenario[] = [
  {
    name: 'all shards are killed, and each is started by hand',
    fleet: 'own',
    shards: 4,
    quick: true,
    async run({ manager, answer, note, discord }) {
      await manager.spawn({ delay: 0 });
      for (const shard of manager.shards.values()) shard.kill();
      for (const shard of manager.shards.values()) {
        await answer(`start of ${shard.id}`, async () => (await shard.spawn()) === childOf(shard), { slow: true });
      }
      for (const shard of manager.shards.values()) await answer(`second start of ${shard.id}`, () => shard.spawn());
      note('identified', (await discord.identified()).toSorted());
      await answer('ids', () => ids(manager));
    },
  },
  {
    name: 'each shard starts itself some time after its death',
    fleet: 'own',
    shards: 4,
    options: { respawn: false },
    async run({ manager, answer, note, discord }) {
      await manager.spawn({ delay: 0 });
      const starts = manager.shards.map(
        (shard) =>
          new Promise((resolve) => {
            shard.once('death', () => setTimeout(() => resolve(shard.spawn()), 300));
          }),
      );
      for (const shard of manager.shards.values()) shard.kill();
      note('ends', await ends(starts));
      note('identified', (await discord.identified()).toSorted());
      await answer('ids', () => ids(manager));
    },
  },
  {
    name: 'each shard is killed and started in one breath',
    fleet: 'own',
    shards: 4,
    async run({ manager, answer, note, discord }) {
      await manager.spawn({ delay: 0 });
      const starts = manager.shards.map((shard) => {
        shard.kill();
        return shard.spawn();
      });
      note('ends', await ends(starts));
      note('identified', (await discord.identified()).toSorted());
      await answer('ids', () => ids(manager));
    },
  },
  {
    name: 'a kill in the pause of a respawn',
    fleet: 'own',
    shards: 1,
    differs: [
      differs('a second kill is nothing', fails({ name: 'TypeError' }), gives({ $: 'undefined' }), { note: 'kill' }),
      differs(calledOff, gives(true), fails({ code: 'ShardingReadyDied' }), { note: 'respawn' }),
      differs(calledOff, true, false, { note: 'lives' }),
    ],
    async run({ manager, answer, note }) {
      await manager.spawn({ delay: 0 });
      const respawned = at(manager, 0).respawn({ delay: 700 });
      respawned.catch(() => undefined);
      await answer('kill', () => at(manager, 0).kill());
      await answer('respawn', async () => (await respawned) !== null, { slow: true });
      note('lives', childOf(at(manager, 0)) !== null);
    },
  },
  {
    name: 'a shard that died is made anew and started, before all respawn',
    fleet: 'own',
    options: { respawn: false },
    differs: [
      ...shared(together, { 2: ['1 death', '1 spawn', '1 ready'] }, { note: 'of the sibling' }),
      ...shared(together, { 2: [0, 0, 0, 1, 1, 1] }, { note: 'identified' }),
    ],
    async run({ manager, answer, note, discord, journal, until }) {
      await manager.spawn({ delay: 0 });
      const old = at(manager, 0);
      const lines = journal();
      await crash(manager, 0);
      const shard = manager.createShard(0);
      await answer('gives its child', async () => (await shard.spawn()) === childOf(shard), { slow: true });
      await until(() => manager.shards.every(({ ready }) => ready), 'all shards');
      note('is another', [shard !== old, at(manager, 0) === shard, childOf(old) === null]);
      note(
        'of the sibling',
        lines.filter((line) => line.startsWith('1 ')),
      );
      await manager.respawnAll({ shardDelay: 1, respawnDelay: 1 });
      note('identified', (await discord.identified()).toSorted());
      await answer('ids', () => ids(manager));
      note('ready', [shard.ready, at(manager, 1).ready]);
    },
  },
  {
    name: 'a shard that is taken out of manager.shards is not respawned with all',
    fleet: 'own',
    differs: shared(together, { 2: [0, 0, 1, 1] }, { note: 'identified' }),
    async run({ manager, note, discord }) {
      await manager.spawn({ delay: 0 });
      manager.shards.delete(1);
      await manager.respawnAll({ shardDelay: 1, respawnDelay: 1 });
      note('identified', (await discord.identified()).toSorted());
    },
  },
  {
    name: 'spawn after a shard was created and started by hand',
    fleet: 'own',
    async run({ manager, answer, discord, until }) {
      await manager.createShard(1).spawn();
      await answer('spawn', async () => [...(await manager.spawn({ delay: 0 })).keys()], { slow: true });
      await until(async () => new Set(await discord.connected()).size === 2, 'both shards');
      await answer('ids', () => ids(manager));
    },
  },
  {
    name: 'a spawn that failed is tried again',
    fleet: 'own',
    bot: 'dies-once.cjs',
    options: { respawn: false, silent: true },
    async run({ manager, answer, note, discord }) {
      dieOnce();
      await answer('first', () => manager.spawn({ delay: 0 }), { slow: true });
      await answer('second', async () => [...(await manager.spawn({ delay: 0 })).keys()], { slow: true });
      note('identified', [...new Set(await discord.identified())].toSorted());
      await answer('ids', () => ids(manager));
    },
  },
  {
    name: 'a spawn whose last shard failed is tried again',
    fleet: 'own',
    shards: 1,
    bot: 'dies-once.cjs',
    options: { respawn: false, silent: true },
    differs: [
      differs(again, fails({ code: 'ShardingAlreadySpawned' }), gives([0]), { note: 'second' }),
      differs(again, fails({ code: 'ShardingNoChildExists' }), gives([0]), { note: 'ids' }),
    ],
    async run({ manager, answer }) {
      dieOnce();
      await answer('first', () => manager.spawn({ delay: 0 }), { slow: true });
      await answer('second', async () => [...(await manager.spawn({ delay: 0 })).keys()], { slow: true });
      await answer('ids', () => ids(manager));
    },
  },
  {
    name: 'a listener of spawn that throws',
    fleet: 'own',
    shards: 1,
    quick: true,
    async run({ manager, answer, until }) {
      manager.on('shardCreate', (shard) => shard.once('spawn', breaks));
      await answer('spawn', () => manager.spawn({ delay: 0 }));
      await until(() => manager.shards.get(0)?.ready, 'the shard');
      await answer('ids', () => ids(manager));
      at(manager, 0).once('spawn', breaks);
      await answer('respawn', () => at(manager, 0).respawn({ delay: 10 }));
      await until(() => at(manager, 0).ready, 'the shard');
    },
  },
  {
    name: 'a listener of death that throws',
    fleet: 'own',
    shards: 1,
    quick: true,
    differs: [
      differs('a death listener that throws keeps no shard from its respawn', false, true, { note: 'comes back' }),
    ],
    async run({ manager, answer, note, comes }) {
      await manager.spawn({ delay: 0 });
      at(manager, 0).once('death', breaks);
      await answer('kill', () => at(manager, 0).kill());
      await answer('started', async () => (await at(manager, 0).respawn({ delay: 10 })) !== null, { slow: true });
      at(manager, 0).once('death', breaks);
      const back = new Promise((resolve) => at(manager, 0).once('ready', () => resolve(true)));
      await answer('respawn', () => at(manager, 0).respawn({ delay: 10 }));
      note('comes back', await comes(back));
    },
  },
  {
    name: 'methods of the manager that a program has put its own in the place of',
    fleet: 'own',
    quick: true,
    async run(tools) {
      const { manager, answer, note } = tools;
      const asked: unknown[] = [];
      listen(manager, ['_performOnShards', 'fetchClientValues'], (method, args) => {
        asked.push([method, method === 'fetchClientValues' ? args : [args[0], args[2]]]);
      });
      await manager.spawn({ delay: 0 });
      await callAround(tools);
      note('asked', asked);
      (manager as unknown as Asked).fetchClientValues = async (path) => ({ cached: path });
      const inBot = '(c) => c.shard.fetchClientValues("user.username")';
      await answer('bot: what the program gives', () => evaluates(manager, inBot, { shard: 1 }));
    },
  },
  {
    name: 'methods of a Shard that a program has put its own in the place of',
    fleet: 'own',
    async run(tools) {
      const { manager, note } = tools;
      const asked: unknown[] = [];
      manager.on('shardCreate', (shard) => {
        listen(shard, ['spawn', 'eval', 'fetchClientValue'], (method) => asked.push(`${shard.id} ${method}`));
      });
      await manager.spawn({ delay: 0 });
      await callAround(tools);
      note('asked', asked.toSorted());
    },
  },
];
