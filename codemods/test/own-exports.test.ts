/** What a function uses of its own file, where the file exports it. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { esmBot, type Files, project, read, tsBot } from './project.ts';

const client = "import type { Client } from 'discord.js';\n";
const call = (fn: string): string => `export const ask = (bot: Client) => bot.shard!.broadcastEval(${fn});\n`;

async function typed(text: string, more: Files = {}) {
  const root = project({ ...tsBot, 'src/lib/x.ts': `${client}${text}`, ...more });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  const site = sites.find(({ file }) => file === 'src/lib/x.ts');
  return { site, summary, handlers: read(root)['src/cluster-handlers.ts'] ?? '' };
}

describe('a value that only a type names', () => {
  const asks = call('(c): (typeof words)[number] | null => (c.isReady() ? words0 : null)').replace('words0', "'a'");

  test.each([
    ['is imported as a type', `export const words = ['a', 'b'] as const;\n${asks}`, 'import type { words }'],
    ['by a list of exports', `const words = ['a', 'b'] as const;\nexport { words };\n${asks}`, 'import type { words }'],
    [
      'by another name',
      `const words = ['a', 'b'] as const;\nexport { words as all };\n${asks}`,
      'import type { all as words }',
    ],
    ['as the default', `const words = ['a', 'b'] as const;\nexport default words;\n${asks}`, 'import type words'],
  ])('%s', async (_title, text, expected) => {
    const { site, summary, handlers } = await typed(text);
    expect([site?.outcome, site?.code, summary.verified]).toEqual(['rewritten', null, true]);
    expect(handlers).toContain(`${expected} from './lib/x.js';`);
  });

  test('also an enum and a type of such a list', async () => {
    const text = `enum Size { Small, Large }\ntype Wish = { size: Size };\nexport { Size, type Wish };\n${call('(c): Wish | Size | null => (c.isReady() ? { size: 1 } : null)')}`;
    const { site, handlers } = await typed(text);
    expect([site?.outcome, site?.code]).toEqual(['rewritten', null]);
    expect(handlers).toContain("import type { Size } from './lib/x.js';");
    expect(handlers).toContain("import type { Wish } from './lib/x.js';");
  });

  test('and stays where the file keeps it', async () => {
    expect((await typed(`const words = ['a', 'b'] as const;\n${asks}`)).site?.code).toBe('DC-G2');
  });
});

describe('a value', () => {
  const uses = call('(c) => c.guilds.cache.size > LOCAL');

  test.each([
    ['a constant', `export const LOCAL = 7;\n${uses}`],
    ['behind it', `${uses}export const LOCAL = 7;\n`],
    ['of a list of exports', `const LOCAL = 7;\nexport { LOCAL };\n${uses}`],
    ['beside a builder', `export const LOCAL = 7;\nexport const all = new Map([[1, 2]]).set(3, 4);\n${uses}`],
    ['beside an import', `import { other } from './other.js';\nexport const LOCAL = 7 + other;\n${uses}`],
    [
      'that a type names, too',
      `export const LOCAL = 7;\n${call('(c): typeof LOCAL | null => (c.isReady() ? LOCAL : null)')}`,
    ],
  ])('%s is imported', async (_title, text) => {
    const { site, summary, handlers } = await typed(text, { 'src/lib/other.ts': 'export const other = 1;\n' });
    expect([site?.outcome, site?.code, summary.verified]).toEqual(['rewritten-with-note', 'DC-I1', true]);
    expect(handlers).toContain("import { LOCAL } from './lib/x.js';");
    expect(site?.message).toMatch(/`LOCAL`.*The file of its handler imports it/);
  });

  test.each([
    [
      'does more',
      `export const LOCAL = 7;\nsetInterval(() => {}, 1000);\n${uses}`,
      'x.ts for it would also run line 3',
    ],
    ['asks when it is loaded', `export const LOCAL = 7;\nexport const up = await fetch('x');\n${uses}`, 'line 3'],
    ['loads such a file', `import './other.js';\nexport const LOCAL = 7;\n${uses}`, 'would also run other.ts:1'],
    [
      'loads the bot',
      `import { bot } from '../bot.js';\nexport const LOCAL = [bot].length;\n${uses}`,
      'run ../bot.ts:3',
    ],
  ])('stays where its file %s', async (_title, text, why) => {
    const { site } = await typed(text, {
      'src/lib/other.ts': "console.log('here');\nexport const other = 1;\n",
      'src/bot.ts':
        "import { Client } from 'discord.js';\nexport const bot = new Client({ intents: [] });\nawait bot.login();\n",
    });
    expect([site?.outcome, site?.code]).toEqual(['left', 'DC-C1']);
    expect(site?.message).toContain('`LOCAL` (line ');
    expect(site?.message).toContain('; exported, but loading ');
    expect(site?.message).toContain(why);
  });

  test('of the bot file stays', async () => {
    const bot =
      "import { Client } from 'discord.js';\nconst bot = new Client({ intents: [] });\nexport const LOCAL = 7;\n";
    const root = project({
      ...tsBot,
      'src/bot.ts': `${bot}${uses.replace('export ', '')}ask(bot);\nawait bot.login();\n`,
    });
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.find(({ file }) => file === 'src/bot.ts')).toMatchObject({ outcome: 'left', code: 'DC-C1' });
  });

  test('of a module in JavaScript is imported', async () => {
    const text =
      'export const LOCAL = 7;\nexport const ask = (client) => client.shard.broadcastEval((c) => c.ws.ping > LOCAL);\n';
    const root = project({ ...esmBot, 'x.js': text });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find(({ file }) => file === 'x.js')).toMatchObject({ code: 'DC-I1' });
    expect(read(root)['cluster-handlers.js']).toContain("import { LOCAL } from './x.js';");
  });

  test('of an ES module stays where the handlers file cannot import it', async () => {
    const text =
      'export const LOCAL = 7;\nexport const ask = (client) => client.shard.broadcastEval((c) => c.ws.ping > LOCAL);\n';
    const bot = "const { Client } = require('discord.js');\nnew Client({ intents: [] }).login();\n";
    const root = project({
      'package.json': '{ "name": "bot", "dependencies": { "discord.js": "^14.28.1" } }\n',
      'index.js': "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\n",
      'bot.js': bot,
      'x.mjs': text,
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find(({ file }) => file === 'x.mjs')).toMatchObject({ outcome: 'left', code: 'DC-I3' });
  });

  test('is passed where it cannot be imported, with --fix-captures', async () => {
    const text = `export const LOCAL = 7;\nconsole.log(LOCAL);\n${uses}`;
    const root = project({ ...tsBot, 'src/x.ts': `${client}${text}` });
    const { sites } = await migrate({ paths: ['src'], cwd: root, fixCaptures: true });
    const site = sites.find(({ file }) => file === 'src/x.ts');
    expect(site?.code).toBe('DC-C7');
    expect(site?.message).not.toContain('loading');
  });
});

test('a handler beside the client of that very file loads nothing, and no word says so', async () => {
  const made =
    "import { Client } from 'discord.js';\nexport const MIN = 5;\nconst client = new Client({ intents: [] });\n";
  const asks = 'export const ask = () => client.shard!.broadcastEval((c) => c.guilds.cache.size > MIN);\n';
  const root = project({ ...tsBot, 'src/bot.ts': `${made}await client.login();\n${asks}` });
  const { sites } = await migrate({ paths: ['src'], cwd: root, inline: true });
  const site = sites.find(({ file }) => file === 'src/bot.ts');
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-C1' });
  expect(site?.message).toContain('`MIN` (line 5) from outside');
});
