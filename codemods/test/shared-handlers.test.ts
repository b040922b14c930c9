/** Equal functions share one handler, wherever they stand and however they became equal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { call, rewrite } from './handlers-bot.ts';
import { cjsBot, type Files, project, read, tsBot } from './project.ts';

const required = (from: string, fn: string): string => `const u = require('${from}');\n${call(fn)}`;

describe('functions are equal by what they are in the handlers file', () => {
  test.each<readonly [title: string, files: Files]>([
    ['two folders', { 'a/x.js': required('../u', '(c) => u(c)'), 'b/x.js': required('../u', '(c) => u(c)') }],
    ['two depths', { 'x.js': required('./u', '(c) => u(c)'), 'a/b/x.js': required('../../u', '(c) => u(c)') }],
  ])('an import of one file from %s', async (_title, files) => {
    const { handlers, files: after } = await rewrite({ ...files, 'u.js': 'module.exports = (c) => c.ws.ping;\n' });
    expect(handlers).toEqual(['x', 'x']);
    expect(after['cluster-handlers.js']?.match(/require\('\.\/u'\)/g)).toHaveLength(1);
    expect(after['cluster-handlers.js']).not.toContain('x2');
  });

  test('beside the client, too', async () => {
    const more = {
      'bot.js': "const { Client } = require('discord.js');\nconst client = new Client({});\nclient.login();\n",
      'a/x.js': required('../u', '(c) => u(c)'),
      'b/x.js': required('../u', '(c) => u(c)'),
    };
    const { handlers, files } = await rewrite({ ...more, 'u.js': 'module.exports = (c) => 1;\n' }, { inline: true });
    expect(handlers).toEqual(['x', 'x']);
    expect(files['bot.js']?.match(/ipc\.handle/g)).toHaveLength(1);
  });

  test('imports of one name from two files are two handlers', async () => {
    const more = { 'a/u.js': 'module.exports = () => 1;\n', 'b/u.js': 'module.exports = () => 2;\n' };
    const { handlers } = await rewrite({
      ...more,
      'a/x.js': required('./u', '(c) => u(c)'),
      'b/x.js': required('./u', '(c) => u(c)'),
    });
    expect(handlers).toEqual(['x', 'x2']);
  });

  const has = 'c.users.cache.has(id)';
  test('a captured variable and the data that it becomes', async () => {
    const root = project({
      ...cjsBot,
      'x.js': `exports.f = (client, id) => client.shard.broadcastEval((c) => ${has});\n`,
      'y.js': `exports.f = (client, id) => client.shard.broadcastEval((c, { id }) => ${has}, { context: { id } });\n`,
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root, fixCaptures: true });
    const calls = sites.filter(({ method }) => method === 'broadcastEval');
    expect(calls.map(({ handler }) => handler)).toEqual(['hasUser', 'hasUser']);
    expect(read(root)['cluster-handlers.js']).not.toContain('hasUser2');
  });

  test('the same in TypeScript, where the types are the same', async () => {
    const typed = (fn: string, more = ''): string =>
      `import type { Client } from 'discord.js';\nexport const f = (client: Client, id: string) => client.shard!.broadcastEval(${fn}${more});\n`;
    const root = project({
      ...tsBot,
      'src/x.ts': typed(`(c) => ${has}`),
      'src/y.ts': typed(`(c, { id }) => ${has}`, ', { context: { id } }'),
      'src/z.ts': typed(`(c, { id }) => ${has}`, ', { context: { id, more: 1 } }'),
    });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root, fixCaptures: true });
    const calls = sites.filter(({ method }) => method === 'broadcastEval');
    expect(summary.verified).toBe(true);
    expect(calls.map(({ handler }) => handler)).toEqual(['hasUser', 'hasUser', 'hasUser2']);
  }, 120_000);
});

test('a text, an arrow with `this` and a function by another name of the client', async () => {
  const fns = [
    "'this.guilds.cache.size'",
    '(c) => c.guilds.cache.size',
    '() => this.guilds.cache.size',
    'bot => bot.guilds.cache.size',
    '(c) => ({ c })',
    '(d) => ({ c: d })',
    '(d) => ({ d })',
    '(c) => [1].map((c) => c)',
    '(d) => [1].map((c) => d)',
  ];
  const root = project({ ...cjsBot, 'x.js': fns.map((fn) => `f(client.shard.broadcastEval(${fn}));\n`).join('') });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  const names = sites.filter(({ file }) => file === 'x.js').map(({ handler }) => handler);
  const firsts = names.map((name) => names.indexOf(name));
  expect(firsts).toEqual([0, 0, 0, 0, 4, 4, 6, 7, 8]);
});

test.each([
  ['two types', ["{ context: { id: '1' } }", '{ context: 5 }'], '{ id: string } | number'],
  ['one type', ["{ context: { id: '1' } }", "{ context: { id: '2' } }"], '{ id: string }'],
  ['a value that may be anything', ["{ context: { id: '1' } }", '{ context: data }'], 'any'],
  ['anything first', ['{ context: data }', "{ context: { id: '1' } }"], 'any'],
  ['no data', ["{ context: 'a' }", ''], 'string | undefined'],
  ['no data first', ['', "{ context: 'a' }"], 'string | undefined'],
])('a handler says what all its callers pass: %s', async (_title, options, type) => {
  const fn = '(c, data) => c.users.cache.has(data)';
  const calls = options.map(
    (one) => `f(client.shard.broadcastEval(${[fn, one].filter((it) => it !== '').join(', ')}));\n`,
  );
  const { handlers, files } = await rewrite({ 'x.js': calls.join('') });
  expect(new Set(handlers).size).toBe(1);
  expect(files['cluster-handlers.js']).toContain(` * @param {${type}} data\n`);
});

test.each([
  ['another type', ["{ context: { id: '1' } }", '{ context: 5 }'], '{ id: string } | number'],
  ['the same', ["{ context: { id: '1' } }", "{ context: { id: '2' } }"], '{ id: string }'],
  ['anything', ['{ context: 5 }', '{ context: data }'], 'any'],
  ['nothing', ["{ context: 'a' }", ''], 'string | undefined'],
])('and so it does where a later run brings %s', async (_title, options, type) => {
  const [first = '', second = ''] = options.map(
    (one) => `f(client.shard.broadcastEval((c, data) => c.users.cache.has(data)${one === '' ? '' : `, ${one}`}));\n`,
  );
  const root = project({ ...cjsBot, 'x.js': first, 'y.js': second });
  await migrate({ paths: ['x.js', 'index.js'], cwd: root });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites).toMatchObject([{ handler: 'hasUser' }]);
  expect(read(root)['cluster-handlers.js']).toContain(` * @param {${type}} data\n`);
  expect(read(root)).toEqual((await rewrite({ 'x.js': first, 'y.js': second })).files);
});

test('a comment of the bot’s own above a handler stays', async () => {
  const text =
    "const { defineHandlers } = require('shardlift');\n\nexports.handlers = defineHandlers({\n  /** @param {string} id */\n  mine: (c, id) => c.users.cache.has(id),\n});\n";
  const { handlers, files } = await rewrite({
    'cluster-handlers.js': text,
    'x.js': call('(c, id) => c.users.cache.has(id), { context: 5 }'),
  });
  expect(handlers).toEqual(['mine']);
  expect(files['cluster-handlers.js']).toBe(text);
});

test('a file of TypeScript that alone is given asks a handler that is there', async () => {
  const asks = (name: string): string =>
    `import type { Client } from 'discord.js';\nexport const ${name} = (client: Client<true>) => client.shard!.broadcastEval((c) => c.ws.ping);\n`;
  const root = project({ ...tsBot, 'src/a.ts': asks('a') });
  await migrate({ paths: ['.'], cwd: root });
  writeFileSync(join(root, 'src/later.ts'), asks('later'));
  const { sites, summary } = await migrate({ paths: ['src/later.ts'], cwd: root });
  expect(sites).toMatchObject([{ outcome: 'rewritten', handler: 'wsPing' }]);
  expect(summary.verified).toBe(true);
});
