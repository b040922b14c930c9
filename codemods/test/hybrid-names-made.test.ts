/** Halves of a bot of discord-hybrid-sharding that have their class by another name of the library. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project } from './project.ts';

const library = "'discord-hybrid-sharding'";

const bot = (dependencies: object = { 'discord-hybrid-sharding': '^2.0.0' }): Files => ({
  'package.json': JSON.stringify({ name: 'bot', private: true, dependencies }),
  'index.js': `const { ClusterManager } = require(${library});\nnew ClusterManager('./bot.js').spawn();\n`,
  'bot.js': `const { ClusterClient } = require(${library});\nclient.cluster = new ClusterClient(client);\n`,
  'x.js': 'exports.f = (client) => client.cluster.broadcastEval((c) => c.ws.ping);\n',
});

async function codesOf(files: Files, paths: readonly string[] = ['.']) {
  const { sites } = await migrate({ paths, cwd: project(files) });
  return Object.fromEntries(sites.map(({ file, outcome, code }) => [file, outcome === 'left' ? code : 'moved']));
}

const manager = (module: string): string =>
  `const { ClusterManager } = ${module};\nnew ClusterManager('./bot.js').spawn();\n`;

const unseen: readonly (readonly [string, string])[] = [
  ['one of two', `cond ? require('discord-hybrid-sharding/old') : require(${library})`],
  ['the other of two', `cond ? require(${library}) : require('./vendor/discord-hybrid-sharding')`],
  [
    'one where the other fails',
    `old ? require('./node_modules/discord-hybrid-sharding/dist') || {} : require(${library})`,
  ],
  ['a sum', "require('discord-' + 'hybrid-sharding')"],
  ['a sum of three', "require('discord' + '-' + 'hybrid-sharding')"],
  ['a template', `require(\`discord-\${'hybrid'}-sharding\`)`],
  ['what is joined', "require(['discord', 'hybrid', 'sharding'].join('-'))"],
  ['what is joined of two', "require('discord'.concat('-hybrid-sharding'))"],
  ['the environment', 'require(process.env.LIB)'],
  ['a name from elsewhere', 'require(config.library)'],
  ['a const', "require(from + 'hybrid-sharding')"],
];

test.each(unseen)('by %s the manager may stay, so all stays', async (_title, module) => {
  const head = "const from = 'discord-';\n";
  expect(await codesOf({ ...bot(), 'index.js': `${head}${manager(module)}` })).toMatchObject({
    'bot.js': 'DC-M12',
    'x.js': 'DC-M12',
  });
});

test('by a sum the client may stay as well', async () => {
  const text =
    "const { ClusterClient } = require('discord-' + 'hybrid-sharding');\nclient.cluster = new ClusterClient(client);\n";
  expect(await codesOf({ ...bot(), 'bot.js': text })).toEqual({ 'index.js': 'DC-M12', 'x.js': 'DC-M12' });
});

test('at run time the client may get its name as well', async () => {
  const text =
    'const { ClusterClient } = await import(process.env.LIB);\nclient.cluster = new ClusterClient(client);\n';
  const codes = await codesOf({ ...bot(), 'bot.js': `(async () => {\n${text}})();\n` });
  expect(codes).toEqual({ 'index.js': 'DC-M12', 'x.js': 'DC-M12' });
});

test('a file that was not given may get its name at run time, too', async () => {
  const { sites } = await migrate({
    paths: ['bot.js', 'x.js'],
    cwd: project({ ...bot(), 'index.js': manager('require(process.env.LIB)') }),
  });
  expect(sites.map(({ code }) => code)).toEqual(['DC-M12', 'DC-M12']);
  expect(sites[0]?.message).toContain('index.js:1 (a name made at run time, which may load it;');
});

test.each([
  ['commands are loaded', 'for (const file of files) require(file);'],
  ['commands are loaded from a folder', `for (const file of files) require(\`./commands/\${file}\`);`],
])('where %s beside a half that is seen in the file of its import, it moves', async (_title, line) => {
  const files = bot();
  const unbuilt = `const { ClusterClient } = require(${library});\nclient.cluster = make(ClusterClient);\n`;
  const codes = await codesOf({
    ...files,
    'bot.js': `${unbuilt}${line}\n`,
    'index.js': `${files['index.js']}${line}\n`,
  });
  expect(codes).toEqual({ 'bot.js': 'moved', 'index.js': 'moved', 'x.js': 'moved' });
});

test('commands that are loaded beside the name of a class keep nothing', async () => {
  const text = `for (const file of files) require(path.join(__dirname, file));\nf(ClusterManager);\nconst C = require(${library});\nf(C.getInfo());\n`;
  expect(await codesOf({ ...bot(), 'y.js': text })).toMatchObject({ 'bot.js': 'moved', 'index.js': 'moved' });
});

test('a file that was not given may make the name, too', async () => {
  const files = { ...bot(), 'index.js': manager("require('discord-' + 'hybrid-sharding')") };
  expect(await codesOf(files, ['bot.js', 'x.js'])).toEqual({ 'bot.js': 'DC-M12', 'x.js': 'DC-M12' });
});

test.each([
  ['made of other texts', "require('discord-' + 'player')"],
  ['made of numbers', 'f(1 + 2, a + b)'],
  ['in another file of a bot whose halves are seen', "f('discord-' + 'hybrid-sharding')"],
])('a name %s changes nothing', async (_title, text) => {
  const codes = await codesOf({ ...bot(), 'y.js': `${text};\n` });
  expect(codes).toEqual({ 'bot.js': 'moved', 'index.js': 'moved', 'x.js': 'moved' });
});

test.each([
  ['a key', 'bot.js', `const deps = require('./package.json').dependencies;\nconsole.log(deps[${library}]);`],
  ['a member that is printed', 'index.js', `console.log({ name: ${library}, value: 2 });`],
  ['a member of a table', 'index.js', `const rows = [{ name: ${library} }];\nconsole.table(rows);`],
  ['its package.json', 'bot.js', "const { version } = require('discord-hybrid-sharding/package.json');"],
  ['whether it is there', 'index.js', `try {\n  require.resolve(${library});\n} catch {\n  process.exit(1);\n}`],
  ['a text that is printed', 'index.js', `console.log('[' + ${library} + '] ready');`],
  ['a name of a logger', 'bot.js', "require('debug')('bot/discord-hybrid-sharding')('ready');"],
  [
    'a text of a message beside commands that are loaded',
    'bot.js',
    `for (const file of files) require(file);\nclient.once('ready', () => console.log(${library}));\nconst e = new Embed({ name: ${library} });`,
  ],
  ['a logger', 'bot.js', "const log = require('debug')('bot/discord-hybrid-sharding');\nlog(require('./log'));"],
])('a text that loads nothing keeps nothing: %s', async (_title, file, line) => {
  const files = bot();
  const codes = await codesOf({ ...files, [file]: `${line}\n${files[file]}` });
  expect(codes).toEqual({ 'bot.js': 'moved', 'index.js': 'moved', 'x.js': 'moved' });
});

test.each([
  ['by a const', `const name = ${library};\nconst old = require(name);`],
  ['by one of a list', `const names = ['x', ${library}];\nlet old;\nfor (const one of names) old = require(one);`],
  ['where it was found', `const path = require.resolve(${library});\nconst old = require(path);`],
  ['in place', "const old = require(require.resolve('discord-hybrid-sharding/dist'));"],
  ['in a way of its own', "const load = createRequire(__filename);\nconst old = load('discord-hybrid-sharding/dist');"],
  ['by an import', "import * as old from 'discord-hybrid-sharding/dist/index.js';"],
  ['by import()', "const old = await import('discord-hybrid-sharding/dist/index.js');"],
])('a text in the file of a half that is loaded keeps all: %s', async (_title, line) => {
  const files = bot();
  const codes = await codesOf({ ...files, 'index.js': `${line}\nold.f();\n${files['index.js']}` });
  expect(codes).toMatchObject({ 'bot.js': 'DC-M12', 'x.js': 'DC-M12' });
});

test.each([
  ['beside its import', `const { ClusterManager } = old ? f('discord-hybrid-sharding/dist') : require(${library});`],
  [
    'by another write',
    `let { ClusterManager } = require(${library});\nif (old) ClusterManager = f('discord-hybrid-sharding/dist');`,
  ],
])('a text in what a class comes from keeps all: %s', async (_title, line) => {
  const files = { ...bot(), 'index.js': `${line}\nnew ClusterManager('./bot.js').spawn();\n` };
  expect(await codesOf(files)).toMatchObject({ 'bot.js': 'DC-M12', 'x.js': 'DC-M12' });
});

test('it is said what to do about a text', async () => {
  const { sites } = await migrate({
    paths: ['.'],
    cwd: project({ ...bot(), 'index.js': manager("require('discord-' + 'hybrid-sharding')") }),
  });
  expect(sites[0]?.message).toContain('(a text, which may load it; name it in the import itself; if it loads nothing,');
});

const both = { 'discord-hybrid-sharding': '^2.0.0', hs: 'npm:discord-hybrid-sharding@1.6' };

test.each([
  ['the manager', { 'index.js': manager("require('hs')") }, ['bot.js', 'x.js']],
  [
    'the client',
    { 'bot.js': "const { ClusterClient } = require('hs');\nclient.cluster = new ClusterClient(client);\n" },
    ['index.js', 'x.js'],
  ],
])('%s may be of the library under an alias, so all stays', async (_title, files, stay) => {
  const codes = await codesOf({ ...bot(both), ...files });
  expect(codes).toEqual(Object.fromEntries(stay.map((file) => [file, 'DC-M12'])));
});

test('the alias is named', async () => {
  const { sites } = await migrate({
    paths: ['.'],
    cwd: project({ ...bot(both), 'index.js': manager("require('hs')") }),
  });
  expect(sites[0]?.message).toContain('package.json (which names it hs; import it by its own name)');
});

test('with an alias alone nothing is rewritten', async () => {
  const files = { ...bot({ hs: 'npm:discord-hybrid-sharding' }), 'index.js': manager("require('hs')"), 'bot.js': null };
  expect(await codesOf(files)).toEqual({ 'x.js': 'DC-S6' });
});

test('where both halves are seen, an alias and a file without a class that does not parse keep nothing', async () => {
  const broken = `const { getInfo } = require(${library});\nf(getInfo(;\n`;
  expect(await codesOf({ ...bot(both), 'old.js': broken })).toEqual({
    'bot.js': 'moved',
    'index.js': 'moved',
    'old.js': 'DC-F1',
    'x.js': 'moved',
  });
});

test('where a half is in a file that does not parse, calls stay', async () => {
  const broken = `const { ClusterClient } = require(${library});\nclient.cluster = new ClusterClient(client;\n`;
  expect(await codesOf({ ...bot(), 'bot.js': broken })).toEqual({
    'bot.js': 'DC-F1',
    'index.js': 'DC-M12',
    'x.js': 'DC-M12',
  });
});
