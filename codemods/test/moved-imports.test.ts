/** What a function needs of other modules goes with it, so that the handlers file loads and the handler runs. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, esmBot, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const json = { 'config.json': '{ "prefix": "!" }\n' };

test.each([
  "import config from './config.json' with { type: 'json' };",
  "import * as config from './config.json' with { type: 'json' };",
  "import { default as config } from './config.json' assert { type: 'json' };",
])('an import keeps its attributes in the handlers file: %s', async (line) => {
  const call = 'export const f = (client) => client.shard.broadcastEval((c) => [c.ws.ping, config]);';
  const root = project({ ...esmBot, ...json, 'x.js': `${line}\n${call}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
  expect(read(root)['cluster-handlers.js']).toContain(`\n${line}\n`);
});

test('TypeScript takes the import of JSON that moved along', async () => {
  const line = "import config from './config.json' with { type: 'json' };";
  const text = `import type { Client } from 'discord.js';\n${line}\nexport const f = (client: Client) => client.shard!.broadcastEval((c) => [c.ws.ping, config.prefix]);\n`;
  const root = project({ ...tsBot, 'src/config.json': json['config.json'], 'src/x.ts': text });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect([summary.left, summary.verified]).toEqual([0, true]);
  expect(sites.map(({ code }) => code)).toContain('DC-I1');
  expect(read(root)['src/cluster-handlers.ts']).toContain(`\n${line}\n`);
});

const loads = "(c) => [require('os').loadavg()[0], c.ws.ping]";
const made = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";

describe('a function that calls require with the name of a package', () => {
  const asking = (head = '') => `${head}export const f = (client) => client.shard.broadcastEval(${loads});\n`;

  test('finds one in a handlers file that is an ES module', async () => {
    const also =
      "export const g = (client) => client.shard.broadcastEval((c) => [require('fs').existsSync('x'), c.id]);\n";
    const root = project({ ...esmBot, 'x.js': asking(), 'y.js': also });
    const { summary } = await migrate({ paths: ['.'], cwd: root });
    expect(summary.left).toBe(0);
    const text = read(root)['cluster-handlers.js'];
    expect(text).toContain(`import { defineHandlers } from 'shardlift';\n${made}\nexport const`);
    const again = project({ ...read(root), 'z.js': asking().replace('loadavg', 'cpus') });
    await migrate({ paths: ['.'], cwd: again });
    expect(read(again)['cluster-handlers.js']?.split('createRequire(')).toHaveLength(2);
  });

  test('needs nothing in CommonJS, and takes none of its own file along', async () => {
    const ofFile = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";
    const root = project({ ...cjsBot, 'x.mjs': asking(ofFile) });
    const { summary } = await migrate({ paths: ['.'], cwd: root });
    expect(summary.left).toBe(0);
    expect(read(root)['cluster-handlers.js']).not.toContain('createRequire');
  });

  test('is left where a bundler decides what becomes of the handlers file', async () => {
    const root = project({
      ...esmBot,
      'package.json': '{ "name": "bot", "dependencies": { "discord.js": "^14.28.1" } }\n',
      'x.js': asking(),
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find(({ file }) => file === 'x.js')).toMatchObject({ outcome: 'left', code: 'DC-C5' });
  });

  test('finds one beside the client', async () => {
    const bot = `${made}import { Client } from 'discord.js';\nconst client = new Client({ intents: [] });\nclient.login();\n`;
    const root = project({ ...esmBot, 'bot.js': bot, 'x.js': asking() });
    const { summary } = await migrate({ paths: ['.'], cwd: root, inline: true });
    expect(summary.left).toBe(0);
    expect(read(root)['bot.js']?.split('createRequire(')).toHaveLength(2);
    expect(read(root)['bot.js']).toContain("require('os')");
  });

  test.each([
    ['module', 1],
    ['commonjs', 0],
  ] as const)('type-checks in TypeScript of a package that says "%s"', async (type, count) => {
    const text = `import type { Client } from 'discord.js';\n${asking().replace('(client)', '(client: Client)').replace('shard.', 'shard!.')}`;
    const root = project({
      ...tsBot,
      'package.json': String(tsBot['package.json']).replace('module', type),
      'src/index.ts': String(tsBot['src/index.ts']).replace('await', 'void'),
      'src/bot.ts': String(tsBot['src/bot.ts']).replace('await', 'void'),
      'src/x.ts': text,
    });
    const { summary } = await migrate({ paths: ['src'], cwd: root });
    expect([summary.left, summary.verified]).toEqual([0, true]);
    expect(read(root)['src/cluster-handlers.ts']?.split('createRequire(')).toHaveLength(count + 1);
  });
});

test.each([
  ['its own file', '', 'export class Box {\n  constructor(readonly a = 1) {}\n}\n', './x.js'],
  ['a file that another one names', "import { box } from '#lib';\n", '', './lib.js'],
])('the type of the data is imported from %s by a path that an ES module takes', async (_title, head, own, path) => {
  const call = `export const f = (client: Client) => client.shard!.broadcastEval((c, { a }) => [a, c.uptime], { context: ${own === '' ? 'box' : 'new Box()'} });\n`;
  const root = project({
    ...tsBot,
    'package.json': String(tsBot['package.json']).replace(
      '"type"',
      '"imports": { "#lib": "./dist/lib.js" },\n  "type"',
    ),
    'src/lib.ts': 'export class Lib {\n  constructor(readonly a = 1) {}\n}\nexport const box = new Lib();\n',
    'src/x.ts': `import type { Client } from 'discord.js';\n${head}${own}${call}`,
  });
  const { summary } = await migrate({ paths: ['src'], cwd: root });
  expect([summary.left, summary.verified]).toEqual([0, true]);
  expect(read(root)['src/cluster-handlers.ts']).toContain(` from '${path}';\n`);
});
