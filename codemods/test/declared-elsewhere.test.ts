/** Fields whose type another file declares, in TypeScript whose dependencies are not installed. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read } from './project.ts';

const bot = {
  'package.json': JSON.stringify({ name: 'bot', main: 'index.js', dependencies: { 'discord.js': '^14.25.0' } }),
  'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, module: 'commonjs', types: [] } }),
  'index.ts':
    "import { ShardingManager } from 'discord.js';\nconst manager = new ShardingManager('./bot.js');\nmanager.spawn();\n",
  'bot.ts':
    "import { Client } from 'discord.js';\nconst client = new Client({ intents: [] });\nclient.login(process.env.DISCORD_TOKEN);\n",
};

const news = (name: string, from: string, clause = `{ ${name} }`): string =>
  [
    `import type ${clause} from '${from}';`,
    'export class News {',
    `  constructor(private readonly core: ${name}) {}`,
    '  async size() {',
    '    return this.core.shard?.broadcastEval((c) => c.queue.length);',
    '  }',
    '}',
    '',
  ].join('\n');

async function outcome(files: Record<string, string>) {
  const root = project({ ...bot, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { text: read(root)['news.ts'], site: sites.find(({ file }) => file === 'news.ts') };
}

const declared = "import type { Client } from 'discord.js';\ninterface Core extends Client {\n  queue: string[];\n}\n";
const aliased = "import type { Client } from 'discord.js';\ntype Core = Client & { queue: string[] };\n";

test.each([
  ['an interface', { 'core.ts': declared.replace('interface', 'export interface'), 'news.ts': news('Core', './core') }],
  ['a list of names', { 'core.ts': `${declared}export { Core };\n`, 'news.ts': news('Core', './core') }],
  ['another name', { 'core.ts': `${declared}export { Core as Kernel };\n`, 'news.ts': news('Kernel', './core') }],
  ['the default', { 'core.ts': `${declared}export default Core;\n`, 'news.ts': news('Core', './core', 'Core') }],
  [
    'a default where it stands',
    { 'core.ts': declared.replace('interface', 'export default interface'), 'news.ts': news('Core', './core', 'Core') },
  ],
  ['an alias', { 'core.ts': aliased.replace('type Core', 'export type Core'), 'news.ts': news('Core', './core') }],
  [
    'a file that hands it on',
    {
      'core.ts': declared.replace('interface', 'export interface'),
      'types/index.ts': "export * from '../core';\n",
      'news.ts': news('Core', './types'),
    },
  ],
  [
    'a file that hands it on by its name',
    {
      'core.ts': declared.replace('interface', 'export interface'),
      'types.ts': "export { Core } from './core';\n",
      'news.ts': news('Core', './types'),
    },
  ],
  [
    'a file that imports it first',
    {
      'core.ts': declared.replace('interface', 'export interface'),
      'types.ts': "import { Core as Inner } from './core';\nexport { Inner as Core };\n",
      'news.ts': news('Core', './types'),
    },
  ],
])('a type of another file that builds on Client is one: %s', async (_title, files) => {
  const { text, site } = await outcome(files);
  expect(site?.outcome).not.toBe('left');
  expect(text).toContain('this.core.cluster?.ipc.');
});

test.each([
  [
    'an interface on its own',
    {
      'core.ts': 'export interface Core {\n  shard: any;\n}\n',
      'news.ts': news('Core', './core'),
    },
  ],
  [
    'one that builds on something else',
    {
      'core.ts': "import { Queue } from './queue';\nexport interface Core extends Queue {}\n",
      'news.ts': news('Core', './core'),
    },
  ],
  ['one that the file does not export', { 'core.ts': `${declared}export {};\n`, 'news.ts': news('Core', './core') }],
  [
    'files that hand each other on',
    {
      'core.ts': "export * from './types';\n",
      'types.ts': "export * from './core';\n",
      'news.ts': news('Core', './core'),
    },
  ],
])('any other type of another file is not: %s', async (_title, files) => {
  const { text, site } = await outcome(files);
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-S3' });
  expect(text).toBe(files['news.ts']);
});
