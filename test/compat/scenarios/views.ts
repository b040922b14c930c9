/** scenarios/views: each shard sees what its process would hold, however many shards share one. */
import { asks, type Difference, evaluates, type Scenario, type Tools } from '../differential/scenario.ts';

const sum = (numbers: unknown): number => (numbers as number[]).reduce((total, n) => total + n, 0);
const foreign = ({ facts }: Tools): string => facts.guilds[1]?.[0] as string;

/** What each shard is told by a member that counts the three guilds of each shard of its process. */
const seeWhole = (layout: 2 | 4, greeting: string): Difference => ({
  note: 'a member that uses them',
  because: 'members of a Client or util class that use #private ones see the shards of a process',
  ours: { value: Array(4).fill(greeting) },
  layouts: [layout],
});

/** What evaluated functions see of the client. */
export const views: readonly Scenario[] = [
  asks('the ids of each shard', (m) => evaluates(m, '(c) => [c.shard.ids, c.shard.count, c.options.shards]')),
  asks('guilds in their order', (m) => evaluates(m, '(c) => c.guilds.cache.map((g) => [g.id, g.name, g.shardId])')),
  asks('the sum of members is the truth', async (m, t) => {
    const counts = await evaluates(m, '(c) => c.guilds.cache.reduce((n, g) => n + g.memberCount, 0)');
    return [counts, sum(counts) === t.facts.members];
  }),
  asks('every guild is on the one shard it belongs to', async (m, t) => {
    const ids = (await evaluates(m, '(c) => [...c.guilds.cache.keys()]')) as string[][];
    return ids.map(
      (own, shard) => JSON.stringify(own.toSorted()) === JSON.stringify(t.facts.guilds[shard]?.toSorted()),
    );
  }),
  asks('the sum of guilds by property is the truth', async (m) => sum(await m.fetchClientValues('guilds.cache.size'))),
  asks('channels, emojis and readiness', (m) =>
    evaluates(m, '(c) => [c.channels.cache.size, c.emojis.cache.size, c.isReady()]'),
  ),
  asks('channels are those of the guilds', (m) =>
    evaluates(m, '(c) => c.channels.cache.every((channel) => c.guilds.cache.has(channel.guildId))'),
  ),
  asks('a filter over guilds', (m) =>
    evaluates(m, '(c) => c.guilds.cache.filter((g) => g.shardId === 2).map((g) => g.id)'),
  ),
  asks('a cache is a Collection and a Map', (m) =>
    evaluates(
      m,
      '(c) => [c.guilds.cache instanceof Collection, c.guilds.cache instanceof Map, [...c.guilds.cache].length]',
    ),
  ),
  asks('the methods of a cache', (m) =>
    evaluates(
      m,
      `(c) => { const g = c.guilds.cache; return [g.first()?.id, g.last()?.id, g.at(1)?.id, g.find((x) => x.shardId === 3)?.id,
        g.some((x) => x.shardId === 1), g.partition((x) => x.shardId < 2).map((p) => p.size), g.keyAt(0),
        g.clone().size, g.sort().size, JSON.stringify(g).length > 2] }`,
    ),
  ),
  asks('the client is a Client', (m) => evaluates(m, '(c) => [c instanceof Client, c.constructor.name === "Client"]'), {
    shows: [],
  }),
  asks('what is set on the client stays', async (m) => {
    await evaluates(m, '(c) => { c.flag = c.shard.ids[0] }', { shard: 3 });
    return evaluates(m, '(c) => c.flag', { shard: 3 });
  }),
  asks('a foreign guild cannot be resolved', (m, t) =>
    evaluates(m, '(c, id) => c.guilds.resolve(id)?.name ?? null', { context: foreign(t) }),
  ),
  asks('the owner of a guild is in the cache of its shard', (m, t) =>
    evaluates(m, '(c, id) => c.users.cache.has(id)', { shard: 1, context: t.facts.owners[foreign(t)] }),
  ),
  asks('a channel is in the cache of its shard alone', (m, t) =>
    evaluates(m, '(c, id) => c.channels.cache.has(id)', { context: t.facts.channels[foreign(t)] }),
  ),
  asks('one connection for each shard', (m) => evaluates(m, '(c) => [...c.ws.shards.keys()]')),
  asks('a guild knows its shard', (m) => evaluates(m, '(c) => c.guilds.cache.map((g) => [g.shardId, g.shard.id])')),
  asks('ping is a number', (m) => evaluates(m, '(c) => typeof c.ws.ping')),
  asks('the user is the same for all', async (m) => new Set((await evaluates(m, '(c) => c.user.id')) as string[]).size),
  asks('a cache shows what a function has changed while it waits', (m) =>
    evaluates(
      m,
      `async (c) => {
        const { cache } = c.channels, before = cache.size, named = (channel) => channel.name === 'made';
        const seen = [cache.some(named)];
        const made = await c.guilds.cache.first().channels.create({ name: 'made' });
        seen.push(cache.size - before, cache.find(named)?.id === made.id, cache.filter(named).size, cache.map(named).includes(true));
        await made.delete();
        return [...seen, cache.size - before, cache.some(named)];
      }`,
      { shard: 2 },
    ),
  ),
  {
    name: 'a Client class of the bot with private members',
    fleet: 'own',
    bot: 'own-class.cjs',
    shards: 4,
    options: { respawn: false },
    differs: [seeWhole(2, '!6'), seeWhole(4, '!12')],
    async run({ manager, answer }) {
      await manager.spawn({ delay: 0 });
      await answer('a member that uses none', () => evaluates(manager, '(c) => c.guildCount()'));
      await answer('a getter that uses none', () => evaluates(manager, '(c) => c.guildIds'));
      await answer('what they keep', () => evaluates(manager, '(c) => c.prefix'));
      await answer('a member that uses them', () => evaluates(manager, '(c) => c.greeting()'));
      await answer('its class', () => evaluates(manager, '(c) => c.constructor.name'));
    },
  },
  asks('guards for the first shard let one through', (m) => evaluates(m, '(c) => c.shard.ids.includes(0)')),
];
