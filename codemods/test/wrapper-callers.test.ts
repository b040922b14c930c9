/** Functions around broadcastEval that other files call: all of their callers name handlers, or none. */
import assert from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callersIn } from '../src/calls/callers.ts';
import { migrate } from '../src/index.ts';
import { parseApart } from '../src/modules/global-owner.ts';
import { descendants } from '../src/syntax/syntax.ts';
import { ts } from '../src/typescript.js';
import { cjsBot, project, read, tsBot } from './project.ts';

const asking = 'client.shard.broadcastEval(fn, { context })';

/** A CommonJS bot with a wrapper in `lib/ask.js`; what the other files become, and the wrapper's site. */
async function callers(wrapper: string, files: Record<string, string>, paths = ['.']) {
  const root = project({ ...cjsBot, 'lib/ask.js': `${wrapper}\n`, ...files });
  const report = await migrate({ paths, cwd: root });
  const site = report.sites.find((one) => one.file === 'lib/ask.js');
  return { site, report, after: read(root), root };
}

describe('a wrapper that other files call', () => {
  const exporting: readonly (readonly [how: string, wrapper: string, caller: string])[] = [
    [
      'module.exports = f',
      `module.exports = (fn, context) => ${asking};`,
      "const ask = require('./lib/ask');\nf(ask(FN));",
    ],
    [
      'module.exports = name',
      `const ask = (fn, context) => ${asking};\nmodule.exports = ask;`,
      "f(require('./lib/ask.js')(FN));",
    ],
    [
      'exports.name',
      `exports.ask = async (fn, context) => ${asking};`,
      "const { ask } = require('./lib/ask');\nf(ask(FN));",
    ],
    [
      'both',
      `module.exports.ask = exports.q = (fn, context) => ${asking};`,
      "const { q: ask } = require('./lib/ask');\nf(ask(FN));",
    ],
    [
      'an object of functions',
      `function ask(fn, context) { return ${asking}; }\nmodule.exports = { other: 1, ask };`,
      "const util = require('./lib/ask');\nf(util.ask(FN), util.other);",
    ],
    [
      'an object of methods',
      `module.exports = { async ask(fn, context) { return ${asking}; } };`,
      "const ask = require('./lib/ask').ask;\nf(ask(FN));",
    ],
    [
      'its own exports',
      `exports.ask = (fn, context) => ${asking};\nexports.ping = () => exports.ask(FN);`,
      "f(require('./lib/ask').ask(FN));",
    ],
    [
      'export and import',
      `export const ask = (fn, context) => ${asking};`,
      "import { ask as q } from './lib/ask.js';\nf(q(FN));",
    ],
    [
      'export default',
      `export default function ask(fn, context) { return ${asking}; }`,
      "import ask from './lib/ask.js';\nf(ask(FN));",
    ],
    [
      'an export list',
      `const ask = (fn, context) => ${asking};\nexport { ask as q };`,
      "import * as util from './lib/ask.js';\nf(util.q(FN));",
    ],
    [
      'a module that is awaited',
      `export const ask = (fn, context) => ${asking};`,
      "const { ask } = await import('./lib/ask.js');\nf(ask(FN));",
    ],
  ];

  test.each(exporting)('through %s is told names by all of them', async (_how, wrapper, caller) => {
    const files = { 'a.js': caller.replaceAll('FN', '(c) => c.ws.ping') };
    const { site, after } = await callers(wrapper.replaceAll('FN', '(c) => c.readyTimestamp'), files);
    expect(site).toMatchObject({ outcome: 'rewritten' });
    expect(after['a.js']).toBe(caller.replaceAll('FN', "'wsPing'"));
    expect(after['lib/ask.js']).toBe(
      `${wrapper.replace(asking, 'client.cluster.ipc.requestAllShards(fn, context).valuesOrThrow()').replaceAll('FN', "'readyTimestamp'")}\n`,
    );
    expect(after['cluster-handlers.js']).toContain('wsPing: (c) => c.ws.ping,');
  });

  const wrapper = `exports.ask = (fn, context) => ${asking};`;
  const good = "const { ask } = require('./lib/ask');\nf(ask((c) => c.ws.ping));\n";

  test('is followed through a wrapper around it, and through a file that exports it again', async () => {
    const { site, after } = await callers(`export const ask = (fn, context) => ${asking};`, {
      'lib/index.js': "export * from './ask.js';\n",
      'sum.js':
        "import { ask } from './lib';\nexport const sum = async (of) => (await ask(of)).reduce((a, b) => a + b, 0);\n",
      'a.js': "import { sum } from './sum.js';\nf(await sum((c) => c.guilds.cache.size));\n",
    });
    expect(site).toMatchObject({ outcome: 'rewritten' });
    expect(after['sum.js']).toContain('(await ask(of))');
    expect(after['a.js']).toBe("import { sum } from './sum.js';\nf(await sum('guildsCacheSize'));\n");
  });

  test('may be given functions by name: they move', async () => {
    const { after } = await callers(wrapper, {
      'a.js': "const { ask } = require('./lib/ask');\n\nconst ping = (c) => c.ws.ping;\n\nf(ask(ping), ask(ping));\n",
    });
    expect(after['a.js']).toBe("const { ask } = require('./lib/ask');\n\nf(ask('ping'), ask('ping'));\n");
  });

  test('does not mind what other functions of its module, or of the same name, do', async () => {
    const { site } = await callers(`${wrapper}\nexports.other = 1;`, {
      'a.js': good,
      'b.js': "const { other } = require('./lib/ask');\nf(other);\n",
      'c.js': "const ask = require('./ask');\nask(FN);\n",
      'ask.js': 'module.exports = (x) => x;\n',
    });
    expect(site).toMatchObject({ outcome: 'rewritten' });
  });

  const ways: readonly (readonly [title: string, files: Record<string, string>, where: string])[] = [
    [
      'hands over a value',
      { 'b.js': "const { ask } = require('./lib/ask');\n\nask(fn);\n" },
      'b.js:3: it hands over `fn`',
    ],
    [
      'captures',
      { 'b.js': "const { ask } = require('./lib/ask');\nlet id;\nask((c) => c.users.cache.get(id));\n" },
      'b.js:3: DC-C1',
    ],
    [
      'passes it on',
      { 'b.js': "const { ask } = require('./lib/ask');\nclient.ask = ask;\n" },
      'b.js:2: it is passed on',
    ],
    [
      'passes its module on',
      { 'b.js': "client.util = require('./lib/ask');\n" },
      'b.js:1: its whole module is passed on',
    ],
    ['spreads its arguments', { 'b.js': "require('./lib/ask').ask(...all);\n" }, 'b.js:1: its arguments are spread'],
    ['takes it apart oddly', { 'b.js': "const { ...all } = require('./lib/ask');\n" }, 'b.js:1: it is taken out'],
    [
      'loads it without waiting',
      { 'b.js': "import('./lib/ask.js').then(({ ask }) => ask(fn));\n" },
      'b.js:1: its module is loaded without await',
    ],
    [
      'loads it by an alias',
      { 'b.js': "const { ask } = require('@/lib/ask');\nask(fn);\n" },
      'b.js:1: whether this loads it is not known',
    ],
    [
      'exports its module again',
      { 'b.js': "export * as util from './lib/ask.js';\n" },
      'b.js:1: its whole module is exported again',
    ],
    ['has it from somewhere', { 'b.js': 'client.util.ask((c) => c.ws.ping);\n' }, 'b.js:1: this may be a call of it'],
  ];

  test.each(ways)('stays as it is when one caller %s, and says where', async (_title, files, where) => {
    const { site, after } = await callers(wrapper, { 'a.js': good, ...files });
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-D8' });
    expect(site?.message).toContain(where);
    expect(after['a.js']).toBe(good);
    expect(after['lib/ask.js']).toBe(`${wrapper}\n`);
  });

  test('stays as it is when a caller is not among the given paths', async () => {
    const { site } = await callers(wrapper, { 'lib/a.js': good.replace('./lib/', './'), 'b.js': good }, [
      'lib',
      'index.js',
    ]);
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-D8' });
    expect(site?.message).toContain('b.js:1: this file was not among those given');
  });

  test('stays as it is when another package of the workspaces may load it', async () => {
    const bot = JSON.stringify({ name: '@bot/core', dependencies: { 'discord.js': '^14.0.0' } });
    const root = project({
      'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
      'packages/core/package.json': bot,
      'packages/core/ask.js': `${wrapper}\n`,
      'packages/core/a.js': good.replace('./lib/', './'),
      'packages/web/package.json': JSON.stringify({ name: 'web' }),
      'packages/web/b.js': "const { ask } = require('@bot/core');\n",
    });
    const report = await migrate({ paths: ['.'], cwd: root, dryRun: true });
    const site = report.sites.find((one) => one.file === 'packages/core/ask.js');
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-D8' });
    expect(site?.message).toContain('packages/web/b.js:1: another package may load it');
  });

  test('changes nothing in a second run', async () => {
    const { root, after } = await callers(wrapper, { 'a.js': good });
    const again = await migrate({ paths: ['.'], cwd: root });
    expect(again.files).toEqual([]);
    expect(read(root)).toEqual(after);
  });
});

describe('a TypeScript wrapper that other files call', () => {
  const ask =
    "import type { Client } from 'discord.js';\nexport const ask = (client: Client, fn: (c: Client) => number): Promise<number[]> => client.shard!.broadcastEval(fn);\n";
  const caller = (name: string, body: string): string =>
    `import type { Client } from 'discord.js';\nimport { ask } from './ask.js';\nexport const ${name} = (client: Client) => ask(client, ${body});\n`;

  test('is told names by all of them, and its parameter is one of the names', async () => {
    const root = project({
      ...tsBot,
      'src/ask.ts': ask,
      'src/a.ts': caller('a', '(c) => c.ws.ping'),
      'src/b.ts': caller('b', '(c) => c.guilds.cache.size'),
    });
    const report = await migrate({ paths: ['src'], cwd: root });
    const after = read(root);
    expect(report.sites.find((one) => one.file === 'src/ask.ts')).toMatchObject({ outcome: 'rewritten' });
    expect(after['src/ask.ts']).toContain("fn: 'wsPing' | 'guildsCacheSize'): Promise<number[]> =>");
    expect(after['src/a.ts']).toBe(caller('a', "'wsPing'"));
    expect(report.summary.verified).toBe(true);
  });

  test('stays as it is when other code uses its type', async () => {
    const root = project({
      ...tsBot,
      'src/ask.ts': ask,
      'src/a.ts': caller('a', '(c) => c.ws.ping'),
      'src/b.ts': `${caller('b', '(c) => c.ws.ping')}export const args: Parameters<typeof ask>[] = [];\n`,
    });
    const report = await migrate({ paths: ['src'], cwd: root });
    expect(report.sites.find((one) => one.file === 'src/ask.ts')).toMatchObject({ outcome: 'left', code: 'DC-D8' });
    expect(read(root)['src/a.ts']).toBe(caller('a', '(c) => c.ws.ping'));
  });
});

test('the callers of a function are looked for once in a run, whatever asks for them', () => {
  const root = project({
    ...cjsBot,
    'a.js': 'exports.get = (client) => client.shard.broadcastEval((c) => c.user);\n',
    'b.js': "const { get } = require('./a');\nmodule.exports = async (client) => (await get(client)).length;\n",
  });
  const [file, other] = ['a.js', 'b.js'].map((name) => parseApart(join(root, name)));
  assert(file != null && other != null);
  const fn = descendants(file.tree).find(ts.isArrowFunction);
  assert(fn !== undefined);
  const given = { files: [file, other], cwd: root };
  const pathsOf = (found: ReturnType<ReturnType<typeof callersIn>>) => found?.map((one) => one.file.source.path);
  const found = callersIn(given)(file, fn);
  expect(pathsOf(found)).toEqual([join(root, 'b.js')]);
  writeFileSync(
    join(root, 'c.js'),
    "const { get } = require('./a');\nmodule.exports = async (client) => (await get(client))[0];\n",
  );
  expect(callersIn(given)(file, fn)).toBe(found);
  const next = { ...given, files: [file, other] };
  expect(pathsOf(callersIn(next)(file, fn))).toEqual([join(root, 'b.js'), join(root, 'c.js')]);
});
