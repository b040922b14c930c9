/** JavaScript that is compiled beside its TypeScript, or into a folder: only the sources change, and handlers stand there. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const start = "import { ShardingManager } from 'discord.js';\n\nnew ShardingManager('./bot.js').spawn();\n";
const login = "import { Client } from 'discord.js';\n\nnew Client({ intents: [] }).login();\n";
const call =
  "import type { Client } from 'discord.js';\n\nexport const f = (client: Client<true>) => client.shard!.broadcastEval((c) => c.ws.ping);\n";
const made = 'client.shard.broadcastEval((c) => c.ws.ping);\n';

const beside = {
  'package.json': '{ "name": "bot", "type": "module", "dependencies": { "discord.js": "14" } }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true, "skipLibCheck": true } }\n',
  'index.ts': start,
  'index.js': start,
  'bot.ts': login,
  'bot.js': login,
  'x.ts': call,
  'x.js': made,
} satisfies Files;

async function rewrite(files: Files) {
  const root = project(files);
  const before = read(root);
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
  return { after, changed, sites, codes: sites.map(({ file, outcome, code }) => `${file} ${code ?? outcome}`) };
}

describe('a file beside the one it is compiled from', () => {
  test('is left as it is, and its source is the one that counts', async () => {
    const { after, changed, codes, sites } = await rewrite(beside);
    expect(codes).toEqual(['index.js DC-F4', 'index.ts rewritten', 'x.js DC-F4', 'x.ts rewritten']);
    expect(changed).toEqual(['cluster-handlers.ts', 'index.ts', 'package.json', 'x.ts']);
    expect(after['index.ts']).toContain("handlers: './cluster-handlers.js'");
    expect(sites[0]?.message).toMatch(/^index\.js is what index\.ts beside it is compiled to/);
  });

  test.each<[string, Files]>([
    ['where the output goes to a folder', { 'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }\n' }],
    ['where nothing is written', { 'tsconfig.json': '{ "compilerOptions": { "noEmit": true } }\n' }],
    ['where nothing is compiled', { 'tsconfig.json': null }],
    ['that is a source, too', { 'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "noEmit": true } }\n' }],
  ])('is one like any other %s', async (_title, files) => {
    const { codes } = await rewrite({ ...beside, 'index.js': null, 'bot.js': null, ...files });
    expect(codes.find((one) => one.startsWith('x.js'))).not.toContain('DC-F4');
  });

  test('says so by what a compiler writes at its head', async () => {
    const { codes } = await rewrite({
      ...beside,
      'tsconfig.json': null,
      'x.js': `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${made}`,
    });
    expect(codes).toContain('x.js DC-F4');
  });
});

test.each(['dist', 'bin'])('a package whose main is in %s has its handlers beside the source', async (out) => {
  const { changed } = await rewrite({
    'package.json': `{ "name": "bot", "type": "module", "main": "${out}/bot.js", "dependencies": { "discord.js": "14" } }\n`,
    'tsconfig.json': `{ "compilerOptions": { "target": "es2022", "module": "nodenext", "rootDir": "src", "outDir": "${out}" }, "include": ["src"] }\n`,
    [`${out}/bot.js`]: login,
    'src/bot.ts': login,
    'src/x.ts': call,
  });
  expect(changed).toContain('src/cluster-handlers.ts');
  expect(changed.filter((file) => file.startsWith(out))).toEqual([]);
});

test('a main that builds a manager is no file that a manager starts', async () => {
  const { changed, sites } = await rewrite({
    'package.json': '{ "name": "bot", "main": "index.js", "dependencies": { "discord.js": "14" } }\n',
    'index.js':
      "const D = require('discord.js');\nconst kind = 'ShardingManager';\nfunction go({ ShardingManager }) {\n  new ShardingManager('./bot.js').spawn();\n}\ngo(D);\n",
    'lib/bot.js': "const { Client } = require('discord.js');\nnew Client({ intents: [] }).login();\n",
    'lib/x.js': made,
  });
  expect(sites.map(({ message }) => message).join('\n')).not.toContain('taken to be index.js');
  expect(changed).not.toContain('cluster-handlers.js');
});
