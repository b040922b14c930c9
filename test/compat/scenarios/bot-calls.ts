/** scenarios/bot-calls: `client.shard` in a bot. */
import { differs, fails, gives, never, shared } from '../differential/differences.ts';
import { asks, evaluates, type Scenario, type Tools } from '../differential/scenario.ts';

const foreign = ({ facts }: Tools): string => facts.guilds[1]?.[0] as string;
const inBot = (text: string, context?: unknown) => (m: Parameters<Parameters<typeof asks>[1]>[0]) =>
  evaluates(m, text, { shard: 0, context });

/** Calls that come from a bot. */
export const botCalls: readonly Scenario[] = [
  asks('a bot broadcasts', inBot('(c) => c.shard.broadcastEval((d) => d.shard.ids[0])')),
  asks(
    'a bot broadcasts with a context',
    inBot('(c, x) => c.shard.broadcastEval((d, y) => [d.shard.ids[0], y], { context: x })', { a: 1 }),
  ),
  asks(
    'a bot aims at a shard',
    inBot('(c) => c.shard.broadcastEval((d, x) => [x, d.shard.ids], { shard: 3, context: 5 })'),
  ),
  asks('a bot aims at its own shard', inBot('(c) => c.shard.broadcastEval((d) => d.shard.ids, { shard: 0 })')),
  asks('a bot fetches values', inBot('(c) => c.shard.fetchClientValues("guilds.cache.size")')),
  asks('a bot fetches the value of one shard', inBot('(c) => c.shard.fetchClientValues("guilds.cache.size", 2)')),
  asks(
    'a bot is told of an error elsewhere',
    inBot('(c) => c.shard.broadcastEval(() => { throw new RangeError("far") }).catch((e) => [e.name, e.message])'),
  ),
  asks(
    'a bot may not broadcast text',
    inBot('(c) => c.shard.broadcastEval("text").catch((e) => [e.name, e.code, e.message])'),
  ),
  asks(
    'a bot asks a shard that does not exist',
    inBot('(c) => c.shard.fetchClientValues("a", 9).catch((e) => [e.name, e.message])'),
  ),
  asks(
    'a bot fetches a property of nothing',
    inBot('(c) => c.shard.fetchClientValues("no.thing").catch((e) => [e.name, e.message.includes("thing")])'),
  ),
  asks(
    'what client.shard is',
    inBot('(c) => [c.shard instanceof ShardClientUtil, c.shard.mode, typeof c.shard.parentPort, c.shard.client === c]'),
  ),
  asks('client.shard says its mode in each shard', (m) =>
    evaluates(m, '(c) => [c.shard.mode, c.shard.parentPort === null]'),
  ),
  asks(
    'a second client gets the same client.shard',
    inBot(
      '(c) => { const second = new Client({ intents: [] }); const same = second.shard.ids; second.destroy(); return same; }',
    ),
    {
      differs: shared('a bot that is not in an eval has all shards of its process', {
        2: gives([0, 1]),
        4: gives([0, 1, 2, 3]),
      }),
    },
  ),
  asks('a bot counts guilds by client.cluster', (m) => evaluates(m, '(c) => c.cluster.guilds.count()'), {
    differs: [
      differs('a bot has client.cluster beside client.shard', fails({ name: 'TypeError' }), gives([12, 12, 12, 12])),
    ],
  }),
  asks('shardIdForGuildId', (m, t) =>
    evaluates(m, '(c, id) => ShardClientUtil.shardIdForGuildId(id, 4)', { shard: 0, context: foreign(t) }),
  ),
  asks(
    'shardIdForGuildId of what is no guild',
    inBot(
      '() => { try { return ShardClientUtil.shardIdForGuildId("-1", 4) } catch (e) { return [e.name, e.code, e.message] } }',
    ),
  ),
  asks(
    'a bot aims at no number',
    inBot('(c) => c.shard.broadcastEval(() => 1, { shard: NaN }).then(() => "done", (e) => e.message)'),
    {
      differs: [differs('a shard number that is none is not found', never, gives('Shard NaN could not be found.'))],
    },
  ),
  asks(
    'a bot makes the same call twice at once',
    inBot(
      `async (c) => {
        // Under way long enough that the second call comes meanwhile, also on a busy machine.
        const count = (d) => {
          d.counted = (d.counted ?? 0) + 1;
          return new Promise((resolve) => setTimeout(resolve, 500, d.counted));
        };
        await Promise.all([c.shard.broadcastEval(count, { shard: 2 }), c.shard.broadcastEval(count, { shard: 2 })]);
        return c.shard.broadcastEval((d) => { const { counted } = d; d.counted = 0; return counted; }, { shard: 2 });
      }`,
    ),
    { differs: [differs('the same call twice at once runs twice', gives(1), gives(2))] },
  ),
  asks('the members of client.shard', (m) =>
    evaluates(m, '(c) => ["ids", "count", "mode", "client", "parentPort"].map((key) => [key, typeof c.shard[key]])'),
  ),
  asks("a second client warns in discord.js's words", (m) =>
    evaluates(
      m,
      `(c) => {
        const warned = [];
        class Second extends Client {
          emit(name, ...args) { if (name === "warn") warned.push(...args); return super.emit(name, ...args); }
        }
        const second = new Second({ intents: [] });
        second.destroy();
        return warned;
      }`,
      { shard: 0 },
    ),
  ),
  asks(
    'several calls of a bot at once',
    inBot(
      `(c) => Promise.all([c.shard.broadcastEval((d) => d.shard.ids[0]), c.shard.fetchClientValues("shard.count"),
      c.shard.broadcastEval((d) => d.guilds.cache.size, { shard: 1 })])`,
    ),
  ),
  asks('all bots broadcast at once', (m) => evaluates(m, '(c) => c.shard.broadcastEval((d) => d.shard.ids[0])')),
  {
    name: 'a bot that wraps broadcastEval of its ShardClientUtil',
    fleet: 'own',
    bot: 'wraps-util.cjs',
    options: { respawn: false },
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      const asks = (text: string) => () => inBot(text)(manager);
      await answer('a text', asks('(c) => c.shard.broadcastEval("guilds.cache.size")'));
      await answer(
        'a function',
        asks('(c) => c.shard.broadcastEval((d, x) => [x, d.guilds.cache.size], { context: 5 })'),
      );
      await answer(
        'what is neither',
        asks('(c) => c.shard.broadcastEval(5, { context: 6 }).catch((e) => [e.name, e.code, e.message])'),
      );
      await answer('what its own was asked', asks('(c) => c.asked'));
    },
  },
];
