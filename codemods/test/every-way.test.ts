/** A function is looked at alike in whichever way a call sends it: written there, by a name, from another file, chosen, as a text. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, esmBot, project, read, tsBot } from './project.ts';

async function asked(files: Record<string, string>, { legacy = false, bot = cjsBot } = {}) {
  const root = project({ ...bot, ...files });
  const report = await migrate({ paths: ['.'], cwd: root, legacy });
  const after = read(root);
  const site = report.sites.find(({ method }) => method === 'broadcastEval');
  return { site, handlers: after['cluster-handlers.js'] ?? after['src/cluster-handlers.ts'] ?? '', after };
}

const use = 'const r = await client.shard.broadcastEval(FN);';

type Way = readonly [name: string, files: (fn: string, taken: string) => Record<string, string>];

const around = (given: string, taken: string): string =>
  `module.exports = async (client, x) => { ${use.replace('FN', given)} ${taken} };\n`;

const ways: readonly Way[] = [
  ['written there', (fn, taken) => ({ 'x.js': around(fn, taken) })],
  ['by a name', (fn, taken) => ({ 'x.js': `const work = ${fn};\n${around('work', taken)}` })],
  [
    'of another file',
    (fn, taken) => ({
      'x.js': `const { work } = require('./lib/work');\n${around('work', taken)}`,
      'lib/work.js': `exports.work = ${fn};\n`,
    }),
  ],
  [
    'that another file is',
    (fn, taken) => ({
      'x.js': `const work = require('./lib/work.js');\n${around('work', taken)}`,
      'lib/work.js': `const work = ${fn};\nmodule.exports = work;\n`,
    }),
  ],
  [
    'of a list of another file',
    (fn, taken) => ({
      'x.js': `const { work: q } = require('./lib');\n${around('q', taken)}`,
      'lib/index.js': `const work = ${fn};\nmodule.exports = { work };\n`,
    }),
  ],
  ['by a condition', (fn, taken) => ({ 'x.js': around(`x ? ${fn} : (c) => null`, taken) })],
];

describe.each(ways)('a function %s', (_, files) => {
  test('is refused where it gives promises', async () => {
    const { site } = await asked(files('(c) => c.guilds.cache.map((g) => g.leave())', 'f(r);'));
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-W11' });
  });

  test('is refused where it gives a timer', async () => {
    const { site } = await asked(files('(c) => ({ at: setTimeout(() => 1, 5) })', 'f(r);'));
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-W8' });
  });

  test('has it said that a date arrives as one', async () => {
    const { site } = await asked(files('(c) => ({ at: new Date() })', 'f(r[0]);'));
    expect(site?.message).toContain('a Date');
  });

  test('has its NaN told', async () => {
    const { site } = await asked(files('(c) => c.hits / c.x', 'f(r[0]);'));
    expect(site?.message).toContain('c.hits / c.x');
  });

  test('has members told that were left out', async () => {
    const { site } = await asked(files("(c) => ({ n: c.users.cache.get('1') })", 'f(Object.assign({}, ...r));'));
    expect(site?.message).toContain('`n` of a result may be undefined');
  });

  test('has it said that its client holds functions', async () => {
    const { site } = await asked(files('(c) => c.commands', 'f(r[0]);'));
    expect(site?.message).toContain('(client.commands)');
  });

  test('has facts of its process told', async () => {
    const { site } = await asked(files('(c) => process.memoryUsage().rss', 'f(r[0]);'));
    expect(site?.message).toContain('process.memoryUsage');
  });

  test('has it said that it acts on its client', async () => {
    const { site } = await asked(files('(c) => { c.mode = 1; return c.shard.ids; }', 'f(r[0]);'));
    expect(site?.message).toContain('c.mode = ...');
  });

  test('waits as long as it takes', async () => {
    const { after } = await asked(
      files('async (c) => { await new Promise((r) => setTimeout(r, 60000)); return 1; }', 'f(r[0]);'),
    );
    expect(after['x.js'] ?? after['x.mjs']).toContain('{ timeoutMs: null }');
  });
});

describe('a function of another file', () => {
  const lib = (text: string, given = 'work') => ({
    'x.js': `const { work } = require('./work');\n${around(given, 'f(r[0]);')}`,
    'work.js': text,
  });

  test('is asked once per process where its parts add up', async () => {
    const files = {
      'x.js': `const { work } = require('./work');\n${around('work', 'f(r.reduce((a, b) => a + b, 0));')}`,
      'work.js': 'exports.work = (c) => c.guilds.cache.size;\n',
    };
    expect((await asked(files)).after['x.js']).toContain("requestAll('work')");
  });

  test.each([
    ['exports.work = make();\n', 'a value that is made'],
    ['exports.other = 1;\n', 'nothing'],
    ['exports.work = (c) => 1;\nexports.work = (c) => 2;\n', 'two of them'],
  ])('has it said that it was not read: %s', async (text) => {
    const { site } = await asked(lib(text));
    expect(site).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-I4' });
    expect(site?.message).toContain('was not found');
  });

  test('of a package has it said, too', async () => {
    const { site } = await asked({ 'x.js': `const { work } = require('some-lib');\n${around('work', 'f(r);')}` });
    expect(site?.message).toContain('was not found');
  });

  test('has nothing said of it where nothing changes', async () => {
    const { site } = await asked(lib('exports.work = (c) => c.guilds.cache.size;\n'));
    expect(site?.message).not.toContain('was not found');
  });

  test('is refused where it ends the process, or means the client by this', async () => {
    expect((await asked(lib('exports.work = () => process.exit(1);\n'))).site).toMatchObject({ code: 'DC-E2' });
    expect((await asked(lib('exports.work = () => this.guilds.cache.size;\n'))).site).toMatchObject({ code: 'DC-T1' });
  });

  test('is refused with a context that cannot be handed over', async () => {
    const { site } = await asked(lib('exports.work = (c, d) => d;\n', 'work, { context: { done: () => 1 } }'));
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-W8' });
  });

  test('gives nothing where nobody looks at what it gives', async () => {
    const { handlers } = await asked({
      'x.js': `const { work } = require('./work');\nmodule.exports = (client) => { client.shard.broadcastEval(work); };\n`,
      'work.js': 'exports.work = (c) => setTimeout(() => c.emit("x"), 5);\n',
    });
    expect(handlers).toContain('work: async (...given) => { await work(...given); },');
  });

  test('that may give nothing has it said where that was null', async () => {
    const text = 'exports.work = (c) => c.users.cache.get("1")?.tag;\n';
    const strict = { ...lib(text), 'x.js': lib(text)['x.js'].replace('f(r[0])', 'f(r.filter((one) => one !== null))') };
    expect((await asked(strict)).site?.message).toContain('may be undefined');
    const never = { ...strict, 'work.js': 'exports.work = (c) => c.guilds.cache.size;\n' };
    expect((await asked(never)).site?.message).not.toContain('may be undefined');
  });

  test('of a module is read, too', async () => {
    const files = {
      'x.js': `import { work } from './work.js';\nexport default async (client) => { ${use.replace('FN', 'work')} f(r[0]); };\n`,
      'work.js': 'const work = (c) => c.guilds.cache.map((g) => g.leave());\nexport { work };\n',
    };
    expect((await asked(files, { bot: esmBot })).site).toMatchObject({ outcome: 'left', code: 'DC-W11' });
  });

  test('of TypeScript is read with its types', async () => {
    const files = {
      'src/x.ts': `import type { Client } from 'discord.js';\nimport { work } from './work.js';\nexport const x = async (client: Client) => {\n  const r = await client.shard!.broadcastEval(work);\n  return r[0];\n};\n`,
      'src/work.ts': `import type { Client } from 'discord.js';\nconst made = (c: Client) => new Map([['a', c.uptime]]);\nexport const work = (c: Client) => made(c);\n`,
    };
    const { site } = await asked(files, { bot: tsBot });
    expect(site?.message).toContain('Map');
  });
});

describe('functions that a condition chooses', () => {
  test('take their comments along', async () => {
    const { handlers } = await asked({
      'x.js': `/** All of them. */\nconst all = (c) => c.guilds.cache.size;\n// Only the large ones: see #12.\nconst large = (c) => c.ws.ping;\n${around('x ? all : large', 'f(r[0]);')}`,
    });
    expect(handlers).toContain('/** All of them. */');
    expect(handlers).toContain('// Only the large ones: see #12.');
  });

  test('give nothing where nobody looks at what they give', async () => {
    const { handlers } = await asked({
      'x.js':
        'module.exports = (client, x) => { client.shard.broadcastEval(x ? (c) => setTimeout(() => 1, 5) : (c) => 1); };\n',
    });
    expect(handlers).toContain('(c) => { setTimeout(() => 1, 5); }');
  });
});

describe('a text', () => {
  const text = (code: string, taken = 'f(r[0]);', more = {}) =>
    asked({ 'x.js': around(JSON.stringify(code), taken), ...more }, { legacy: true });

  test('has it said what it gives of its client', async () => {
    expect((await text('this.commands')).site?.message).toContain('(client.commands)');
  });

  test('has globals of the bot said', async () => {
    const { site } = await text('db.size', 'f(r[0]);', { 'g.js': 'global.db = new Map();\n' });
    expect(site?.message).toContain('puts on the global object');
  });

  test('has members told that were left out', async () => {
    const { site } = await text('({ n: this.users.cache.get("1") })', 'f(Object.assign({}, ...r));');
    expect(site?.message).toContain('`n` of a result may be undefined');
  });
});
