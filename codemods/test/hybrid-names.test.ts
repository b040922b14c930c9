/** What is taken out of discord-hybrid-sharding, and whether the drop-in has it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { hybridNames, hybridParts } from '../src/rules/hybrid-names.ts';
import { ts } from '../src/typescript.js';
import { cjsBot, project, read } from './project.ts';

test('the names are those that shardlift/compat/hybrid exports', () => {
  const declarations = readFileSync(new URL('../../dist/compat-hybrid.d.mts', import.meta.url), 'utf8');
  const exported = /^export \{ ([^}]+) \};$/m.exec(declarations)?.[1]?.split(', ') ?? [];
  const names = exported.map((one) => one.replace(/^type /, '').replace(/^\w+ as /, ''));
  expect([...hybridNames].sort()).toEqual(names.sort());
});

test('beside them stands what discord-hybrid-sharding exports', () => {
  const path = fileURLToPath(import.meta.resolve('discord-hybrid-sharding')).replace(/\.js$/, '.d.ts');
  const program = ts.createProgram([path], { skipLibCheck: true });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(path) as ts.SourceFile) as ts.Symbol;
  const names = checker.getExportsOfModule(module).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !hybridNames.has(name) && !hybridParts.has(name))).toEqual([]);
});

const from = "'discord-hybrid-sharding'";
const now = "'shardlift/compat/hybrid'";

/** A file, and what it is after the run; or the names for which it stays as it is. */
const rows: readonly (readonly [title: string, before: string, after: string, missing?: string])[] = [
  [
    'a default import by its name',
    `import { default as H } from ${from};\nf(H.getInfo());`,
    `import * as H from ${now};\nf(H.getInfo());`,
  ],
  [
    'the types of one',
    `import type { default as H } from ${from};\nexport type M = H.ClusterManager;`,
    `import type * as H from ${now};\nexport type M = H.ClusterManager;`,
  ],
  ['an import for its effect', `import ${from};`, `import ${now};`],
  [
    'names that are all there',
    `export { getInfo, Client as C } from ${from};`,
    `export { getInfo, Client as C } from ${now};`,
  ],
  ['all names', `export * as H from ${from};`, `export * as H from ${now};`],
  [
    'a type by its module',
    `export type M = import(${from}).ClusterManager;`,
    `export type M = import(${now}).ClusterManager;`,
  ],
  [
    'a module taken apart',
    `const { getInfo, ...rest } = require(${from});\nf(getInfo, rest.Client);`,
    `const { getInfo, ...rest } = require(${now});\nf(getInfo, rest.Client);`,
  ],
  [
    'a default among other names',
    `import { default as H, getInfo } from ${from};\nf(H.getInfo, getInfo);`,
    '',
    'default',
  ],
  ['a default beside a default', `import G, { default as H } from ${from};\nf(H.getInfo, G.getInfo);`, '', 'default'],
  ['a default that is exported', `export { default } from ${from};`, '', 'default'],
  ['a default exported by a name', `export { default as H } from ${from};`, '', 'default'],
  ['the default of a promise', `const H = (await import(${from})).default;`, '', 'default'],
  ['the default in a pattern', `const { default: H } = await import(${from});\nf(H);`, '', 'default'],
  ['the default where a promise leads', `import(${from}).then(({ default: H }) => f(H));`, '', 'default'],
  ['the default of what a promise gives', `import(${from}).then((all) => f(all.default));`, '', 'default'],
  ['the default of a module', `const H = require(${from}).default;`, '', 'default'],
  ['a default that is read of a name', `const H = require(${from});\nf(H.default.Client);`, '', 'default'],
  [
    'parts of its own making',
    `const { Child, getInfo, Worker: W } = require(${from});\nf(Child, getInfo, W);`,
    '',
    'Child, Worker',
  ],
  ['a part in quotes', `f(require(${from})['chunkArray']);`, '', 'chunkArray'],
  [
    'a part of a namespace',
    `import * as H from ${from};\nf(H.fetchRecommendedShards());`,
    '',
    'fetchRecommendedShards',
  ],
  ['a type that is not there', `import * as H from ${from};\nexport type A = H.Awaitable<1>;`, '', 'Awaitable'],
  ['a type that is not there, by its module', `export type A = import(${from}).Awaitable<1>;`, '', 'Awaitable'],
  ['a namespace taken apart', `import H from ${from};\nconst { Child } = H;\nf(Child);`, '', 'Child'],
  [
    'names in quotes that are there',
    `const { 'getInfo': a, ['Client']: B, [key]: c } = require(${from});\nf(a, B, c);`,
    `const { 'getInfo': a, ['Client']: B, [key]: c } = require(${now});\nf(a, B, c);`,
  ],
  ['a name in brackets', `const { ['Child']: C } = require(${from});\nf(C);`, '', 'Child'],
  ['a name that is set', `let Child;\ntry {\n  ({ Child } = require(${from}));\n} catch {}`, '', 'Child'],
  ['a name that is set by another', `let C;\n({ 'Child': C } = require(${from}));`, '', 'Child'],
  ['a module that is set', `let H;\nH = require(${from});\nf(H.Child);`, '', 'Child'],
  [
    'a module that a class keeps',
    `class A { constructor() { this.H = require(${from}); } get() { return this.H.Child; } }`,
    '',
    'Child',
  ],
  ['a module that may be there', `const { Child } = (ok && require(${from})) || {};\nf(Child);`, '', 'Child'],
  ['a module where one asks for it', `const { Child } = ok ? require(${from}) : {};\nf(Child);`, '', 'Child'],
  ['a module that a function gives', `const get = () => require(${from});\nf(get().Child);`, '', 'Child'],
  ['a module of TypeScript', `import H = require(${from});\nf(H.delayFor(1));`, '', 'delayFor'],
];

describe('discord-hybrid-sharding', () => {
  test.each(rows)('%s', async (_title, before, after, missing) => {
    const root = project({ ...cjsBot, 'x.ts': `${before}\n` });
    const report = await migrate({ paths: ['x.ts'], cwd: root });
    const [site, ...others] = report.sites;
    expect(others).toEqual([]);
    expect(read(root)['x.ts']).toBe(`${missing === undefined ? after : before}\n`);
    expect(site?.code ?? site?.outcome).toBe(missing === undefined ? 'rewritten' : 'DC-M11');
    if (missing !== undefined) expect(site?.message).toContain(`has no ${missing}, so`);
  });

  const bot = {
    'package.json': '{ "name": "bot", "dependencies": { "discord-hybrid-sharding": "^2.2.0" } }\n',
    'index.js':
      "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js').spawn();\n",
    'bot.js':
      "const { ClusterClient, Child } = require('discord-hybrid-sharding');\nclient.cluster = new ClusterClient(client, Child);\n",
    'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
  };

  test('that stays at the client keeps the manager and the calls of the package, and says where', async () => {
    const root = project(bot);
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ file, code }) => [file, code])).toEqual([
      ['bot.js', 'DC-M11'],
      ['index.js', 'DC-M12'],
      ['x.js', 'DC-M12'],
    ]);
    expect(sites.at(-1)?.message).toContain('The import at bot.js:1 stays');
    expect(read(root)).toEqual(bot);
  });

  test('that stays elsewhere keeps the calls of the package as they are', async () => {
    const text = bot['bot.js'].replaceAll(', Child', '');
    const more = "const { Child } = require('discord-hybrid-sharding');\nf(Child);\n";
    const root = project({ ...bot, 'bot.js': text, 'more.js': more });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ file, code }) => [file, code])).toEqual([
      ['bot.js', null],
      ['index.js', null],
      ['more.js', 'DC-M11'],
      ['x.js', 'DC-M12'],
    ]);
  });

  test.each([
    ['in a file that does not parse', "const { ClusterClient } = require('discord-hybrid-sharding');\nf(;\n", 'DC-F1'],
    ['in an import that is exported', "export import H = require('discord-hybrid-sharding');\nf(H.Child);\n", 'DC-M11'],
  ])('%s keeps the calls, too', async (_title, text, code) => {
    const root = project({ ...bot, 'bot.js': bot['bot.js'].replaceAll(', Child', ''), 'more.ts': text });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map((one) => [one.file, one.code])).toEqual([
      ['bot.js', null],
      ['index.js', null],
      ['more.ts', code],
      ['x.js', 'DC-M12'],
    ]);
  });

  test('whose types stay beside a value keeps the calls', async () => {
    const both =
      "import { type Awaitable, getInfo } from 'discord-hybrid-sharding';\nexport const a: Awaitable<1> = f(getInfo);\n";
    const root = project({ ...bot, 'bot.js': bot['bot.js'].replaceAll(', Child', ''), 'both.ts': both });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ file, code }) => [file, code])).toEqual([
      ['bot.js', null],
      ['both.ts', 'DC-M11'],
      ['index.js', null],
      ['x.js', 'DC-M12'],
    ]);
  });

  test.each([
    ['of types', "import type { Awaitable } from 'discord-hybrid-sharding';"],
    ['that exports types', "export { type Serialized } from 'discord-hybrid-sharding';\ntype Awaitable<T> = T;"],
    ['of names that are types', "import { type Awaitable } from 'discord-hybrid-sharding';"],
    ['of a name that only types say', "import { Awaitable } from 'discord-hybrid-sharding';"],
    [
      'of a module for types',
      "import type H = require('discord-hybrid-sharding');\ntype Awaitable<T> = H.Awaitable<T>;",
    ],
  ])('whose types alone stay keeps nothing: an import %s', async (_title, line) => {
    const types = `${line}\nexport type A = Awaitable<1>;\n`;
    const root = project({ ...bot, 'bot.js': bot['bot.js'].replaceAll(', Child', ''), 'types.ts': types });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ file, code }) => [file, code])).toEqual([
      ['bot.js', null],
      ['index.js', null],
      ['types.ts', 'DC-M11'],
      ['x.js', null],
    ]);
  });
});
