/** Bots are checked as their own compiler reads them, and for what the run brought alone. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { Configs } from '../src/syntax/configs.ts';
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

// An error of a text is new: nothing checked it before.
const text = `import { Client } from 'discord.js';
import type { ClusterClient } from 'discord-hybrid-sharding';
export const f = (c: Client & { cluster: ClusterClient<Client> }) => c.cluster.broadcastEval("this.guilds.cache.get('1').name");
`;

test.each([
  ['5.9.3', {}, null],
  ['6.0.3', {}, 'DC-V1'],
  ['5.9.3', { strict: true }, 'DC-V1'],
  ['6.0.3', { strict: false }, null],
])('what may be undefined is an error where TypeScript %s says so with %j', async (version, options, code) => {
  const config = { module: 'nodenext', target: 'es2022', skipLibCheck: true, ...options };
  const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^2.0.0' };
  const root = project({
    'bot/package.json': JSON.stringify({ name: 'bot', type: 'module', dependencies }),
    'bot/tsconfig.json': JSON.stringify({ compilerOptions: config, include: ['src'] }),
    'bot/node_modules/typescript/package.json': JSON.stringify({ version }),
    'bot/src/index.ts':
      "import { ClusterManager } from 'discord-hybrid-sharding';\nnew ClusterManager('./bot.js').spawn();\n",
    'bot/src/bot.ts':
      "import { Client } from 'discord.js';\nimport { ClusterClient } from 'discord-hybrid-sharding';\nconst client = new Client({ intents: [] });\nexport const cluster = new ClusterClient(client);\nclient.login();\n",
    'bot/src/x.ts': text,
  });
  const { sites } = await migrate({ paths: ['bot/src'], cwd: root, legacy: true });
  expect(sites.find(({ method }) => method === 'broadcastEval')?.code).toBe(code);
});

const akin = {
  'bot/node_modules/akin/package.json': JSON.stringify({
    name: 'akin',
    main: './src/index.js',
    types: './typings/index.d.ts',
    exports: { '.': './src/index.js' },
  }),
  'bot/node_modules/akin/src/index.js': '',
  'bot/node_modules/akin/typings/index.d.ts':
    "import { Client } from 'discord.js';\nexport class Akin extends Client { words: string[] }\n",
};

// What is exported has no types there, so that a newer compiler, which goes by the exports alone, finds none.
test.each([
  ['5.9.3', 'commonjs', {}, null],
  ['4.9.5', undefined, {}, null],
  ['5.9.3', 'commonjs', { moduleResolution: 'bundler' }, 'DC-S1'],
  ['6.0.3', 'commonjs', {}, 'DC-S1'],
])('modules are found as TypeScript %s finds them for %s with %j', async (version, module, more, code) => {
  const config = { ...(module === undefined ? {} : { module, target: 'es2022' }), skipLibCheck: true, ...more };
  const root = project({
    ...akin,
    'bot/package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord.js': '^14.28.1', akin: '1.0.0' } }),
    'bot/tsconfig.json': JSON.stringify({ compilerOptions: config, include: ['src'] }),
    'bot/node_modules/typescript/package.json': JSON.stringify({ version }),
    'bot/src/index.ts': "import { ShardingManager } from 'discord.js';\nnew ShardingManager('./bot.js').spawn();\n",
    'bot/src/bot.ts': "import { Akin } from 'akin';\nnew Akin({ intents: [] }).login();\n",
    'bot/src/x.ts':
      "import { Akin } from 'akin';\nexport const f = (it: Akin) => it.shard.broadcastEval((c) => c.uptime);\n",
  });
  const { sites } = await migrate({ paths: ['bot/src'], cwd: root });
  expect(sites.find(({ method }) => method === 'broadcastEval')?.code).toBe(code);
});

test.each([
  ['5.9.3', ['*']],
  ['6.0.3', undefined],
])('TypeScript %s sees of @types, unless told, %j', (version, types) => {
  const root = project({
    'bot/tsconfig.json': '{}',
    'bot/node_modules/typescript/package.json': JSON.stringify({ version }),
    'bot/x.ts': '',
  });
  expect(new Configs().of(join(root, 'bot/x.ts')).options.types).toEqual(types);
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
