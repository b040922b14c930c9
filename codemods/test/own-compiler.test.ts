/** Bots are checked as their own compiler reads them, and for what the run brought alone. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const calls = `import type { Client } from 'discord.js';
export const ids = (client: Client) => client.shard!.broadcastEval((c) => c.shard.ids[0]);
export const names = (client: Client) => client.shard!.broadcastEval((c) => c.guilds.cache.get('1').name);
`;

/** A bot with a version of TypeScript and the compiler options of its config. */
async function outcomes(typescript: string | null, options: object) {
  const manifest = { name: 'bot', type: 'module', dependencies: { 'discord.js': '^14.28.1' } };
  const own = typescript === null ? {} : { devDependencies: { typescript } };
  const config = { module: 'nodenext', target: 'es2022', skipLibCheck: true, ...options };
  const root = project({
    ...tsBot,
    'package.json': JSON.stringify({ ...manifest, ...own }),
    'tsconfig.json': JSON.stringify({ compilerOptions: config, include: ['src'] }),
    'src/x.ts': calls,
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  return sites.flatMap(({ method, code, outcome }) => (method === 'broadcastEval' ? [code ?? outcome] : []));
}

test.each([
  ['^5.9.3', {}, 'rewritten'],
  ['~4.9', {}, 'rewritten'],
  ['^6.0.0', { strict: false }, 'rewritten'],
  // The errors are those of the bot as it was.
  ['^6.0.0', {}, 'rewritten'],
  ['^5.9.3', { strict: true }, 'rewritten'],
])('with TypeScript %s and %j', async (typescript, options, becomes) => {
  expect(await outcomes(typescript, options)).toEqual([becomes, becomes]);
});

const index = (declared: string): string =>
  `import { ShardingManager, type ShardingManagerOptions } from 'discord.js';\nconst options${declared};\nnew ShardingManager('./bot.js', options).spawn();\n`;

test.each([
  ['annotation', ': ShardingManagerOptions = { respawn: true }'],
  ['check', ' = { respawn: true } satisfies ShardingManagerOptions'],
])('options whose type a name of discord.js says, by an %s, are wired', async (_title, declared) => {
  const x =
    "import type { Client } from 'discord.js';\nexport const f = (client: Client) => client.shard!.fetchClientValues('guilds.cache.size');\n";
  const root = project({ ...tsBot, 'src/index.ts': index(declared), 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).toEqual(['rewritten', 'rewritten']);
  const files = read(root);
  expect(files['src/index.ts']).toContain(
    "import { ShardingManager, type ShardingManagerOptions } from 'shardlift/compat';",
  );
  expect(files['src/index.ts']).toContain("hybrid: { handlers: './cluster-handlers.js' }");
});
