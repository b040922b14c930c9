/** A declaration file of the project that has the name of discord.js, which is not installed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read } from './project.ts';

const compilerOptions = {
  module: 'commonjs',
  moduleResolution: 'node',
  typeRoots: ['./src/kinds', 'node_modules/@types'],
};

test('says nothing of the rest of discord.js', async () => {
  const root = project({
    'package.json': JSON.stringify({ name: 'bot', main: 'dist/index.js', dependencies: { 'discord.js': '^14.25.0' } }),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src', 'src/kinds/*.d.ts'] }),
    'src/kinds/discord.d.ts':
      "import { Message } from 'discord.js';\ndeclare module 'discord.js' {\n  interface Shard { mood: string }\n  interface Client { pets: Message[] }\n}\n",
    'src/index.ts':
      "import { ShardingManager } from 'discord.js';\nconst manager = new ShardingManager('./src/bot.ts');\nmanager.on('shardCreate', (shard) => console.log(shard.id));\nmanager.spawn();\nmanager.fetchClientValues('guilds.cache.size').then(console.log);\n",
    'src/bot.ts': "import { Client } from 'discord.js';\nnew Client({ intents: [] }).login();\n",
  });
  rmSync(join(root, 'node_modules'));
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(read(root)['src/index.ts']).toContain("from 'shardlift/compat'");
});
