/** scenarios/own-utils: bots that make a ShardClientUtil of their own. */
import { differs } from '../differential/differences.ts';
import { evaluates, type Scenario, type Tools } from '../differential/scenario.ts';
import { looksAround } from './ways-in.ts';

const bundled = 'bundled-own-util.cjs';
const once = 'a bot with a second ShardClientUtil reports once, and evaluates once';
const isAnswer = (m: unknown): boolean => typeof m === 'object' && m !== null && ('_eval' in m || '_fetchProp' in m);

/** What its util answers, in an evaluation and outside of one. */
async function asksOwn({ manager, answer, note }: Tools): Promise<void> {
  const inBot = (text: string) => evaluates(manager, text, { shard: 0 });
  await answer('class', () => inBot('(c) => [c.shard instanceof ShardClientUtil, c.own instanceof ShardClientUtil]'));
  await answer('methods', () => inBot('(c) => [typeof c.shard.total, typeof c.own.total]'));
  await answer('total', () => inBot('(c) => [c.shard.total?.(), c.own.total?.()][1]'));
  await answer('private', () => inBot('(c) => c.shard.product?.()'));
  await answer('own calls', () => inBot('(c) => c.own.broadcastEval((d, x) => [x, d.shard.ids[0]], { context: 5 })'));
  await answer('own values', () => inBot('(c) => c.own.fetchClientValues("guilds.cache.size", 1)'));
  await answer('its text', () => inBot('(c) => c.shard.broadcastEval("guilds.cache.size").catch((e) => e.code)'));
  await answer('asked', () => inBot('(c) => [...new Set(c.own.asked ?? [])]'));
  await evaluates(manager, '(c) => { c.counted++; }', { shard: 0 });
  note('counted', await inBot('(c) => c.counted'));
}

const seesTwice = [
  differs(once, ['0 ready', '0 ready', '1 ready', '1 ready'], ['0 ready', '1 ready'], { note: 'ready' }),
  differs(once, 2, 1, { note: 'counted' }),
];

const makes = (where: string, more: Partial<Scenario> = {}): Scenario => ({
  name: `a ${more.bot === undefined ? '' : 'bundled '}bot that makes a ShardClientUtil of its own ${where}`,
  fleet: 'own',
  bot: 'own-util.cjs',
  options: { respawn: false },
  ...more,
  async run(tools) {
    const { manager, journal, note, until, answer } = tools;
    process.env.BOT_UTIL = where;
    const lines = journal();
    const heard: unknown[] = [];
    manager.on('shardCreate', (shard) => shard.on('message', (m: unknown) => void (isAnswer(m) || heard.push(m))));
    await manager.spawn({ delay: 0 });
    await looksAround(tools);
    await asksOwn(tools);
    note('ready', lines.filter((line) => line.endsWith('ready')).toSorted());
    await manager.broadcast({ note: 1 });
    await until(() => evaluates(manager, '(c) => c.received.some((m) => m.note === 1)', { shard: 0 }), 'a message');
    note('heard by its own', await evaluates(manager, '(c) => c.own.heard?.filter((m) => m.note === 1)', { shard: 0 }));
    await answer('reports', () => evaluates(manager, '(c) => c.reports > 0'));
    await answer('ends', () => evaluates(manager, '(c) => c.own.send({ told: "own" })', { shard: 0 }));
    note('heard', [...new Set(heard.map((m) => JSON.stringify(m)))]);
  },
});

/** Utils of the program's own. */
export const ownUtils: readonly Scenario[] = [
  makes('before login', { quick: true, differs: seesTwice }),
  makes('of the plain class', { differs: seesTwice }),
  makes('with ears', { differs: seesTwice }),
  makes('for itself alone', { differs: seesTwice }),
  makes('once ready', { differs: [differs(once, 2, 1, { note: 'counted' })] }),
  makes('in the singleton'),
  makes('by the singleton of its class'),
  makes('before login', { bot: bundled, differs: seesTwice }),
  makes('for itself alone', { bot: bundled, differs: seesTwice }),
  makes('in the singleton', { bot: bundled }),
  {
    name: 'a bot that gives a ShardClientUtil its mode late, makes one without its constructor, and one of a mode that is none',
    fleet: 'own',
    bot: 'odd-utils.cjs',
    options: { respawn: false },
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      const inBot = (text: string) => evaluates(manager, text, { shard: 0 });
      for (const util of ['late', 'bare']) {
        await answer(`calls, ${util}`, () =>
          inBot(`(c) => c.${util}.broadcastEval((d, x) => [x, d.shard.ids[0]], { context: 5 })`),
        );
        await answer(`values, ${util}`, () => inBot(`(c) => c.${util}.total()`));
        await answer(`text, ${util}`, () => inBot(`(c) => c.${util}.broadcastEval("1").catch((e) => e.code)`));
      }
      await answer('reports', () => evaluates(manager, '(c) => c.reports > 0'));
    },
  },
];
