/** The check before the write: errors that the edits would bring take their own sites back, and no others. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { newErrors, originalPosition } from '../src/verify/compare.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

describe('a TypeScript result', () => {
  const body = [
    "import type { Client } from 'discord.js';",
    'export const good = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);',
    'export const bad = async (c: Client): Promise<string[]> => await c.shard!.broadcastEval((x) => String(x.readyAt));',
    // The result was a string after JSON; the value itself is a Date.
    'export const date = async (c: Client): Promise<string[]> => await c.shard!.broadcastEval((x) => new Date(x.ws.ping));',
    'export const broken: number = "an error of the author";',
    '',
  ].join('\n');

  test('keeps the sites that type-check, drops the one that does not, and ignores old errors', async () => {
    const root = project({ ...tsBot, 'src/x.ts': body });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    const calls = sites.filter((site) => site.method === 'broadcastEval');
    expect(calls.map((site) => site.outcome)).toEqual(['rewritten', 'rewritten', 'left']);
    expect(calls[2]).toMatchObject({ code: 'DC-V1' });
    expect(calls[2]?.message).toContain('Date');
    expect(summary.verified).toBe(true);
    expect(read(root)['src/cluster-handlers.ts']).not.toContain('new Date');
  });

  test('blames an error in an import of the handlers file on the handlers that use it', async () => {
    const text = [
      "import type { Client } from 'discord.js';",
      '// @ts-expect-error has no types',
      "import untyped from 'no-such-untyped';",
      'export const a = (c: Client) => c.shard!.broadcastEval((x) => untyped(x.ws.ping));',
      'export const b = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);',
      '',
    ].join('\n');
    const root = project({ ...tsBot, 'src/x.ts': text });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    const calls = sites.filter((site) => site.method === 'broadcastEval');
    expect(calls.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['left', 'DC-V1'],
      ['rewritten', null],
    ]);
    expect(summary.verified).toBe(true);
    expect(read(root)['src/cluster-handlers.ts']).not.toContain('untyped');
  });

  // All of the imports bring an error, or one of them: of `untyped.js` nothing says what its types are.
  test.each([
    ['that is renamed', "import { helper } from './untyped.js';", '(x) => helper(x.ws.ping)'],
    ['beside a local of that name', "import { helper as also } from './untyped.js';", '(x) => also(x.uptime)'],
  ])('blames an import %s on its own handlers alone', async (_title, line, fn) => {
    const head = "import type { Client } from 'discord.js';\n";
    const call = (of: string): string => `export const f = (c: Client) => c.shard!.broadcastEval(${of});\n`;
    const root = project({
      ...tsBot,
      'src/lib.ts': 'export const helper = (n: number | null): number | null => n;\n',
      'src/untyped.js': 'export const helper = (n) => n;\n',
      'src/a.ts': `${head}import { helper } from './lib.js';\n${call('(x) => helper(x.uptime)')}`,
      'src/b.ts': `${head}// @ts-ignore\n${line}\n${call(fn)}`,
      'src/c.ts':
        head + call('(x) => [x.ws.ping].map((also) => also)') + call('(x) => ({ also: x.uptime })').replace('f', 'g'),
    });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.filter(({ outcome }) => outcome === 'left').map(({ file, code }) => [file, code])).toEqual([
      ['src/b.ts', 'DC-V1'],
    ]);
    expect(summary.verified).toBe(true);
  });

  test('blames an error in a handler beside the client, or in its import, on the call that asks it', async () => {
    const head = "import type { Client } from 'discord.js';\n";
    const call = (of: string): string => `export const f = (c: Client) => c.shard!.broadcastEval(${of});\n`;
    const bot =
      "import { Client } from 'discord.js';\nconst client = new Client({ intents: [] });\nawait client.login();\n";
    const root = project({
      ...tsBot,
      'src/bot.ts': `${bot}export const own = () => client.shard!.broadcastEval((x) => x.ws.ping);\n`,
      'src/untyped.js': 'export const helper = (n) => n;\n',
      'src/a.ts': `${head}// @ts-ignore\nimport { helper } from './untyped.js';\n${call('(x) => helper(x.uptime)')}`,
      'src/b.ts': head + call('(x) => x.uptime'),
      // A function with that error would bring an error that the bot has already; a text has none.
      'src/c.ts': head + call("'this.nothing'"),
    });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root, inline: true, legacy: true });
    expect(sites.filter(({ outcome }) => outcome === 'left').map(({ file, code }) => [file, code])).toEqual([
      ['src/a.ts', 'DC-V1'],
      ['src/c.ts', 'DC-V1'],
    ]);
    expect(summary.verified).toBe(true);
  });

  // What is wrong with one handler takes the types of all of them, and so those of every call that sends data.
  test('settles the handlers first: one that does not fit takes no call with data back', async () => {
    const head = "import { Client } from 'discord.js';\n";
    const root = project({
      ...tsBot,
      'src/stats.ts': [
        `${head}export class Bot extends Client { stats = [1]; }`,
        'export class Poster { bot?: any; all = async () => await this.bot.shard.broadcastEval((c: Bot) => { c = c ?? c; return c.stats.length; }); }',
        '',
      ].join('\n'),
      'src/find.ts': `${head}export const find = (client: Client, id: string) =>
  client.shard!.broadcastEval((c, { id }) => c.guilds.cache.has(id), { context: { id } });
`,
      'src/both.ts': `${head}export const name = (client: Client, id: string) =>
  client.shard!.broadcastEval((c, { id }) => c.guilds.cache.get(id)?.name, { context: { id } });
`,
    });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    const calls = sites.filter((site) => site.method === 'broadcastEval');
    expect(calls.map(({ file, outcome, code }) => [file, outcome, code])).toEqual([
      ['src/both.ts', 'rewritten-with-note', 'DC-W6'],
      ['src/find.ts', 'rewritten', null],
      ['src/stats.ts', 'left', 'DC-V1'],
    ]);
    expect(summary.verified).toBe(true);
  });

  test('takes calls back for an error in a handler that was there before', async () => {
    const handlers = [
      "import type { Client } from 'discord.js';",
      "import { defineHandlers } from 'shardlift';",
      'export const handlers = defineHandlers({',
      '  alone: (_: Client): boolean => {',
      // True until another handler is added.
      "    const only: keyof typeof handlers extends 'alone' ? true : false = true;",
      '    return only;',
      '  },',
      '});',
      '',
    ].join('\n');
    const x =
      "import type { Client } from 'discord.js';\nexport const f = (c: Client) => c.shard!.broadcastEval((c) => c.ws.ping);\n";
    const root = project({ ...tsBot, 'src/cluster-handlers.ts': handlers, 'src/x.ts': x });
    const { sites } = await migrate({ paths: ['src'], cwd: root, handlers: 'src/cluster-handlers.ts' });
    expect(sites.filter(({ file }) => file === 'src/x.ts').map(({ code }) => code)).toEqual(['DC-V1']);
    expect(read(root)['src/cluster-handlers.ts']).toBe(handlers);
  });

  test('blames a name that nothing reads any more on the calls that read it', async () => {
    const text = [
      "import type { Client } from 'discord.js';",
      'export const f = async (c: Client) => {',
      '  const b = await c.shard!.broadcastEval((x) => x.ws.ping);',
      // Two variables in one statement: the alias stays, and nothing reads it.
      '  const one = 1, shard = c.shard!;',
      '  const d = await shard.broadcastEval((x) => x.ws.status);',
      '  return [b, one, d];',
      '};',
      '',
    ].join('\n');
    const config = String(tsBot['tsconfig.json']).replace('"strict"', '"noUnusedLocals":true,"strict"');
    const root = project({ ...tsBot, 'tsconfig.json': config, 'src/x.ts': text });
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    const calls = sites.filter((site) => site.method === 'broadcastEval');
    expect(calls.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['rewritten', null],
      ['left', 'DC-V1'],
    ]);
  });

  test('is not called verified when discord.js is not installed', async () => {
    const root = project({ ...tsBot, 'src/x.ts': body });
    rmSync(join(root, 'node_modules'));
    expect((await migrate({ paths: ['src'], cwd: root })).summary.verified).toBe(false);
  });
});

test('JavaScript is checked for names that nothing declares', async () => {
  const root = project({
    'index.js': "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js');\n",
    'bot.js': 'exports.f = (client) => client.shard.broadcastEval((c) => c.ws.ping);\n',
  });
  const checked = { types: 0, names: 3, ownerTyped: 0, unchecked: 0 };
  expect((await migrate({ paths: ['.'], cwd: root })).summary).toMatchObject({ left: 0, verified: true, checked });
});

test('a global that the bot sets itself is a name, from the run on in which some file sets it', async () => {
  const x = 'exports.f = async (client) => client.shard.broadcastEval((c) => [c.ws.ping, db.x]);\n';
  const root = project({ ...cjsBot, 'x.js': x });
  const outcome = async () => {
    const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
    return sites.find(({ file }) => file === 'x.js');
  };
  expect(await outcome()).toMatchObject({ outcome: 'left' });
  writeFileSync(join(root, 'setup.js'), 'global.db = { x: 1 };\n');
  expect(await outcome()).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-C8' });
});

test.each([
  ['global.db = new Map();', 'DC-C8'],
  ['globalThis.db ??= new Map();', 'DC-C8'],
  ['global . db ||= new Map();', 'DC-C8'],
  ['// global.db = new Map();', 'DC-C4'],
  ["log('global.db = 1');", 'DC-C4'],
  ['app.global.db = new Map();', 'DC-C4'],
  ['app.global.db = global.dbs = 1;', 'DC-C4'],
  ['if (global.db === 1) log();', 'DC-C4'],
])('of the files that mention the global object, one sets a name on it: %s', async (line, code) => {
  const x = 'exports.f = async (client) => client.shard.broadcastEval((c) => [c.ws.ping, db.x]);\n';
  const root = project({ ...cjsBot, 'x.js': x, 'setup.js': `${line}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe(code);
});

const call = 'exports.f = (client) => client.shard.broadcastEval((c) => c.ws.ping);\n';
const config = (name: string, text: string) => ({ [name]: text, 'x.js': call });

test.each([
  ['a tsconfig.json with checkJs', config('tsconfig.json', '{ "compilerOptions": { "checkJs": true } }'), 3],
  ['a jsconfig.json with checkJs', config('jsconfig.json', '{ "compilerOptions": { "checkJs": true } }'), 3],
  ['one for other files', config('tsconfig.json', '{ "compilerOptions": { "checkJs": true }, "include": ["y"] }'), 0],
  ['@ts-check', { 'x.js': `// @ts-check\n${call}` }, 1],
  ['@ts-check that code comes before', { 'x.js': `f();\n// @ts-check\n${call}` }, 0],
  ['checkJs and @ts-nocheck', config('tsconfig.json', '{ "compilerOptions": { "checkJs": true } }'), 2],
])('JavaScript whose owner has its types checked is not called verified: %s', async (title, files, ownerTyped) => {
  const text = title.endsWith('nocheck')
    ? { 'x.js': `#!/usr/bin/env node\n/* a */ // b\n// @ts-nocheck\n${call}` }
    : {};
  const root = project({ ...cjsBot, ...files, ...text });
  const { summary } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(summary).toMatchObject({ left: 0, verified: ownerTyped === 0, checked: { names: 3, ownerTyped } });
});

test('a position of the new text leads back to the old one', () => {
  const splices = [
    { start: 2, end: 4, text: 'XXXX' },
    { start: 6, end: 6, text: 'YY' },
  ];
  expect([0, 2, 5, 6, 7, 8, 11].map((at) => originalPosition(splices, at))).toEqual([0, 2, 2, 4, 5, 6, 7]);
});

test('without errors before and after there are no new ones', () => {
  expect(newErrors([], [], { path: 'x.ts', splices: [], typed: true })).toEqual([]);
});
