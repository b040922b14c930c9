/** A handlers file that is there already: what is added to it, whose names are taken, and when it is left alone. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { asksPing, call, define, own, rewrite } from './handlers-bot.ts';
import { cjsBot, esmBot, project, read, tsBot } from './project.ts';

describe('names that are put into the handlers later', () => {
  const base = `${define}const handlers = defineHandlers({\n  a: () => 1,\n});\n`;
  const exported = `${define}exports.handlers = defineHandlers({\n  a: () => 1,\n});\n`;
  test.each([
    ['a member of the export', `${exported}exports.handlers.wsPing = () => 2;\n`],
    ['a member of all exports', `${exported}module.exports.handlers['wsPing'] = () => 2;\n`],
    ['a member of the variable', `${base}handlers.wsPing = () => 2;\nexports.handlers = handlers;\n`],
    ['an object', `${base}Object.assign(handlers, { wsPing: () => 2 });\nmodule.exports = { handlers };\n`],
    [
      'an object around it',
      `${define}exports.handlers = Object.assign(defineHandlers({\n  a: () => 1,\n}), { wsPing: () => 2 });\n`,
    ],
    ['a spread', `${base.replace('handlers =', 'base =')}exports.handlers = { ...base, wsPing: () => 7 };\n`],
    [
      'another name',
      `${define}const all = {\n  a: () => 1,\n};\nconst handlers = defineHandlers(all);\nall.wsPing = () => 2;\nexports.handlers = handlers;\n`,
    ],
    [
      'the result',
      `${define}const all = {\n  a: () => 1,\n};\nexports.handlers = defineHandlers(all);\nexports.handlers.wsPing = () => 2;\n`,
    ],
  ])('are taken: %s', async (_title, file) => {
    const { handlers, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(handlers).toEqual(['wsPing2']);
    expect(files['cluster-handlers.js']).toMatch(
      /(\n {2}a: \(\) => 1,|wsPing: \(\) => 7,?)\s+wsPing2: \(c\) => c\.ws\.ping,/,
    );
  });

  test.each([
    ['a loop', `${base}for (const [name, fn] of all) handlers[name] = fn;\nmodule.exports = { handlers };\n`],
    ['a loop over the export', `${exported}for (const [name, fn] of all) exports.handlers[name] = fn;\n`],
    ['other code', `${base}fill(handlers);\nexports.handlers = handlers;\n`],
    ['all exports', `${exported}fill(exports);\n`],
    ['a second value', `${exported}if (process.env.X) exports.handlers = load();\n`],
  ])('keep the file from being added to where they cannot be read: %s', async (_title, file) => {
    const { calls, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(calls).toMatchObject([{ outcome: 'left', code: 'DC-H3' }]);
    expect(files['cluster-handlers.js']).toBe(file);
  });

  test.each([
    ['are taken in other files', `${exported}exports.handlers.wsPing = () => 2;\n`, 'wsPing2'],
    ['and of a variable', `${base}Object.assign(handlers, { wsPing: () => 2 });\nexports.all = handlers;\n`, 'wsPing2'],
  ])('%s', async (_title, file, name) => {
    expect((await rewrite({ 'more.js': file, 'x.js': asksPing })).handlers).toEqual([name]);
  });

  test('are told of in other files where they cannot be read', async () => {
    const file = `${base}for (const [name, fn] of all) handlers[name] = fn;\nmodule.exports = { handlers };\n`;
    const root = project({ ...cjsBot, 'more.js': file, 'x.js': asksPing });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.filter(({ code }) => code === 'DC-H6')).toHaveLength(1);
  });
});

describe('what the file exports as its handlers is added to', () => {
  const added = /b: \(\) => 2,\s+wsPing: \(c\) => c\.ws\.ping,/;
  test.each([
    [
      'behind another object',
      `${define}exports.other = defineHandlers({\n  a: () => 1,\n});\nexports.handlers = defineHandlers({\n  b: () => 2,\n});\n`,
    ],
    [
      'in a variable',
      `${define}const other = defineHandlers({\n  a: () => 1,\n});\nconst handlers = defineHandlers({\n  b: () => 2,\n});\nmodule.exports = { handlers, other };\n`,
    ],
    ['as the whole module', `${define}module.exports = defineHandlers({\n  b: () => 2,\n});\n`],
    [
      'as a member of the module',
      `${define}module.exports = {\n  handlers: defineHandlers({\n    b: () => 2,\n  }),\n};\n`,
    ],
    [
      'by another name of the function',
      "const { defineHandlers: d } = require('shardlift');\n\nexports.handlers = d({\n  b: () => 2,\n});\n",
    ],
    [
      'through the module',
      "const s = require('shardlift');\n\nexports.handlers = s.defineHandlers({\n  b: () => 2,\n});\n",
    ],
    ['without the function', 'exports.handlers = {\n  b: () => 2,\n};\n'],
    [
      'compiled',
      `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.handlers = void 0;\nconst shardlift_1 = require("shardlift");\nexports.handlers = (0, shardlift_1.defineHandlers)({\n  b: () => 2,\n});\n`,
    ],
  ])('%s', async (_title, file) => {
    const { handlers, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(handlers).toEqual(['wsPing']);
    expect(files['cluster-handlers.js']).toMatch(added);
  });

  const imported = "import { defineHandlers } from 'shardlift';\n\n";
  test.each([
    [
      'a list',
      `${imported}const other = defineHandlers({\n  a: () => 1,\n});\nconst handlers = defineHandlers({\n  b: () => 2,\n});\nexport { handlers, other };\n`,
    ],
    [
      'the default',
      `${imported}export const other = defineHandlers({\n  a: () => 1,\n});\nexport default defineHandlers({\n  b: () => 2,\n});\n`,
    ],
  ])('of an ES module: %s', async (_title, file) => {
    const asks = `export const g = (client) => ${asksPing}`;
    const { files } = await rewrite({ ...esmBot, 'cluster-handlers.js': file, 'x.js': asks });
    expect(files['cluster-handlers.js']).toMatch(added);
  });

  test.each([
    ['where that is none of it', `${define}exports.other = defineHandlers({\n  a: () => 1,\n});\n`],
    ['where nobody loads it and nothing says that it is one', 'module.exports = {\n  setup() {},\n};\n'],
  ])('nothing is, %s', async (_title, file) => {
    const { calls, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(calls).toMatchObject([{ code: 'DC-H3' }]);
    expect(files['cluster-handlers.js']).toBe(file);
  });
});

describe('handlers of a file that a manager loads without defineHandlers', () => {
  const manager = (files: string): string =>
    `const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js', { hybrid: { handlers: ${files} } }).spawn();\n`;

  test('are read, and added to', async () => {
    const { handlers, files } = await rewrite({
      'index.js': manager("'./h.js'"),
      'h.js': 'exports.handlers = {\n  wsPing: () => 1,\n};\n',
      'x.js': asksPing,
    });
    expect(handlers).toEqual(['wsPing2']);
    expect(files['h.js']).toBe('exports.handlers = {\n  wsPing: () => 1,\n  wsPing2: (c) => c.ws.ping,\n};\n');
    expect(Object.keys(files)).not.toContain('cluster-handlers.js');
  });

  test('are added to as the whole module', async () => {
    const { handlers, files } = await rewrite({
      'index.js': manager("'./h.js'"),
      'h.js': 'module.exports = {\n  wsPing: () => 1,\n};\n',
      'x.js': asksPing,
    });
    expect(handlers).toEqual(['wsPing2']);
    expect(files['h.js']).toContain('  wsPing2: (c) => c.ws.ping,\n};\n');
  });

  test('are taken beside the file that is added to', async () => {
    const { handlers } = await rewrite({
      'index.js': manager("['./h.js', './i.js']"),
      'h.js': own('a: () => 1'),
      'i.js': 'exports.wsPing = () => 1;\n',
      'x.js': asksPing,
    });
    expect(handlers).toEqual(['wsPing2']);
  });

  test('are told of where they cannot be read', async () => {
    const root = project({
      ...cjsBot,
      'index.js': manager("'./h.js'"),
      'h.js': "'use strict';\nexports.handlers = load();\n",
      'x.js': asksPing,
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    const noted = sites.filter(({ message }) => message.includes('DUPLICATE_HANDLER'));
    expect(noted).toHaveLength(1);
    expect(noted[0]?.message).toContain('(h.js:2)');
  });

  test('are taken in TypeScript, where a function among them would have no types', async () => {
    const root = project({
      ...tsBot,
      'src/index.ts':
        "import { ShardingManager } from 'shardlift/compat';\n\nawait new ShardingManager('dist/bot.js', { hybrid: { handlers: './h.js' } }).spawn();\n",
      'src/h.ts': 'export const handlers = {\n  wsPing: () => 1,\n};\n',
      'src/x.ts':
        "import type { Client } from 'discord.js';\nexport const f = (bot: Client) => bot.shard!.broadcastEval((c) => c.ws.ping);\n",
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find(({ file }) => file === 'src/x.ts')?.handler).toBe('wsPing2');
    expect(read(root)['src/cluster-handlers.ts']).toContain('wsPing2: (c) => c.ws.ping,');
  }, 120_000);
});

describe('a handlers file in which names mean something else', () => {
  const asksFetch = call("(c) => fetch('b', c.id)");
  test.each([
    [
      'a function',
      `${define}function make() {\n  return defineHandlers({\n    b: () => 1,\n  });\n}\nexports.handlers = make();\n`,
    ],
    [
      'a function that is called at once',
      `${define}(() => {\n  const fetch = 1;\n  exports.handlers = defineHandlers({\n    b: () => fetch,\n  });\n})();\n`,
    ],
    [
      'a parameter',
      `${define}const make = (fetch) => defineHandlers({\n  b: () => fetch,\n});\nexports.handlers = make(1);\n`,
    ],
    [
      'a block',
      `${define}{\n  const fetch = 1;\n  exports.handlers = defineHandlers({\n    b: () => fetch,\n  });\n}\n`,
    ],
  ])('further in is not added to: %s', async (_title, file) => {
    const { calls, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksFetch });
    expect(calls).toMatchObject([{ outcome: 'left', code: 'DC-H3' }]);
    expect(files['cluster-handlers.js']).toBe(file);
  });

  test.each([
    'if (process.env.X) { var fetch = require("node-fetch"); }',
    'for (var fetch of []);',
    'try { var { fetch } = require("undici"); } catch {}',
    '{ function fetch() {} }',
  ])('by %s gets no function that reads the global', async (line) => {
    const file = own('b: () => 1').replace('exports', `${line}\nexports`);
    expect((await rewrite({ 'cluster-handlers.js': file, 'x.js': asksFetch })).calls).toMatchObject([
      { code: 'DC-H7' },
    ]);
  });

  test('and one within a function is nobody else’s', async () => {
    const file = own('b: () => 1').replace('exports', 'function g() { var fetch = 1; }\nexports');
    expect((await rewrite({ 'cluster-handlers.js': file, 'x.js': asksFetch })).handlers).toEqual(['x']);
  });
});

test.each([
  ['a directive', "'use strict';\n", ''],
  ['a line for the shell', '', '#!/usr/bin/env node\n'],
  ['both', "'use strict';\n", '#!/usr/bin/env node\n'],
])('imports go below %s at the head of the file', async (_title, strict, shell) => {
  const handlers = 'exports.handlers = {\n  ping: (c) => c.ws.ping,\n};\n';
  const x = `const os = require('node:os');\n${call('() => os.hostname()')}`;
  const root = project({ ...cjsBot, 'cluster-handlers.js': shell + strict + handlers, 'x.js': x });
  await migrate({ paths: ['.'], cwd: root });
  const start = `${shell}${strict}const os = require('node:os');\nexports.handlers = {\n  ping`;
  expect(read(root)['cluster-handlers.js']?.slice(0, start.length)).toBe(start);
});
