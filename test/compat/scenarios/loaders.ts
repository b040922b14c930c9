/** scenarios/loaders: bots in TypeScript. Only where the loaders are installed beside discord.js: the matrix does that. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { differs, fails } from '../differential/differences.ts';
import { evaluates, type Scenario } from '../differential/scenario.ts';

/** One way to run a bot in TypeScript; `flags` get where the loader lies, seen from the bot. */
const loadedBy = (name: string, module: string, flags: (file: string) => string[]): Scenario => ({
  name: `a bot in TypeScript by ${name}`,
  fleet: 'own',
  bot: 'typed.ts',
  options: { respawn: false, silent: true },
  async run({ manager, answer }) {
    const file = createRequire(manager.file).resolve(module);
    Object.assign(process.env, { TS_NODE_TRANSPILE_ONLY: '1', TS_NODE_SKIP_PROJECT: '1' });
    process.env.TS_NODE_COMPILER_OPTIONS = '{"module":"commonjs"}';
    const execArgv = flags(file);
    Object.assign(manager, { execArgv });
    await answer('spawn', async () => [...(await manager.spawn({ delay: 0, timeout: 15_000 })).keys()], { slow: true });
    await answer('sees', () =>
      evaluates(manager, '(c) => [c.shard.ids, c.mood, c.guilds.cache.size, c.constructor.name]'),
    );
    await answer('calls', () => evaluates(manager, '(c) => c.shard.broadcastEval((d) => d.mood)', { shard: 0 }));
    await answer('flags', async () => {
      const seen = (await evaluates(manager, '() => process.execArgv')) as string[][];
      return seen.map((own) => JSON.stringify(own) === JSON.stringify(execArgv));
    });
  },
});

const imported = loadedBy('tsx, imported', 'tsx', (file) => ['--import', pathToFileURL(file).href]);
const survives = 'an uncaught error in a thread is a death, not the end of the manager';

/** Where the managers and bots run; the matrix says so. */
const nodeMajor = Number(process.env.DIFFERENTIAL_NODE_MAJOR ?? process.versions.node.split('.')[0]);

/** Threads of Node 20 do not load TypeScript by an imported tsx: discord.js's manager dies of it. */
const importedTwenty: readonly Scenario[] = [
  { ...imported, modes: ['process'] },
  {
    ...imported,
    name: `${imported.name}, in threads of Node 20`,
    modes: ['worker'],
    mortal: true,
    differs: [
      differs(survives, 'ends with code 1', undefined, { note: 'the manager' }),
      differs(survives, undefined, fails({ code: 'ShardingReadyDied' }), { note: 'spawn' }),
      ...['sees', 'calls', 'flags'].map((note) =>
        differs(survives, undefined, fails({ code: 'ShardingNoChildExists' }), { note }),
      ),
    ],
  },
];

/** Loaders that bots are run by. */
export const loaders: readonly Scenario[] = [
  loadedBy('tsx, required', 'tsx/cjs', (file) => ['--require', file]),
  ...(nodeMajor < 22 ? importedTwenty : [imported]),
  loadedBy('ts-node', 'ts-node/register', (file) => ['--require', file]),
];
