/** Handlers files in the options of a manager: what is there stays, and one more is named beside it, or a note says so. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { asksPing, define } from './handlers-bot.ts';
import { compat, mode, ours, rewrite, stock } from './managed-bot.ts';
import { cjsBot, esmBot, type Files, project, read, tsBot } from './project.ts';

const cfg: Files = { 'cfg.js': "module.exports = { sharding: { hybrid: { handlers: './h.js' } } };\n" };

describe('what a manager has is kept', () => {
  test.each([
    [
      'in what is spread in its options',
      `const base = { hybrid: { handlers: './h.js', logging: 1 } };\nnew ShardingManager('./bot.js', { ...base, token });\n`,
      `const base = { hybrid: { handlers: ['./h.js', './g.js'], logging: 1 } };\nnew ShardingManager('./bot.js', { ...base, token });\n`,
    ],
    [
      'in what is spread in hybrid',
      `const hy = { handlers: './h.js' };\nnew ShardingManager('./bot.js', { hybrid: { ...hy } });\n`,
      `const hy = { handlers: ['./h.js', './g.js'] };\nnew ShardingManager('./bot.js', { hybrid: { ...hy } });\n`,
    ],
    [
      'in a const',
      `const HANDLERS = './h.js';\nnew ShardingManager('./bot.js', { hybrid: { handlers: HANDLERS } });\n`,
      `const HANDLERS = './h.js';\nnew ShardingManager('./bot.js', { hybrid: { handlers: [HANDLERS, './g.js'] } });\n`,
    ],
    [
      'in a const list',
      `const handlers = ['./h.js'];\nnew ShardingManager('./bot.js', { hybrid: { handlers } });\n`,
      `const handlers = ['./h.js'];\nnew ShardingManager('./bot.js', { hybrid: { handlers: [...handlers, './g.js'] } });\n`,
    ],
    [
      'in a const of its own for hybrid',
      `const hybrid = { handlers: './h.js' };\nnew ShardingManager('./bot.js', { hybrid });\n`,
      `const hybrid = { handlers: ['./h.js', './g.js'] };\nnew ShardingManager('./bot.js', { hybrid });\n`,
    ],
    [
      'as a joined path',
      `new ShardingManager('./bot.js', { hybrid: { handlers: path.join(__dirname, 'h.js') } });\n`,
      `new ShardingManager('./bot.js', { hybrid: { handlers: [path.join(__dirname, 'h.js'), './g.js'] } });\n`,
    ],
    [
      'as nothing',
      `new ShardingManager('./bot.js', { hybrid: { handlers: undefined } });\n`,
      `new ShardingManager('./bot.js', { hybrid: { handlers: './g.js' } });\n`,
    ],
    [
      'as no hybrid',
      `new ShardingManager('./bot.js', { hybrid: undefined, token });\n`,
      `new ShardingManager('./bot.js', { hybrid: { handlers: './g.js' }, token });\n`,
    ],
  ])('%s', async (_title, before, after) => {
    const { index, note } = await rewrite(compat + before, { 'h.js': mode('prod') }, { handlers: 'g.js' });
    expect(index).toBe(compat + after);
    expect(note).toBeUndefined();
  });

  test.each([
    ['spread from another file', "{ ...require('./cfg'), token }"],
    ['given by a function', '{ ...hy(), token }'],
    ['the options of another file', "require('./cfg')"],
    ['computed', '{ hybrid: { handlers: files() } }'],
    ['spread from there in hybrid', "{ hybrid: { ...require('./cfg').hybrid } }"],
  ])('or a note says what to add, where it is %s', async (_title, options) => {
    const before = `${compat}new ShardingManager('./bot.js', ${options}).spawn();\n`;
    const { index, note } = await rewrite(before, {
      'h.js': mode('prod'),
      'cfg.js': "module.exports = { hybrid: { handlers: './h.js' } };\n",
    });
    expect(index).toBe(before);
    expect(note).toContain(`add ${ours} to the handlers it has`);
  });

  test('also in the options of a manager that only now comes from shardlift', async () => {
    const before = "new ShardingManager('./bot.js', { ...require('./cfg'), token }).spawn();\n";
    const { index, note } = await rewrite(stock + before, {
      'h.js': mode('prod'),
      'cfg.js': "module.exports = { hybrid: { handlers: './h.js' } };\n",
    });
    expect(index).toBe(compat + before);
    expect(note).toContain(`add ${ours} to the handlers it has`);
  });

  test.each<readonly [title: string, index: string, other: Files]>([
    [
      'a member of a module',
      "const cfg = require('./cfg');\nnew ShardingManager('./bot.js', cfg.sharding).spawn();\n",
      cfg,
    ],
    [
      'a module',
      "const cfg = require('./cfg').sharding;\nnew ShardingManager('./bot.js', { ...cfg, token }).spawn();\n",
      cfg,
    ],
    [
      'what a function gave',
      "const cfg = require('./cfg')();\nnew ShardingManager('./bot.js', cfg).spawn();\n",
      { 'cfg.js': "module.exports = () => ({ ['hybrid']: { handlers: './h.js' } });\n" },
    ],
    [
      'what a function gives',
      "const cfg = require('./cfg');\nnew ShardingManager('./bot.js', cfg()).spawn();\n",
      { 'cfg.js': "const all = {};\nall.hybrid = { handlers: './h.js' };\nmodule.exports = () => all;\n" },
    ],
    [
      'a parameter',
      "exports.start = (options) => new ShardingManager('./bot.js', options).spawn();\n",
      { 'main.js': "const hybrid = { handlers: './h.js' };\nrequire('./index').start({ hybrid });\n" },
    ],
    [
      'JSON',
      "const cfg = require('./cfg.json');\nnew ShardingManager('./bot.js', cfg.sharding).spawn();\n",
      { 'cfg.json': '{ "sharding": { "hybrid": { "handlers": "./h.js" } } }\n' },
    ],
    [
      'a package',
      "const cfg = require('config');\nnew ShardingManager('./bot.js', cfg.get('sharding')).spawn();\n",
      { 'config/default.yml': 'sharding:\n  hybrid:\n    handlers: ./h.js\n' },
    ],
  ])('or a note says so, where another file may have brought it: %s', async (_title, before, other) => {
    const { index, note } = await rewrite(stock + before, { 'h.js': mode('prod'), ...other });
    expect(index).toBe(compat + before);
    expect(note).toContain(`add ${ours} to the handlers it has`);
  });

  test('and the options of another manager are its own', async () => {
    const { index, note } = await rewrite(
      `${stock}const cfg = require('./cfg');\nnew ShardingManager('./bot.js', cfg).spawn();\n`,
      {
        'cfg.js': 'module.exports = load();\n',
        'dev.js': `${compat}new ShardingManager('./bot.js', { hybrid: { handlers: ${ours} } }).spawn();\n`,
      },
    );
    expect(index).toContain(`{ ...cfg, hybrid: { ...cfg?.hybrid, handlers: ${ours} } }`);
    expect(note).toBeUndefined();
  });

  test('in several that cannot be read, under hybrid', async () => {
    const { index, note } = await rewrite(
      `${stock}new ShardingManager('./bot.js', { ...a.b, ...require('config') }).spawn();\n`,
    );
    const kept = "...a.b?.hybrid, ...require('config')?.hybrid";
    expect(index).toContain(`{ ...a.b, ...require('config'), hybrid: { ${kept}, handlers: ${ours} } }`);
    expect(note).toBeUndefined();
  });

  test('and nothing is said of handlers where nobody can have named any', async () => {
    const before = "new ShardingManager('./bot.js', { ...options(), token }).spawn();\n";
    const { index, note, sites } = await rewrite(stock + before);
    expect(index).toBe(compat + before);
    expect(note).toContain(`add hybrid: { handlers: ${ours} } to its options;`);
    expect(sites[0]?.message).not.toContain('DUPLICATE_HANDLER');
  });

  test('in what cannot be read, under hybrid', async () => {
    const { index, note } = await rewrite(
      `${stock}const config = require('config');\nnew ShardingManager('./bot.js', { ...config, token }).spawn();\n`,
    );
    expect(index).toContain(`{ ...config, token, hybrid: { ...config?.hybrid, handlers: ${ours} } }`);
    expect(note).toBeUndefined();
  });

  test.each([
    "options.hybrid = { handlers: './h.js' };",
    "options.hybrid.handlers = './h.js';",
    "options['hybrid'] = { handlers: './h.js' };",
    "Object.assign(options, { hybrid: { handlers: './h.js' } });",
  ])('that is put into the options later: %s', async (line) => {
    const before = `const options = { hybrid: {} };\n${line}\nnew ShardingManager('./bot.js', options).spawn();\n`;
    const { index, note } = await rewrite(stock + before, { 'h.js': mode('prod') });
    expect(index).toBe(compat + before);
    expect(note).toContain(`add ${ours} to the handlers it has`);
  });

  test('and options that get something else later are added to where they are written', async () => {
    const before =
      "const options = { token };\noptions.totalShards = 4;\nnew ShardingManager('./bot.js', options).spawn();\n";
    const { index } = await rewrite(stock + before);
    expect(index).toBe(compat + before.replace('{ token }', `{ token, hybrid: { handlers: ${ours} } }`));
  });

  test('also a type that says nothing of what is there', async () => {
    const root = project({
      ...tsBot,
      'src/index.ts':
        "import { ShardingManager } from 'discord.js';\nimport { options } from './options.js';\n\nawait new ShardingManager('dist/bot.js', options).spawn();\n",
      'src/options.ts': 'export const options: any = JSON.parse(process.env.OPTIONS ?? "{}");\n',
      'src/x.ts':
        "import type { Client } from 'discord.js';\nexport const f = (bot: Client) => bot.shard!.broadcastEval((c) => c.ws.ping);\n",
    });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['src/index.ts']).toContain(`hybrid: { ...options?.hybrid, handlers: ${ours} }`);
  }, 120_000);
});

test.each(["'cluster-handlers.js'", "'././cluster-handlers.js'", "['./lib/../cluster-handlers.js']"])(
  'a file is wired once, however its path is written: %s',
  async (written) => {
    const index = `${compat}new ShardingManager('./bot.js', { hybrid: { handlers: ${written} } }).spawn();\n`;
    for (const file of [mode('prod'), null]) {
      const { files } = await rewrite(index, { 'cluster-handlers.js': file });
      expect(files['index.js']).toBe(index);
      expect(files['cluster-handlers.js']).toContain('wsPing: (c) => c.ws.ping,');
    }
  },
);

test('handlers that are named by what cannot be read may have any name', async () => {
  const { sites } = await rewrite(
    `${compat}new ShardingManager('./bot.js', { hybrid: { handlers: files() } }).spawn();\n`,
    { 'h.js': `${define}exports.handlers = defineHandlers({});\n` },
  );
  expect(sites[0]?.message).toContain('(index.js:2)');
});

describe('a bot file whose path is put together', () => {
  const path = "const path = require('path');\nconst { ShardingManager } = require('discord.js');\n";
  test.each([
    ['the working folder', "path.join(process.cwd(), 'src', 'bot.js')"],
    ['the working folder, resolved', "path.resolve(process.cwd(), 'src/bot.js')"],
    ['the working folder in a template', `\`\${process.cwd()}/src/bot.js\``],
    ['the working folder and a text', "process.cwd() + '/src/bot.js'"],
    ['a folder in a const', "path.join(root, 'src', 'bot.js')", 'const root = path.join(__dirname);\n'],
    ['a folder below one in a const', "path.join(src, 'bot.js')", "const src = path.join(__dirname, 'src');\n"],
    ['a folder in a const and a template', `\`\${src}/bot.js\``, "const src = path.resolve('src');\n"],
    ['the folder of its file', "path.join(here, 'src/bot.js')", 'const here = path.dirname(__filename);\n'],
  ])('is known by %s', async (_title, file, before = '') => {
    const index = `${path}${before}new ShardingManager(${file}).spawn();\n`;
    const root = project({
      ...cjsBot,
      'bot.js': null,
      'src/bot.js': cjsBot['bot.js'] ?? null,
      'index.js': index,
      'src/x.js': asksPing,
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ outcome }) => outcome)).toEqual(['rewritten', 'rewritten']);
    expect(read(root)['index.js']).toContain(`(${file}, { hybrid: { handlers: './cluster-handlers.js' } })`);
  });

  test('is known by the folder of a module', async () => {
    const index =
      "import { fileURLToPath } from 'node:url';\nimport { dirname, join } from 'node:path';\nimport { ShardingManager } from 'discord.js';\nconst here = dirname(fileURLToPath(import.meta.url));\nnew ShardingManager(join(here, 'bot.js')).spawn();\n";
    const root = project({ ...esmBot, 'index.js': index, 'x.js': asksPing });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['index.js']).toContain(
      "(join(here, 'bot.js'), { hybrid: { handlers: './cluster-handlers.js' } })",
    );
  });

  test('is not known by a folder that is given', async () => {
    const index = `${path}exports.boot = (root) => new ShardingManager(path.join(root, 'bot.js')).spawn();\n`;
    const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, 'index.js': index, 'x.js': asksPing }) });
    expect(sites.map(({ code }) => code)).toContain('DC-H2');
  });
});

test('what could not be wired is said at a manager of the bot, with the place where it was', async () => {
  const test = "const { ShardingManager } = require('discord.js');\nnew ShardingManager('../bot.js').spawn();\n";
  const root = project({
    ...cjsBot,
    '__tests__/sharding.js': test,
    'scripts/dev.js':
      "const { ShardingManager } = require('discord.js');\nnew ShardingManager(process.argv[2]).spawn();\n",
    'x.js': 'exports.f = (client) => client.shard.broadcastEval((c) => c.uptime);\n',
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const said = sites.find(({ message }) => message.includes('could not be wired'));
  expect(said?.file).not.toBe('__tests__/sharding.js');
  expect(said?.message).toMatch(/scripts\/dev\.js:2.* into the one at .*index\.js:3.* it was/);
});
