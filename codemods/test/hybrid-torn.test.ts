/** One half of a bot of discord-hybrid-sharding never moves alone: the other one has to be seen to move, where any may stay. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project } from './project.ts';

const from = "'discord-hybrid-sharding'";

const manifest = (type: 'commonjs' | 'module', listed = true): string =>
  JSON.stringify({
    ...{ name: 'bot', private: true, type },
    dependencies: { 'discord.js': '14', ...(listed ? { 'discord-hybrid-sharding': '2' } : {}) },
  });

const start = "new ClusterManager('./bot.js').spawn();\n";
const build = 'client.cluster = new ClusterClient(client);\n';

/** A CommonJS bot, but for its client. */
const cjs = {
  'package.json': manifest('commonjs'),
  'index.js': `const { ClusterManager } = require(${from});\n${start}`,
  'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
} satisfies Files;

/** The same of modules. */
const esm = {
  ...cjs,
  'package.json': manifest('module'),
  'index.js': `import { ClusterManager } from ${from};\n${start}`,
} satisfies Files;

const client = { 'bot.js': `const { ClusterClient } = require(${from});\n${build}` } satisfies Files;

async function codesOf(files: Files): Promise<Record<string, string>> {
  const { sites } = await migrate({ paths: ['.'], cwd: project(files), dryRun: true });
  return Object.fromEntries(sites.map(({ file, line, outcome, code }) => [`${file}:${line}`, code ?? outcome]));
}

describe('the manager stays with a client', () => {
  test.each<[title: string, files: Files, code?: string]>([
    [
      'of a default that is taken apart',
      { ...esm, 'bot.js': `import hs from ${from};\nconst { ClusterClient, Child } = hs;\n${build}` },
    ],
    [
      'of a default by its name',
      {
        ...esm,
        'bot.js': `import { default as hs } from ${from};\nnew hs.Client(client, hs.Child);\n`,
      },
    ],
    [
      'of a default beside other names',
      { ...esm, 'bot.js': `import { default as hs, Child } from ${from};\nnew hs.Client(client, Child);\n` },
    ],
    [
      'of the default of a promise',
      { ...esm, 'bot.js': `const hs = (await import(${from})).default;\nnew hs.ClusterClient(client);\n` },
    ],
    ['of a promise', { ...esm, 'bot.js': `const { ClusterClient, Child } = await import(${from});\n${build}` }],
    [
      'of a name that is made',
      { ...cjs, 'bot.js': `const { [name]: ClusterClient, Child } = require(${from});\n${build}` },
    ],
    [
      'of a name that nobody knows',
      { ...cjs, 'bot.js': `const { Fleet, Child } = require(${from});\nclient.cluster = new Fleet(client);\n` },
    ],
    [
      'of a file that takes it',
      {
        ...cjs,
        'lib.js': `const { ClusterClient, Child } = require(${from});\nmodule.exports = { ClusterClient, Child };\n`,
        'bot.js': `const { ClusterClient } = require('./lib');\n${build}`,
      },
    ],
    [
      'of a name that is made, of a file that is the library',
      {
        ...cjs,
        'lib.js': `module.exports = require(${from});\n`,
        'bot.js': `const { [name]: ClusterClient, Child } = require('./lib');\n${build}`,
      },
    ],
    [
      'of a file that is the library',
      {
        ...cjs,
        'lib.js': `module.exports = require(${from});\n`,
        'bot.js': `const { ClusterClient } = require('./lib');\n${build}`,
        'more.js': "f(require('./lib').Child);\n",
      },
    ],
    [
      'of a file whose names are looped over',
      {
        ...cjs,
        'lib.js': `module.exports = require(${from});\n`,
        'bot.js':
          "const hs = require('./lib');\nfor (const name of Object.keys(hs)) f(hs[name]);\nnew hs.Client(client);\n",
      },
    ],
    [
      'of a member',
      {
        ...cjs,
        'bot.js': `class Bot extends Client {\n  constructor() {\n    super();\n    this.H = require(${from});\n    this.cluster = new this.H.Client(this);\n    f(this.H.Child);\n  }\n}\n`,
      },
    ],
    ['of a name in quotes', { ...cjs, 'bot.js': `const H = require(${from});\nnew H['Client'](client, H.Child);\n` }],
    [
      'that is built by reflection',
      { ...cjs, 'bot.js': `const H = require(${from});\nReflect.construct(H.Client, [client, H.Child]);\n` },
    ],
    [
      'that a parameter is by default',
      {
        ...cjs,
        'bot.js': `const { Client: C, Child } = require(${from});\nconst make = (c, K = C) => new K(c, Child);\n`,
      },
    ],
    [
      'that may be there',
      {
        ...cjs,
        'bot.js': `let ClusterClient, Child;\ntry {\n  ({ ClusterClient, Child } = require(${from}));\n} catch {}\n${build}`,
      },
    ],
    ['of a file that does not parse', { ...cjs, 'bot.js': `${client['bot.js']}f(;\n` }],
    [
      'that takes it from a file that does not parse',
      {
        ...cjs,
        'lib.js': `module.exports = require(${from});\nf(;\n`,
        'bot.js': `const hs = require('./lib');\nclient.cluster = new hs.Client(client);\n`,
      },
    ],
    [
      'of a file that names the library as a text',
      { ...cjs, 'bot.js': `const mod = ${from};\nconst { ClusterClient } = require(mod);\n${build}` },
    ],
    [
      'of a file that names the library as a part of a path',
      { ...cjs, 'bot.js': `const { ClusterClient } = require('discord-hybrid-sharding/dist/index.js');\n${build}` },
    ],
    [
      'of a file that loads it in a way of its own',
      {
        ...esm,
        'bot.js': `const load = createRequire(import.meta.url);\nconst { ClusterClient } = load(${from});\n${build}`,
      },
    ],
    [
      'of a library that package.json does not list',
      {
        ...cjs,
        'package.json': manifest('commonjs', false),
        'bot.js': `const { ClusterClient, Child } = require(${from});\n${build}`,
      },
    ],
  ])('%s', async (_title, files) => {
    const codes = await codesOf(files);
    expect(codes['index.js:1']).toBe('DC-M12');
    expect(Object.values(codes)).not.toContain('rewritten');
  });
});

describe('the client stays with a manager', () => {
  test.each<[title: string, files: Files]>([
    [
      'of a default',
      {
        ...esm,
        'index.js': `import hs from ${from};\nconst { ClusterManager, fetchRecommendedShards } = hs;\n${start}`,
        'bot.js': `import { ClusterClient } from ${from};\n${build}`,
      },
    ],
    [
      'of a file that takes it',
      {
        ...{ ...cjs, ...client },
        'lib.js': `const { ClusterManager, Child } = require(${from});\nmodule.exports = { ClusterManager, Child };\n`,
        'index.js': `const { ClusterManager } = require('./lib');\n${start}`,
      },
    ],
    ['of a file that does not parse', { ...cjs, ...client, 'index.js': `${cjs['index.js']}f(;\n` }],
    [
      'of a file that names the library as a text',
      { ...cjs, ...client, 'index.js': `const mod = ${from};\nconst { ClusterManager } = require(mod);\n${start}` },
    ],
    [
      'that is only compared with elsewhere',
      {
        ...{ ...cjs, ...client },
        'index.js': `const mod = ${from};\nconst { ClusterManager } = require(mod);\n${start}`,
        'is.js': `const { ClusterManager } = require(${from});\nf((it) => it instanceof ClusterManager);\n`,
      },
    ],
  ])('%s', async (_title, files) => {
    const codes = await codesOf(files);
    expect(codes['bot.js:1']).toBe('DC-M12');
    expect(Object.values(codes)).not.toContain('rewritten');
  });
});

test('what names the library as a text is said as that', async () => {
  const bot = `const mod = ${from};\nconst { ClusterClient } = require(mod);\n${build}`;
  const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjs, 'bot.js': bot }), dryRun: true });
  expect(sites[0]?.message).toMatch(
    /^What stands at bot\.js:1 \(a text, which may load it[^)]*\) may keep this bot with discord-hybrid-sharding,/,
  );
});

test.each([
  ['of a file that does not parse', `${client['bot.js']}f(;\n`],
  ['of a file that names the library as a text', `const mod = ${from};\nf(require(mod));\n`],
])('the manager stays with what was not given: %s', async (_title, bot) => {
  const cwd = project({ ...cjs, 'bot.js': bot });
  const { sites } = await migrate({ paths: ['index.js'], cwd, dryRun: true });
  expect(sites.map(({ file, code }) => [file, code])).toEqual([['index.js', 'DC-M13']]);
});

describe('both halves move', () => {
  test.each<[title: string, more: Files]>([
    ['beside a list of names', { 'list.js': `module.exports = ['discord.js', ${from}];\n` }],
    [
      'beside a default of which parts are taken',
      { 'more.mjs': `import { default as H } from ${from};\nf(H.Child);\n` },
    ],
    ['beside an import of parts', { 'bot.js': `${client['bot.js']}const { Child } = require(${from});\nf(Child);\n` }],
    ['and are not listed', { 'package.json': manifest('commonjs', false) }],
  ])('%s', async (_title, more) => {
    const codes = await codesOf({ ...cjs, ...client, ...more });
    expect([codes['index.js:1'], codes['bot.js:1']]).toEqual(['rewritten', 'rewritten']);
  });

  test.each<[title: string, files: Files]>([
    ['of a promise', { ...esm, 'bot.js': `const { ClusterClient } = await import(${from});\n${build}` }],
    ['of a variable', { ...cjs, 'bot.js': `const Fleet = require(${from}).Client;\nnew Fleet(client);\n` }],
    [
      'that may be there',
      {
        ...cjs,
        'bot.js': `let ClusterClient;\ntry {\n  ({ ClusterClient } = require(${from}));\n} catch {}\n${build}`,
      },
    ],
    [
      'of a file that is the library',
      {
        ...cjs,
        'lib.js': `module.exports = require(${from});\n`,
        'bot.js': "const hs = require('./lib');\nmodule.exports = class extends hs.Client {};\n",
      },
    ],
  ])('beside a text, with a client %s', async (_title, files) => {
    const codes = await codesOf({ ...files, 'list.js': `f(${from});\n` });
    expect(Object.values(codes)).toEqual(Object.keys(codes).map(() => 'rewritten'));
  });

  test('where subclasses of them are built', async () => {
    const codes = await codesOf({
      ...cjs,
      'index.js': `const { ClusterManager } = require(${from});\nclass Fleet extends ClusterManager {}\nnew Fleet('./bot.js').spawn();\n`,
      'bot.js': `const hs = require(${from});\nmodule.exports = class extends hs.ClusterClient {};\n`,
      'list.js': `f(${from});\n`,
    });
    expect([codes['index.js:1'], codes['bot.js:1']]).toEqual(['rewritten', 'rewritten']);
  });
});

test('a manager of discord.js itself moves beside a bot that stays', async () => {
  const codes = await codesOf({
    ...cjs,
    'bot.js': `const { ClusterClient, Child } = require(${from});\n${build}`,
    'dev.js': "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./other.js').spawn();\n",
  });
  expect(codes).toEqual({ 'bot.js:1': 'DC-M11', 'dev.js:1': 'rewritten', 'index.js:1': 'DC-M12', 'x.js:1': 'DC-M12' });
});
