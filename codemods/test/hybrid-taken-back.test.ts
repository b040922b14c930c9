/** A bot of discord-hybrid-sharding moves as a whole: whatever keeps its manager or its client keeps the other one, too. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^2.2.0' };

const bot = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'commonjs', dependencies })}\n`,
  'index.js': `const { ClusterManager } = require(${from});\nnew ClusterManager('./bot.js').spawn();\n`,
  'bot.js': `const { ClusterClient } = require(${from});\nclient.cluster = new ClusterClient(client);\n`,
  'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
} satisfies Files;

const typedBot = {
  'package.json': `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`,
  'tsconfig.json': tsBot['tsconfig.json'] ?? null,
  'src/index.ts': `import { ClusterManager } from ${from};\n\nconst manager = new ClusterManager('dist/bot.js');\nmanager.spawn();\ndeclare function f(x: unknown): void;\n`,
  'src/bot.ts': `import { ClusterClient } from ${from};\nimport { Client } from 'discord.js';\n\nexport const client = new Client({ intents: [] });\nexport const cluster = new ClusterClient(client);\n`,
  'src/x.ts': `import { cluster } from './bot.js';\n\nexport const pings = cluster.broadcastEval((c) => c.ws.ping);\n`,
} satisfies Files;

async function run(files: Files) {
  const root = project(files);
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { sites, files: read(root) };
}

describe('an import that the check takes back', () => {
  test.each([
    ['of the manager', 'src/index.ts', { 'src/index.ts': `${typedBot['src/index.ts']}f(manager.promise);\n` }],
    ['of the client', 'src/bot.ts', { 'src/bot.ts': `${typedBot['src/bot.ts']}export const { promise } = cluster;\n` }],
    [
      'of something else',
      'src/more.ts',
      {
        'src/more.ts': `import { HeartbeatManager } from ${from};\n\nexport const { clusters } = new HeartbeatManager();\n`,
      },
    ],
  ])('takes the others back with it: %s', async (_title, file, more) => {
    const { sites, files } = await run({ ...typedBot, ...more });
    const codes = Object.fromEntries(sites.map((site) => [site.file, site.code]));
    expect(codes[file]).toBe('DC-V1');
    for (const site of sites.filter((one) => one.file !== file)) {
      expect([site.file, site.code]).toEqual([site.file, 'DC-M12']);
      expect(site.message).toContain(`The import at ${file}:1 stays`);
    }
    expect(files).toEqual({ ...typedBot, ...more });
  });
});

test('an import that the check takes back is called one', async () => {
  const { sites } = await run({ ...typedBot, 'src/index.ts': `${typedBot['src/index.ts']}f(manager.promise);\n` });
  const { message } = sites.find(({ file }) => file === 'src/index.ts') ?? {};
  expect(message).toMatch(/^The result of rewriting this import has an error .*, or change it by hand\.$/);
});

test('a call beside an import that the check takes back is told of that import', async () => {
  const call = 'export const own = cluster.broadcastEval((c) => c.uptime);\n';
  const { sites } = await run({
    ...typedBot,
    'src/bot.ts': typedBot['src/bot.ts'] + call,
    'src/y.ts': "import { cluster } from './bot.js';\n\nexport const { promise } = cluster;\n",
  });
  const told = sites.flatMap(({ file, method, code }) => (file === 'src/bot.ts' ? [`${method} ${code}`] : []));
  expect(told).toEqual(['discord-hybrid-sharding DC-V1', 'broadcastEval DC-M12']);
});

describe('an import that stays and hands a class on', () => {
  test.each([
    ['by its name', `const { ClusterClient, Child } = require(${from});\nmodule.exports = { ClusterClient, Child };\n`],
    ['with all names', `module.exports = require(${from});\n`],
  ])('keeps the manager: %s', async (_title, lib) => {
    const taker =
      "const { ClusterClient, Child } = require('./lib');\nclient.cluster = new ClusterClient(client, Child);\n";
    const { sites } = await run({ ...bot, 'lib.js': lib, 'bot.js': taker });
    expect(sites.map(({ file, code }) => [file, code])).toEqual([
      ['index.js', 'DC-M12'],
      ['lib.js', 'DC-M11'],
      ['x.js', 'DC-M12'],
    ]);
  });
});
