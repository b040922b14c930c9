/** A handler that is there already is asked again where it is the same function, and surely the one that answers. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { asksPing, call, define, own, rewrite } from './handlers-bot.ts';
import { cjsBot, type Files, project } from './project.ts';

describe('a handler of another text is another handler', () => {
  test.each([
    [
      'a string',
      "(c) => c.guilds.cache.map((g) => g.name).join(', ')",
      "(c) => c.guilds.cache.map((g) => g.name).join(',')",
    ],
    [
      'a template',
      `(c) => c.guilds.cache.map((g) => \`\${g.name} x\`)`,
      `(c) => c.guilds.cache.map((g) => \`\${g.name}x\`)`,
    ],
    ['a regular expression', '(c) => c.user.tag.split(/ a/)', '(c) => c.user.tag.split(/a/)'],
    ['a line end', '(c) => { const x = c.ws.ping; return\n x }', '(c) => { const x = c.ws.ping; return x }'],
  ])('where blanks mean something: %s', async (_title, there, asked) => {
    const { handlers, files } = await rewrite({ 'cluster-handlers.js': own(`my: ${there}`), 'x.js': call(asked) });
    expect(handlers[0]).not.toBe('my');
    expect(files['cluster-handlers.js']).toContain(`${handlers[0]}: ${asked},\n`);
    const together = await rewrite({ 'a.js': call(there), 'b.js': call(asked) });
    expect(new Set(together.handlers).size).toBe(2);
  });

  test('beside the client, too', async () => {
    const bot = `const { Client } = require('discord.js');\nrequire('shardlift');\nconst client = new Client({ intents: [] });\nclient.cluster.ipc.handle('my', () => process.title + ' x');\nclient.login();\n`;
    const { handlers } = await rewrite({ 'bot.js': bot, 'x.js': call("() => process.title + 'x'") }, { inline: true });
    expect(handlers).not.toContain('my');
  });

  test.each([
    ['blanks', '( c )=>c . ws . ping'],
    ['lines', '(c) =>\n    c.ws\n      .ping'],
    ['a comment', '(c) => /* ms */ c.ws.ping'],
  ])('and one that differs by %s alone is the same', async (_title, there) => {
    const { handlers } = await rewrite({ 'cluster-handlers.js': own(`my: ${there}`), 'x.js': asksPing });
    expect(handlers).toEqual(['my']);
  });
});

describe('a handler is asked by its name', () => {
  test.each([
    ["['my']", 'my', ''],
    ['[KEY]', 'my', "const KEY = 'my';\n"],
    ['[`my`]', 'my', ''],
    ["'my\\'ping'", "my'ping", ''],
    ["'caf\\u00e9'", 'café', ''],
    ['7', '7', ''],
  ])('%s', async (key, name, above) => {
    const file = own(`${key}: (c) => c.ws.ping`).replace('exports', `${above}exports`);
    const { handlers, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(handlers).toEqual([name]);
    expect(files['x.js']).toContain(`requestAllShards('${name.replace("'", "\\'")}')`);
  });
});

describe('a handler that something may take the place of is not asked', () => {
  const ping = '  my: (c) => c.ws.ping,\n';
  test.each([
    ['a spread behind it', own('my: (c) => c.ws.ping', '...{ my: () => 2 }')],
    [
      'a variable that is spread',
      own('my: (c) => c.ws.ping', '...more').replace('exports', 'const more = { my: () => 2 };\nexports'),
    ],
    ['a member behind it', own('my: (c) => c.ws.ping', 'my: () => 2')],
    ['a later write', `${own('my: (c) => c.ws.ping')}exports.handlers.my = () => 2;\n`],
    [
      'a write to its variable',
      `${define}const handlers = defineHandlers({\n${ping}});\nhandlers.my = () => 2;\nmodule.exports = { handlers };\n`,
    ],
    [
      'an object around it',
      `${define}exports.handlers = Object.assign(defineHandlers({\n${ping}}), { my: () => 2 });\n`,
    ],
  ])('%s', async (_title, file) => {
    const { handlers, files } = await rewrite({ 'cluster-handlers.js': file, 'x.js': asksPing });
    expect(handlers).toEqual(['wsPing']);
    expect(files['cluster-handlers.js']).toContain('wsPing: (c) => c.ws.ping,');
  });

  test('another file that has the name', async () => {
    const { handlers } = await rewrite({
      'cluster-handlers.js': own('my: (c) => c.ws.ping'),
      'bot.js': `${cjsBot['bot.js']}client.cluster.ipc.handle('my', () => 2);\n`,
      'x.js': asksPing,
    });
    expect(handlers).toEqual(['wsPing']);
  });
});

describe('a handler that is there is asked, whatever is no part of the bot', () => {
  const handlers = { 'cluster-handlers.js': own('wsPing: (c) => c.ws.ping'), 'x.js': asksPing };
  const fake = "fake.cluster.ipc.handle('wsPing', () => 1);\n";

  test.each<readonly [title: string, files: Files]>([
    [
      'the output of a compiler',
      {
        'tsconfig.json': '{ "compilerOptions": { "outDir": "build" } }',
        'build/cluster-handlers.js': own('wsPing: (c) => c.ws.ping'),
      },
    ],
    ['a test', { 'ping.test.js': fake }],
    ['a folder of tests', { 'test/ping.js': fake }],
  ])('%s', async (_title, files) => {
    expect((await rewrite({ ...handlers, ...files })).handlers).toEqual(['wsPing']);
  });

  test('what git ignores', async () => {
    const root = project({ ...cjsBot, ...handlers, '.gitignore': 'old\n', 'old/more.js': fake });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find(({ method }) => method === 'broadcastEval')?.handler).toBe('wsPing');
  });

  test('a name that a test has is free for no other handler', async () => {
    const { handlers: asked } = await rewrite({ 'ping.test.js': fake, 'x.js': asksPing });
    expect(asked).toEqual(['wsPing2']);
  });

  test('an output folder that holds the sources holds the bot', async () => {
    const { handlers: asked } = await rewrite({
      ...handlers,
      'tsconfig.json': '{ "compilerOptions": { "outDir": "." } }',
      'more.js': fake,
    });
    expect(asked).toEqual(['wsPing2']);
  });
});

describe('functions that only look alike are two handlers', () => {
  test.each([
    ['a shorthand of the parameter and one of a global', '(c, id) => ({ id, x: id })', '(c, uid) => ({ id, x: uid })'],
    ['a name like that of a parameter', '(c) => c.$1 + $0', '(c) => c.$1 + c'],
  ])('%s', async (_title, one, two) => {
    const globals = 'global.id = 7;\nglobal.$0 = 1;\n';
    const { handlers } = await rewrite({
      'g.js': globals,
      'a.js': call(`${one}, { context: 1 }`),
      'b.js': call(`${two}, { context: 1 }`),
    });
    expect(handlers).toHaveLength(2);
    expect(handlers).not.toContain(null);
    expect(new Set(handlers).size).toBe(2);
  });

  test('and a shorthand is the member it stands for', async () => {
    const { handlers } = await rewrite({
      'a.js': call('(c, id) => ({ id, x: id }), { context: 1 }'),
      'b.js': call('(c, uid) => ({ id: uid, x: uid }), { context: 1 }'),
    });
    expect(new Set(handlers).size).toBe(1);
  });

  test.each([
    ['is written again', "let u = require('./u');\nu = { n: () => 2 };\n"],
    ['is bound again', "var u = require('./u');\nvar u = { n: () => 2 };\n"],
  ])('where the name of a module %s', async (_title, above) => {
    const file = own('my: () => u.n()').replace('exports', `${above}exports`);
    const x = `const u = require('./u');\n${call('() => u.n()')}`;
    const { handlers } = await rewrite({ 'u.js': 'exports.n = () => 1;\n', 'cluster-handlers.js': file, 'x.js': x });
    expect(handlers).not.toContain('my');
  });
});
