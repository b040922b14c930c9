/** scenarios/loaders: bots in TypeScript. Only where the loaders are installed beside discord.js: the matrix does that. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
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

/** Loaders that bots are run by. */
export const loaders: readonly Scenario[] = [
  loadedBy('tsx, required', 'tsx/cjs', (file) => ['--require', file]),
  loadedBy('tsx, imported', 'tsx', (file) => ['--import', pathToFileURL(file).href]),
  loadedBy('ts-node', 'ts-node/register', (file) => ['--require', file]),
];
