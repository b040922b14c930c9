/** A bot whose discord.js is older than the one it has to have from now on is checked by what it has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project } from './project.ts';

/** As much of discord.js 12's typings as a bot of shards and a count needs. */
const typings = `declare module 'discord.js' {
  export class Client { constructor(options?: unknown); shard: ShardClientUtil | null; guilds: { cache: Map<string, { id: string }> }; login(token?: string): Promise<string>; }
  export class Message { client: Client; }
  export class ShardClientUtil {
    client: Client; count: number; ids: number[];
    broadcastEval(script: string): Promise<any[]>;
    broadcastEval(script: string, shard: number): Promise<any>;
    broadcastEval<T>(fn: (client: Client) => T): Promise<T[]>;
    fetchClientValues(prop: string): Promise<any[]>;
  }
  export class ShardingManager {
    constructor(file: string, options?: unknown);
    broadcastEval<T>(fn: (client: Client) => T): Promise<T[]>;
    fetchClientValues(prop: string): Promise<any[]>;
    spawn(amount?: number | 'auto', delay?: number, timeout?: number): Promise<Map<number, unknown>>;
  }
}
`;

const bot = {
  'bot/node_modules/discord.js/package.json': JSON.stringify({
    ...{ name: 'discord.js', version: '12.5.3', main: 'index.js', types: './typings/index.d.ts' },
  }),
  'bot/node_modules/discord.js/index.js': '',
  'bot/node_modules/discord.js/typings/index.d.ts': typings,
  'bot/package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord.js': '^12.5.3' } }),
  'bot/tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'es2022', module: 'commonjs', outDir: 'dist', rootDir: 'src', strict: false, types: [] },
    include: ['src'],
  }),
  'bot/src/bot.ts': "import { Client } from 'discord.js';\nnew Client().login();\n",
  'bot/src/index.ts':
    "import { ShardingManager } from 'discord.js';\nimport { servers } from './servers';\nconst manager = new ShardingManager('dist/bot.js');\nmanager.spawn();\nservers(manager);\n",
  'bot/src/servers.ts': `import { ShardClientUtil, ShardingManager } from 'discord.js';

export async function servers(shards: ShardingManager | ShardClientUtil): Promise<number> {
  const sizes = await shards.fetchClientValues('guilds.cache.size');
  return sizes.reduce((sum, size) => sum + size, 0);
}
`,
};

const stats =
  "import { Message } from 'discord.js';\nimport { servers } from './servers';\nexport const stats = (message: Message) => servers(message.client.shard);\n";

test('a client of discord.js 12 may be handed where one of either kind is taken', async () => {
  const root = project({ ...bot, 'bot/src/stats.ts': stats });
  const { sites } = await migrate({ paths: ['.'], cwd: join(root, 'bot'), legacy: true });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(readFileSync(join(root, 'bot/src/servers.ts'), 'utf8')).toContain("requestAll('guildsCacheSize')");
});

test('nothing is passed over where the bot has a discord.js that is new enough', async () => {
  const manifest = bot['bot/node_modules/discord.js/package.json'].replace('12.5.3', '14.28.1');
  const files = {
    'bot/node_modules/discord.js/package.json': manifest,
    'bot/package.json': bot['bot/package.json'].replace('12.5.3', '14.28.1'),
  };
  const root = project({ ...bot, ...files, 'bot/src/stats.ts': stats });
  const { sites } = await migrate({ paths: ['.'], cwd: join(root, 'bot'), legacy: true });
  expect(sites.find(({ file }) => file === 'src/servers.ts')).toMatchObject({ outcome: 'left', code: 'DC-V1' });
});

test('what does not fit for another reason leaves the import, and the call names that', async () => {
  const misfit = `import { servers } from './servers';
export const one: Parameters<typeof servers>[0] = null;
export const it: { broadcastEval(script: string): Promise<any[]> } = one as Extract<typeof one, { ids: number[] }>;
`;
  const root = project({ ...bot, 'bot/src/stats.ts': misfit });
  const { sites } = await migrate({ paths: ['.'], cwd: join(root, 'bot'), legacy: true });
  const ofFile = sites.filter(({ file }) => file === 'src/servers.ts');
  expect(ofFile).toMatchObject([{ code: 'DC-V1' }, { code: 'DC-V1' }, { code: 'DC-V1', method: 'fetchClientValues' }]);
  expect(ofFile[2]?.message).toContain(
    "rewriting an import of this file, which the call needs, has an error that was not there before (stats.ts:3: Type 'ShardClientUtil'",
  );
});
