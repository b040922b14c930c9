/** A name that one moved function takes from the global object is never that of an import which another one needs. */
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, esmBot, type Files, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

async function rewrite(files: Files, inline = false) {
  const root = project(files);
  const report = await migrate({ paths: ['.'], cwd: root, inline });
  const codeOf = (file: string) => report.sites.filter((one) => one.file === file).map(({ code }) => code);
  return { root, report, codeOf, files: read(root) };
}

const call = (fn: string): string => `export const f = (client) => client.shard.broadcastEval(${fn});\n`;
const required = (fn: string): string => call(fn).replace('export const f', 'exports.f');
const waits = '(c) => new Promise((r) => setTimeout(() => r(c.uptime), 50))';
const slept = 'async (c) => { await setTimeout(5); return c.uptime; }';
const sleepLine = "const { setTimeout } = require('node:timers/promises');\n";
const askLine = "const fetch = require('node-fetch');\n";

/** Two files of one bot: the head of the one that imports, its function, and the function that reads the global. */
const pairs: readonly (readonly [title: string, head: string, imports: string, reads: string, line: string])[] = [
  [
    'a member of a module',
    sleepLine,
    slept,
    waits,
    "const { setTimeout: setTimeout2 } = require('node:timers/promises');",
  ],
  [
    'a whole module',
    askLine,
    "(c) => fetch('a', c.user)",
    "(c) => fetch('b', c.id)",
    "const fetch2 = require('node-fetch');",
  ],
];

describe.each(pairs)('an import of the name of a global: %s', (_title, head, imports, reads, line) => {
  test.each(['z.js', 'a.js'])('gets a name of its own, whoever comes first (%s)', async (last) => {
    const { files, report } = await rewrite({ ...cjsBot, 'm.js': head + required(imports), [last]: required(reads) });
    expect(report.summary.left).toBe(0);
    const handlers = files['cluster-handlers.js'] ?? '';
    expect(handlers).toContain(`${line}\n`);
    expect(handlers).toContain(`: ${reads},\n`);
    expect(handlers).toMatch(/: .*(setTimeout2\(5\)|fetch2\('a', c\.user\))/);
  });
});

test('an import of an ES module gets a name of its own, and keeps that in later runs', async () => {
  const files = {
    ...esmBot,
    'm.js': `import { setTimeout } from 'node:timers/promises';\n${call(slept)}`,
    'n.js': call(waits),
  };
  const first = await rewrite(files);
  const line = "import { setTimeout as setTimeout2 } from 'node:timers/promises';\n";
  expect(first.files['cluster-handlers.js']).toContain(line);
  expect(first.files['cluster-handlers.js']).toContain(`: ${waits},\n`);
  const later = `import { setTimeout } from 'node:timers/promises';\n${call(slept.replace('5', '6'))}`;
  const second = await rewrite({ ...first.files, 'o.js': later });
  expect(second.files['cluster-handlers.js']?.split('timers/promises')).toHaveLength(2);
  expect(second.files['cluster-handlers.js']).toContain('setTimeout2(6)');
});

test('an import that comes later takes no name from the handlers that are there', async () => {
  const first = await rewrite({ ...cjsBot, 'n.js': required(waits) });
  const second = await rewrite({ ...first.files, 'm.js': sleepLine + required(slept) });
  expect(second.files['cluster-handlers.js']).toContain('{ setTimeout: setTimeout2 }');
  expect(second.files['cluster-handlers.js']).toContain('setTimeout2(5)');
});

test('TypeScript has its imports told from globals, values and types alike', async () => {
  const asks = (fn: string): string =>
    "import type { Client } from 'discord.js';\n" +
    `export const f = (bot: Client) => bot.shard!.broadcastEval(${fn});\n`;
  const { files, report } = await rewrite({
    ...tsBot,
    'src/lib.ts': 'export interface Response { a: number }\n',
    'src/m.ts': `import crypto from 'node:crypto';\n${asks("(c) => [crypto.createHash('md5').digest('hex'), c.uptime]")}`,
    'src/n.ts': asks('(c) => [crypto.randomUUID(), c.ws.ping]'),
    'src/o.ts': `import type { Response } from './lib.js';\n${asks('(c) => ({ a: c.uptime }) as unknown as Response')}`,
    'src/p.ts': asks('(c) => [(0 as unknown as Response).status, c.user]'),
  });
  const handlers = files['src/cluster-handlers.ts'] ?? '';
  expect(report.summary.verified).toBe(true);
  expect(handlers).toContain("import crypto2 from 'node:crypto';\n");
  expect(handlers).toContain("[crypto2.createHash('md5').digest('hex'), c.uptime]");
  expect(handlers).toContain('[crypto.randomUUID(), c.ws.ping]');
  expect(handlers).toContain("import type { Response as Response2 } from './lib.js';\n");
  expect(handlers).toContain('as unknown as Response2');
  expect(handlers).toContain('as unknown as Response).status');
});

test('what the bot puts on the global object is no module of that name', async () => {
  const { files, codeOf } = await rewrite({
    ...cjsBot,
    'setup.js': 'global.db = new Map();\n',
    'm.js': `const db = require('./db');\n${required('(c) => db.get(c.user)')}`,
    'n.js': required('(c) => db.size + c.ws.ping'),
  });
  expect(codeOf('n.js')).toEqual(['DC-C8']);
  expect(files['cluster-handlers.js']).toContain("const db2 = require('./db');\n");
  expect(files['cluster-handlers.js']).toContain('(c) => db2.get(c.user)');
  expect(files['cluster-handlers.js']).toContain('(c) => db.size + c.ws.ping');
});

test('a built-in module that exports the global itself needs no second name', async () => {
  const head = "const { Buffer } = require('node:buffer');\nconst process = require('process');\n";
  const { files, report } = await rewrite({
    ...cjsBot,
    'm.js': head + required('(c) => [Buffer.from(c.id), process.uptime()]'),
    'n.js': required('(c) => [Buffer.alloc(1), process.pid, c.uptime]'),
  });
  expect(report.summary.left).toBe(0);
  expect(files['cluster-handlers.js']).not.toMatch(/Buffer2|process2/);
});

describe('a function that reads a global is left', () => {
  const taken = (declared: string): string =>
    `const { defineHandlers } = require('shardlift');\n${declared}\nexports.handlers = defineHandlers({\n  own: (c) => fetch(c.id),\n});\n`;
  const reads = "(c) => fetch('b', c.id)";

  test.each([
    ['an import', askLine],
    ['a function', 'function fetch() {}'],
    ['a class', 'class fetch {}'],
    ['a part of a pattern', 'const { a: { b: [fetch] } } = require("./a");'],
  ])('where the handlers file has %s of that name', async (_title, declared) => {
    const given = { ...cjsBot, 'cluster-handlers.js': taken(declared), 'n.js': required(reads) };
    const { files, codeOf, report } = await rewrite(given);
    expect(codeOf('n.js')).toEqual(['DC-H7']);
    expect(report.sites.find(({ file }) => file === 'n.js')?.message).toContain('`fetch`');
    expect(files['n.js']).toBe(required(reads));
    expect(files['cluster-handlers.js']).toBe(taken(declared));
  });

  test('even where a handler of the same text is there, which means the import', async () => {
    const given = { ...cjsBot, 'cluster-handlers.js': taken(askLine), 'n.js': required('(c) => fetch(c.id)') };
    expect((await rewrite(given)).codeOf('n.js')).toEqual(['DC-H7']);
  });

  test('and not where the handlers file has it as a name within a handler', async () => {
    const given = { ...cjsBot, 'cluster-handlers.js': taken('').replace('(c) =>', '(c, fetch) =>') };
    expect((await rewrite({ ...given, 'n.js': required(reads) })).report.summary.left).toBe(0);
  });

  const bot =
    "const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.login();\n";

  test.each([
    ['fetch', reads, {}],
    ['db', '(c) => db.size + c.ws.ping', { 'setup.js': 'global.db = new Map();\n' }],
  ] as const)('beside a client whose file has its own %s', async (name, fn, more) => {
    const given = { ...cjsBot, ...more, 'bot.js': `const ${name} = require('./own');\n${bot}`, 'n.js': required(fn) };
    expect((await rewrite(given, true)).codeOf('n.js')).toEqual(['DC-H7']);
  });

  test('and an import beside a client takes no name that the bot file reads', async () => {
    const given = { ...cjsBot, 'bot.js': `${bot}setTimeout(() => {}, 5);\n`, 'm.js': sleepLine + required(slept) };
    const { files } = await rewrite(given, true);
    expect(files['bot.js']).toContain('{ setTimeout: setTimeout2 }');
    expect(files['bot.js']).toContain('setTimeout(() => {}, 5);');
  });
});
