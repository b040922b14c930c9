/** Imports that only moved functions used go with them, and `import x = require()` moves as it is. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const strict = (type: 'module' | 'commonjs', files: Readonly<Record<string, string>>) => {
  const entry = (path: string): string => String(tsBot[path]).replace('await', 'void');
  return project({
    ...tsBot,
    'package.json': String(tsBot['package.json']).replace('module', type),
    'tsconfig.json': String(tsBot['tsconfig.json']).replace('"strict"', '"noUnusedLocals":true,"strict"'),
    'src/index.ts': entry('src/index.ts'),
    'src/bot.ts': entry('src/bot.ts'),
    ...files,
  });
};

const asks = (value: string, more = ''): string =>
  `export const f = (bot: Client) => bot.shard!.broadcastEval((c) => [${value}, c.ws.ping]);\n${more}`;
const client = "import type { Client } from 'discord.js';\n";

/** The head of a file, what its function reads, what else the file does; and the head that is left. */
const rows: readonly (readonly [head: string, value: string, more: string, left: string])[] = [
  ["import os from 'node:os';\n", 'os.type()', '', ''],
  ["import * as os from 'node:os'; // all of it\n", 'os.type()', '', '// all of it\n'],
  ["import os, { hostname } from 'node:os';\n", 'os.type(), hostname()', '', ''],
  ["import os, { hostname } from 'node:os';\n", 'os.type()', 'hostname();\n', "import { hostname } from 'node:os';\n"],
  ["import os, { hostname } from 'node:os';\n", 'hostname()', 'os.type();\n', "import os from 'node:os';\n"],
  ["import os, * as all from 'node:os';\n", 'os.type()', 'all.hostname();\n', "import * as all from 'node:os';\n"],
  ["import os, * as all from 'node:os';\n", 'all.type()', 'os.type();\n', "import os from 'node:os';\n"],
  [
    "import os, { arch, hostname } from 'node:os';\n",
    'os.type(), arch()',
    'hostname();\n',
    "import { hostname } from 'node:os';\n",
  ],
  ["import os from 'node:os';\n", 'os.type()', 'os.type();\n', "import os from 'node:os';\n"],
];

test('default and namespace imports that nothing uses any more go, as named ones do', async () => {
  const files = rows.map(([head, value, more], i) => [`src/x${i}.ts`, client + head + asks(value, more)] as const);
  const manager =
    "import Discord, { type ShardingManager as SM } from 'discord.js';\nexport const make = (): SM => new Discord.ShardingManager('dist/bot.js');\n";
  const all =
    "import * as Discord from 'discord.js';\nexport const all = new Discord.ShardingManager('dist/bot.js');\n";
  const root = strict('module', { ...Object.fromEntries(files), 'src/make.ts': manager, 'src/all.ts': all });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  const after = read(root);
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(summary.verified).toBe(true);
  const heads = rows.map((_, i) => after[`src/x${i}.ts`]?.slice(client.length).split('export')[0]);
  expect(heads).toEqual(rows.map(([, , , left]) => left));
  expect(after['src/make.ts']).toMatch(/^import \{ type ShardingManager as SM \} from 'shardlift\/compat';\nimport /);
  expect(after['src/make.ts']).not.toContain('Discord');
  expect(after['src/all.ts']).toMatch(
    /^import \{ ShardingManager \} from 'shardlift\/compat';\nexport const all = new ShardingManager\(/,
  );
});

test('import x = require() stands as it is in a handlers file that is CommonJS, and goes where nothing uses it', async () => {
  const line = "import os = require('node:os');\n";
  const root = strict('commonjs', {
    'src/x.ts': client + line + asks('os.type()'),
    'src/y.ts': client + line + asks('os.arch()', 'os.type();\n'),
  });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  const after = read(root);
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(summary.verified).toBe(true);
  expect(after['src/cluster-handlers.ts']?.split(line)).toHaveLength(2);
  expect(after['src/x.ts']).not.toContain(line);
  expect(after['src/y.ts']).toContain(line);
  await migrate({ paths: ['src'], cwd: root });
  expect(read(root)).toEqual(after);
});

const view = 'export const v = <div />;\n';
const react = "import React from './react.js';\n";
const h = "import { h } from './react.js';\n";

/** What a file with JSX says at its top, how the compiler takes JSX, the import its function reads, and whether that stays. */
const tags: readonly (readonly [head: string, jsx: string, line: string, stays: boolean])[] = [
  ['', 'react', react, true],
  ['', 'preserve', react, true],
  ['', 'react-jsx', react, false],
  ['', 'react-jsxdev', react, false],
  ['/** @jsxRuntime classic */\n', 'react-jsx', react, true],
  ['/** @jsxRuntime automatic */\n', 'react', react, false],
  ['/** @jsxImportSource own */\n', 'react', react, false],
  ['/** @jsx h */\n', 'react', h, true],
  ['/** @jsx h */\n', 'react', react, false],
  ['// see @jsx h\n', 'react', h, false],
];

test.each(tags)('an import that JSX needs stays, and no other (%j, %s, %j)', async (head, jsx, line, stays) => {
  const value = /\w+ (?=from)/.exec(line.replace(/[{}] ?/g, ''))?.[0].trim();
  const text = head + client + line + asks(`${value}.version`, view);
  const options = {
    target: 'es2022',
    module: 'nodenext',
    jsx,
    strict: false,
    types: [],
    paths: { 'discord.js': ['./none'], '*/jsx-runtime': ['./src/react.ts'] },
  };
  const root = project({
    ...tsBot,
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/react.ts': 'export const h = { version: 1 };\nexport default h;\n',
    'src/x.tsx': text,
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(read(root)['src/x.tsx']?.includes(line)).toBe(stays);
});

/** The head of a file, what its function reads, what else the file does: nothing of the head may go. */
const stay: readonly (readonly [head: string, value: string, more: string])[] = [
  ["import { helper } from './lib.js';\n", 'helper(1)', 'export { helper };\n'],
  ["import { helper as h, type Opts } from './lib.js';\n", 'h({} as Opts)', 'export { h as default, type Opts };\n'],
  ["import { helper as h } from './lib.js';\n", 'h(1)', 'namespace N { export import X = h; }\n'],
  ["// @ts-ignore no types\nimport { helper } from './untyped.js';\n", 'helper(1)', ''],
  ["// @ts-expect-error no types\nimport { helper, other } from './untyped.js';\n", 'helper(1)', 'other();\n'],
  ["// eslint-disable-next-line import/no-namespace\nimport * as lib from './lib.js';\n", 'lib.helper(1)', ''],
  ["import {\n  // @ts-ignore\n  helper,\n  other\n} from './untyped.js';\n", 'helper(1)', 'other();\n'],
  [
    "import {\n  other, // eslint-disable-next-line sort\n  helper,\n} from './untyped.js';\n",
    'helper(1)',
    'other();\n',
  ],
  ["import { helper } from './lib.js'; // eslint-disable-line import/order\n", 'helper(1)', ''],
  ["import {\n  helper, // oxlint-disable-line sort\n} from './lib.js';\n", 'helper(1)', ''],
  ["/* global x */ import { helper } from './lib.js'; /* eslint-disable-line */\n", 'helper(1)', ''],
  ["import { helper } from './lib.js';\n", 'helper(1)', '/** As {@link helper} does. */\nexport const g = 1;\n'],
  ["import * as lib from './lib.js';\n", 'lib.helper(1)', '/** {@linkcode lib.helper | it} */\nexport const g = 1;\n'],
  ["import type { Opts } from './lib.js';\n", '{} as Opts', '/**\n * @see {@link Opts}\n */\nexport const g = 1;\n'],
  ["// biome-ignore lint/x: it is\nimport { helper } from './lib.js';\n", 'helper(1)', ''],
  ["import React from './react.js';\n", 'React.version', 'export const v = <div />;\n'],
  ["/** @jsx h */\nimport { h } from './react.js';\n", 'h.version', 'export const v = <div />;\n'],
];

test('a comment that is about another line keeps no import', async () => {
  const other = "import { hostname } from 'node:os'; // eslint-disable-line sort\n";
  const head = `${other}import { helper } from './lib.js';\n`;
  const root = strict('module', {
    'src/lib.ts': 'export const helper = (of: number) => of;\n',
    'src/x.ts': client + head + asks('helper(1)', 'hostname();\n/** A helper, see the link. */\nexport const g = 1;\n'),
  });
  const { summary } = await migrate({ paths: ['src'], cwd: root });
  expect([summary.left, summary.verified]).toEqual([0, true]);
  expect(read(root)['src/x.ts']).not.toContain('./lib.js');
  expect(read(root)['src/x.ts']).toContain(other);
});

test('an import that a link of a comment names stays where unused names are errors', async () => {
  const more = '/** As {@link helper} does. */\nexport const g = 1;\n';
  const root = strict('module', {
    'src/lib.ts': 'export const helper = (of: number) => of;\n',
    'src/x.ts': `${client}import { helper } from './lib.js';\n${asks('helper(1)', more)}`,
  });
  const { summary } = await migrate({ paths: ['src'], cwd: root });
  expect([summary.left, summary.verified]).toEqual([0, true]);
  expect(read(root)['src/x.ts']).toContain("import { helper } from './lib.js';");
});

test('an import stays that is exported again, that JSX needs, or that a directive is about', async () => {
  const files = stay.map(([head, value, more], i) => [`src/x${i}.tsx`, client + head + asks(value, more)] as const);
  // Without the types of discord.js nothing else would notice.
  const options = {
    target: 'es2022',
    module: 'nodenext',
    jsx: 'react',
    strict: false,
    types: [],
    paths: { 'discord.js': ['./none'] },
  };
  const lib = 'export interface Opts { a: 1 }\nexport const helper = (of: unknown) => of;\n';
  const root = project({
    ...tsBot,
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    'src/lib.ts': lib,
    'src/untyped.js': 'export const helper = (x) => x;\nexport const other = helper;\n',
    'src/react.ts': 'export const h = { version: 1 };\nexport default h;\n',
    ...Object.fromEntries(files),
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const after = read(root);
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  const heads = stay.map(([head], i) => after[`src/x${i}.tsx`]?.slice(0, client.length + head.length));
  expect(heads).toEqual(stay.map(([head]) => client + head));
});
