/** scenarios/installed: a bot and a plugin with another discord.js, as a strict package manager lays them out. */
import { differs, fails, gives } from '../differential/differences.ts';
import { evaluates, type Scenario } from '../differential/scenario.ts';
import { looksAround } from './ways-in.ts';

/** Whether there are two versions of discord.js, and the bot sees what it asked for and nothing else. */
const isStrict = `(c) => {
  const sees = (name) => { try { require.resolve(name, { paths: [c.home] }); return true; } catch { return false; } };
  const own = ["discord.js", "shardlift", "plugin"].every(sees);
  return c.versions[0] !== c.versions[1] && own && !["ws", "comlink", "@discordjs/ws"].some(sees);
}`;

const withPlugin = (name: string, bot: string): Scenario => ({
  name: `installed by pnpm: ${name}`,
  fleet: 'own',
  shards: 4,
  bot,
  differs: [
    differs('a bot has client.cluster beside client.shard', fails({ name: 'TypeError' }), gives([12, 12, 12, 12]), {
      note: 'cluster',
    }),
  ],
  async run(tools) {
    const { manager, answer } = tools;
    await manager.spawn({ delay: 0 });
    const strict = (await evaluates(manager, isStrict)) as boolean[];
    if (strict.includes(false)) throw new Error('the bot is not installed strictly, with two versions of discord.js');
    await answer('versions', () => evaluates(manager, '(c) => c.versions'));
    await looksAround(tools);
    await answer('views', () => evaluates(manager, '(c) => [...c.guilds.cache.keys()].sort()'));
    await answer('members', () => evaluates(manager, '(c) => c.guilds.cache.reduce((n, g) => n + g.memberCount, 0)'));
    await answer('of the plugin', () => evaluates(manager, '(c) => c.plugin.sizes(c)', { shard: 0 }));
    await answer('cluster', () => evaluates(manager, '(c) => c.cluster.guilds.count()'));
  },
});

/** Only where pnpm has installed them: the matrix does that. */
export const installed: readonly Scenario[] = [
  withPlugin("a client of the bot's own discord.js, with a plugin beside it", 'plugin-beside.cjs'),
  withPlugin("a client of the bot's own discord.js in ES modules, with a plugin beside it", 'plugin-beside.mjs'),
  withPlugin("a client of the plugin's older discord.js", 'plugin-client.cjs'),
];
