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

  test.each([
    ['makes a server', 'export const server = new Server(console.log).listen(3000);'],
    ['starts a thread', "import { Worker } from 'node:worker_threads';\nexport const w = new Worker('./w.js');"],
    [
      'makes what nobody knows',
      'class Bank { constructor() { setInterval(() => {}, 1); } }\nexport const b = new Bank();',
    ],
    ['makes its own kind of map', 'class Map { constructor() { console.log(1); } }\nexport const b = new Map();'],
    ['loads a package for what it does', "import 'dotenv/config';"],
    ['sets globals', 'Object.assign(globalThis, { a: 1 });'],
    ['sets globals where it declares', 'export const a = Object.assign(globalThis, { a: 1 });'],
    ['calls what an import gives', "import express from 'express';\nexport const app = express().use(1);"],
    ['builds by a function that does more', "export const a = Array.from([1], () => console.log('x'));"],
    ['has a static block', "export class P {\n  static {\n    console.log('p');\n  }\n}"],
    ['has a static field', 'export class P {\n  static readonly timer = setInterval(() => {}, 1);\n}'],
    ['has a decorator', 'const loud = (..._: unknown[]): void => {};\n@loud\nexport class P {}'],
    ['has a decorated member', 'const loud = (..._: unknown[]): void => {};\nexport class P {\n  @loud run() {}\n}'],
    ['extends what is made', 'const mix = () => class {};\nexport class P extends mix() {}'],
    ['counts in an enum', "export enum E {\n  A = Number.parseInt(String(console.log('e'))),\n}"],
    [
      'has a default that does more',
      "const from: { a?: number } = {};\nexport const { a = Number(console.log('d')) } = from;",
    ],
    ['does more in a namespace', "export namespace Cfg {\n  console.log('n');\n}"],
    ['requires such a file', "import other = require('./other.js');\nexport const o = other;"],
  ])('stays where its file %s', async (_title, text) => {
    const other = "console.log('here');\nexport const other = 1;\n";
    const { site } = await typed(`${text}\nexport const LOCAL = 7;\n${uses}`, { 'src/lib/other.ts': other });
    expect([site?.outcome, site?.code]).toEqual(['left', 'DC-C1']);
    expect(site?.message).toMatch(/; exported, but loading x\.ts for it would also run (?:line \d|other\.ts:1)/);
  });

  test.each([
    ['a declared module', "declare module 'discord.js' {\n  interface Client {\n    bank: number;\n  }\n}"],
    ['a declared global', 'declare global {\n  var bank: number;\n}'],
    ['a namespace', 'export namespace Cfg {\n  export const MIN = 3;\n}'],
    ['an import of names', "import { join } from 'node:path';\nexport const at = join;"],
    ['a file of JSON', "import data from './data.json';\nexport const all = [data];"],
    [
      'a class',
      'export class P {\n  static readonly all = new Map<string, number>();\n  run() { setInterval(() => {}, 1); }\n}',
    ],
    [
      'a command',
      "import { SlashCommandBuilder } from 'discord.js';\nexport const data = new SlashCommandBuilder().setName('a').addStringOption((o) => o.setName('b').setRequired(true));",
    ],
    ['what is frozen', "export const all = Object.freeze({ a: Symbol.for('a'), at: new Date(0), is: /a/ });"],
  ])('beside %s is imported', async (_title, text) => {
    const data = { 'src/lib/data.json': '{ "a": 1 }\n' };
    const { site } = await typed(`${text}\nexport const LOCAL = 7;\n${uses}`, data);
    expect([site?.outcome, site?.code]).toEqual(['rewritten-with-note', 'DC-I1']);
  });

  test('of a namespace is imported', async () => {
    const text = 'export namespace Cfg {\n  export const MIN = 3;\n}\n';
    const { site, handlers } = await typed(`${text}${uses.replace('LOCAL', 'Cfg.MIN')}`);
    expect([site?.outcome, site?.code]).toEqual(['rewritten-with-note', 'DC-I1']);
    expect(handlers).toContain("import { Cfg } from './lib/x.js';");
  });

  test.each([
    ['has its type', 'import type { ShardingManager } from'],
    ['has its class', 'import { ShardingManager } from'],
  ])('of a file of the manager that %s stays', async (_title, from) => {
    const asks = 'export const all = (m: ShardingManager) => m.broadcastEval((c) => c.guilds.cache.size > LOCAL);\n';
    const root = project({ ...tsBot, 'src/x.ts': `${client}${from} 'discord.js';\nexport const LOCAL = 7;\n${asks}` });
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    const site = sites.find(({ file, method }) => file === 'src/x.ts' && method === 'broadcastEval');
    expect([site?.outcome, site?.code]).toEqual(['left', 'DC-C1']);
    expect(site?.message).toContain('; exported, but x.ts is a file of the manager (line 2)');
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
