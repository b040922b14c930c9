/** Packages of one run that belong to one bot: they are planned as one, and no file has two plans. */
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const djs = JSON.stringify({ name: 'bot', dependencies: { 'discord.js': '^14.28.1' } });
const workspaces = '{ "private": true, "workspaces": ["packages/*"] }\n';
const named = (name: string, more: object = {}): string =>
  JSON.stringify({ name, dependencies: { 'discord.js': '^14.28.1', ...more } });

const manager = (file: string, more = ''): string =>
  `const { ShardingManager } = require('discord.js');\nconst m = new ShardingManager(${file}, { token: 'x' });\nm.spawn();\n${more}`;
const own = 'm.broadcastEval((c) => c.uptime).then((r) => console.log(r[0]));\n';
const bot = (call = 'c.ws.ping'): string =>
  `const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.on('ready', async () => { const r = await client.shard.broadcastEval((c) => ${call}); console.log(r[0]); });\nclient.login('x');\n`;
const asModule = (text: string): string => text.replace(/const (\{.*?\}) = require\((.*?)\);/g, 'import $1 from $2;');

async function runs(files: Files, ...paths: readonly string[]) {
  const root = project(files);
  const { sites, files: changed } = await migrate({ paths: paths.length === 0 ? ['.'] : paths, cwd: root });
  const after = read(root);
  return {
    codes: sites.map(({ file, outcome, code }) => [file, outcome === 'left' ? code : outcome]),
    sites,
    changed,
    after,
    root,
  };
}

const again = async (root: string): Promise<readonly unknown[]> => (await migrate({ paths: ['.'], cwd: root })).files;

describe('a manager and its bot in two packages', () => {
  const two: Files = {
    'package.json': workspaces,
    'packages/manager/package.json': named('manager'),
    'packages/bot/package.json': named('bot'),
    'packages/manager/index.js': manager("'../bot/bot.js'", own),
    'packages/bot/bot.js': bot(),
  };

  test('have one handlers file, which the manager loads', async () => {
    const { after, codes, root } = await runs(two);
    expect(codes.map(([, outcome]) => outcome)).toEqual(['rewritten', 'rewritten', 'rewritten']);
    const handlers = after['packages/bot/cluster-handlers.js'];
    expect(handlers).toContain('c.uptime');
    expect(handlers).toContain('c.ws.ping');
    expect(after['packages/manager/index.js']).toContain(
      "{ token: 'x', hybrid: { handlers: './cluster-handlers.js' } }",
    );
    expect(after['packages/manager/package.json']).toContain('shardlift');
    expect(after['packages/bot/package.json']).toContain('shardlift');
    expect(after['package.json']).toBe(workspaces);
    expect(await again(root)).toEqual([]);
  });

  test('have it once where both ask for the same', async () => {
    const { after } = await runs({ ...two, 'packages/bot/bot.js': bot('c.uptime') });
    expect(after['packages/bot/cluster-handlers.js']?.match(/c\.uptime/g)).toHaveLength(1);
  });

  test('are one where the bot is named from the folder of the workspaces', async () => {
    const { after } = await runs({ ...two, 'packages/manager/index.js': manager("'./packages/bot/bot.js'") });
    expect(after['packages/manager/index.js']).toContain("handlers: './cluster-handlers.js'");
  });

  test('are one in whichever order they are given', async () => {
    const { after } = await runs(two, 'packages/manager', 'packages/bot');
    expect(after['packages/manager/index.js']).toContain("handlers: './cluster-handlers.js'");
  });

  test('keep the calls of both where the manager stays', async () => {
    const index = manager("'../bot/bot.js'").replace(
      "const { ShardingManager } = require('discord.js');",
      "const dj = require('discord.js');\nmodule.exports.ShardingManager = dj.ShardingManager;\nconst { ShardingManager } = dj;",
    );
    const { codes, changed } = await runs({ ...two, 'packages/manager/index.js': index });
    expect(codes).toContainEqual(['packages/bot/bot.js', 'DC-M8']);
    expect(changed).toEqual([]);
  });

  test('the calls of a package that the bot loads by its name are asked of the bot', async () => {
    const lib =
      'exports.count = async (client) => {\n  const r = await client.shard.broadcastEval((c) => c.guilds.cache.size);\n  return r.length;\n};\n';
    const { after, codes, root } = await runs({
      'package.json': workspaces,
      'packages/bot/package.json': named('@x/bot', { '@x/lib': '*' }),
      'packages/lib/package.json': '{ "name": "@x/lib", "main": "index.js", "dependencies": { "discord.js": "14" } }',
      'packages/bot/src/index.js': manager("require('path').join(__dirname, 'bot.js')"),
      'packages/bot/src/bot.js':
        "const { count } = require('@x/lib');\nconst { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\ncount(client);\nclient.login();\n",
      'packages/lib/index.js': lib,
    });
    expect(codes.map(([, outcome]) => outcome)).toEqual(['rewritten', 'rewritten']);
    expect(after['packages/bot/src/index.js']).toContain("handlers: './cluster-handlers.js'");
    expect(after['packages/bot/src/cluster-handlers.js']).toContain('c.guilds.cache.size');
    expect(await again(root)).toEqual([]);
  });

  describe('a package that bots load', () => {
    const helper = 'exports.ask = (client) => client.shard.broadcastEval((c) => c.ws.ping);\n';
    const loading =
      "const { Client } = require('discord.js');\nconst { ask } = require('helper');\nconst client = new Client({ intents: [] });\nclient.on('ready', () => ask(client));\nclient.login('x');\n";
    const botOf = (name: string): Files => ({
      [`packages/${name}/package.json`]: named(name, { helper: '*' }),
      [`packages/${name}/index.js`]: manager("'./bot.js'"),
      [`packages/${name}/bot.js`]: loading,
    });
    const one: Files = {
      'package.json': workspaces,
      'packages/helper/package.json': '{ "name": "helper", "main": "index.js" }\n',
      'packages/helper/index.js': helper,
      ...botOf('a'),
    };
    const both = { ...one, ...botOf('b') };
    const withoutMain = { ...both, 'packages/helper/package.json': named('helper') };
    const inHelper = async (files: Files) => {
      const root = project(files);
      const { sites } = await migrate({ paths: ['.'], cwd: join(root, 'packages/helper') });
      return { sites, after: read(root) };
    };

    test('has its handlers in the package of the bot, which gets shardlift with them', async () => {
      const { after } = await inHelper(one);
      expect(after['packages/a/cluster-handlers.js']).toContain('c.ws.ping');
      expect(after['packages/a/package.json']).toContain('shardlift');
      expect(after['packages/helper/package.json']).toContain('shardlift');
    });

    test('is said to be of both where there are two, and what each needs', async () => {
      const { sites, after } = await runs(both);
      const said = sites.find(({ code }) => code === 'DC-H2')?.message;
      expect(said).toContain('several bots load this package, ../a and ../b, and it belongs to none');
      expect(said).toContain('Build the manager of each (');
      expect(said).toContain("handlers: '../helper/cluster-handlers.js' } to its options");
      expect(said).toContain('a/bot.js or ');
      expect(after['packages/helper/cluster-handlers.js']).toContain('c.ws.ping');
    });

    test('says the same where it alone was given', async () => {
      const { sites } = await inHelper(both);
      expect(sites[0]?.message).toContain('several bots load this package, ../a and ../b, and it belongs to none');
      expect(sites[0]?.message).toContain(
        "add hybrid: { handlers: './cluster-handlers.js' } for ../a/bot.js and hybrid: { handlers: '../a/cluster-handlers.js' } for ../b/bot.js to",
      );
    });

    test('keeps its calls where no file of its own starts, and says whose can be named', async () => {
      const { sites } = await runs(withoutMain);
      const said = sites.find(({ code }) => code === 'DC-H1')?.message;
      expect(said).toContain('was not found (several bots load this package, packages/a and packages/b, and');
      expect(said).toContain('name the file of one of them)');
    });

    test('needs nothing more where both managers load its handlers', async () => {
      const wired = (name: string): Files => ({
        [`packages/${name}/index.js`]:
          "const { ShardingManager } = require('shardlift/compat');\nconst m = new ShardingManager('./bot.js', { token: 'x', hybrid: { handlers: '../helper/cluster-handlers.js' } });\nm.spawn();\n",
      });
      const { sites } = await runs({ ...both, ...wired('a'), ...wired('b') });
      expect(sites.map(({ outcome, code }) => [outcome, code])).toEqual([['rewritten', null]]);
    });
  });

  test('two bots have one handlers file where that is said', async () => {
    const root = project({
      'package.json': workspaces,
      'packages/a/package.json': named('a'),
      'packages/b/package.json': named('b'),
      'packages/a/index.js': manager("'./bot.js'"),
      'packages/b/index.js': manager("'./bot.js'"),
      'packages/a/bot.js': bot(),
      'packages/b/bot.js': bot('c.uptime'),
    });
    await migrate({ paths: ['.'], cwd: root, handlers: 'shared/h.js' });
    const after = read(root);
    expect(after['shared/h.js']).toContain('c.uptime');
    expect(after['shared/h.js']).toContain('c.ws.ping');
    expect(after['packages/a/index.js']).toContain("handlers: '../../shared/h.js'");
    expect(after['packages/b/index.js']).toContain("handlers: '../../shared/h.js'");
  });
});

test('bots of two libraries cannot have one handlers file in one run', async () => {
  const both = { 'discord-hybrid-sharding': '2' };
  const ofHybrid = (text: string): string =>
    text.replace(/Sharding(?=Manager)/g, 'Cluster').replaceAll("'discord.js'", "'discord-hybrid-sharding'");
  const root = project({
    'a/package.json': named('a'),
    'b/package.json': named('b', both),
    'a/index.js': manager("'./bot.js'"),
    'b/index.js': ofHybrid(manager("'./bot.js'")),
    'a/bot.js': bot(),
    'b/bot.js': `const { ClusterClient } = require('discord-hybrid-sharding');\n${bot('c.uptime').replace('client.shard', 'client.cluster').replace('client.on(', 'client.cluster = new ClusterClient(client);\nclient.on(')}`,
  });
  await expect(migrate({ paths: ['.'], cwd: root, handlers: 'shared/h.js' })).rejects.toMatchObject({
    code: 'BAD_USAGE',
    message: expect.stringContaining('Several packages of this run change shared/h.js.'),
  });
});

describe('a package.json that says only which modules its folder has', () => {
  const marked: Files = {
    'package.json': djs,
    'bot/package.json': '{"type":"module"}\n',
    'index.js': manager("require('path').join(__dirname, 'bot/bot.js')", own),
    'bot/bot.js': asModule(bot()),
  };

  test('ends no package', async () => {
    const { after, codes, root } = await runs(marked);
    expect(codes.map(([, outcome]) => outcome)).toEqual(['rewritten', 'rewritten', 'rewritten']);
    expect(after['index.js']).toContain("handlers: './cluster-handlers.js'");
    expect(after['bot/cluster-handlers.js']).toMatch(/^import .*\n\nexport const handlers/);
    expect(after['bot/package.json']).toBe(marked['bot/package.json']);
    expect(after['package.json']).toContain('shardlift');
    expect(await again(root)).toEqual([]);
  });

  test('adds to a handlers file that is there', async () => {
    const there =
      "'use strict';\nconst { defineHandlers } = require('shardlift');\nexports.handlers = defineHandlers({\n  a: () => 1,\n});\n";
    const { after } = await runs({
      ...marked,
      'bot/package.json': '{"type":"commonjs"}',
      'bot/bot.js': bot(),
      'bot/cluster-handlers.js': there,
    });
    for (const text of ['a: () => 1', 'c.uptime', 'c.ws.ping'])
      expect(after['bot/cluster-handlers.js']).toContain(text);
  });

  test('hides no manager that stays', async () => {
    const index = manager("require('path').join(__dirname, 'bot/bot.js')").replace(
      "const { ShardingManager } = require('discord.js');",
      "const dj = require('discord.js');\nmodule.exports.ShardingManager = dj.ShardingManager;\nconst { ShardingManager } = dj;",
    );
    const { codes, changed } = await runs({ ...marked, 'index.js': index });
    expect(codes).toContainEqual(['bot/bot.js', 'DC-M8']);
    expect(changed).toEqual([]);
  });

  test('is a package where something is installed for it', async () => {
    const { after } = await runs(
      { ...marked, 'index.js': manager("'./bot/bot.js'"), 'bot/package-lock.json': '{}' },
      'bot',
    );
    expect(after['bot/package.json']).toContain('shardlift');
  });
});

test('a file that is given by two ways has one plan', async () => {
  const root = project({ 'package.json': djs, 'real/index.js': manager("'./bot.js'"), 'real/bot.js': bot() });
  symlinkSync('real', join(root, 'link'));
  const { files } = await migrate({ paths: ['real', 'link', 'link/bot.js'], cwd: root });
  expect(files.map(({ file }) => file)).toEqual([
    'package.json',
    'real/bot.js',
    'real/cluster-handlers.js',
    'real/index.js',
  ]);
  expect((await migrate({ paths: ['real', 'link'], cwd: root })).files).toEqual([]);
});

describe('halves of discord-hybrid-sharding in several packages', () => {
  const both = { 'discord-hybrid-sharding': '2' };
  const head = "const { ClusterManager } = require('discord-hybrid-sharding');\n";
  const client =
    "const { ClusterClient } = require('discord-hybrid-sharding');\nconst { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n";
  const parted: Files = {
    'package.json': workspaces,
    'packages/manager/package.json': named('manager', both),
    'packages/bot/package.json': named('bot', both),
    'packages/manager/index.js': `${head}const m = new ClusterManager('../bot/bot.js', { token: 'x' });\nm.spawn();\n`,
    'packages/bot/bot.js': client,
  };

  test('move together', async () => {
    const { codes } = await runs(parted);
    expect(codes.map(([, outcome]) => outcome)).toEqual(['rewritten', 'rewritten']);
  });

  test.each([['packages/bot'], ['packages/manager']])('stay where one of them is not given: %s', async (path) => {
    const { codes, changed } = await runs(parted, path);
    expect(codes.map(([, code]) => code)).toEqual(['DC-M13']);
    expect(changed).toEqual([]);
  });

  test('stay where one of them stays', async () => {
    const index = `${head}global.hs = require('discord-hybrid-sharding');\nconst m = new ClusterManager('../bot/bot.js', { token: 'x' });\nm.spawn();\n`;
    const { codes, changed } = await runs({ ...parted, 'packages/manager/index.js': index });
    expect(codes).toContainEqual(['packages/bot/bot.js', 'DC-M12']);
    expect(changed).toEqual([]);
  });

  test('stay where the class of the client is of a package that was not given', async () => {
    const { codes, changed } = await runs(
      {
        'package.json': workspaces,
        'packages/app/package.json': named('app', both),
        'packages/fw/package.json': named('@me/fw', both),
        'packages/app/index.js': `${head}const m = new ClusterManager('./bot.js', { token: 'x' });\nm.spawn();\n`,
        'packages/app/bot.js': "const { Bot } = require('@me/fw');\nnew Bot().login('x');\n",
        'packages/fw/index.js':
          "const { ClusterClient } = require('discord-hybrid-sharding');\nconst { Client } = require('discord.js');\nexports.Bot = class Bot extends Client {\n  constructor() {\n    super({ intents: [] });\n    this.cluster = new ClusterClient(this);\n  }\n};\n",
      },
      'packages/app',
    );
    expect(codes).toEqual([['packages/app/index.js', 'DC-M13']]);
    expect(changed).toEqual([]);
  });

  test.each([['index.js'], ['bot']])('stay where a folder of modules parts them: %s', async (path) => {
    const { codes, changed } = await runs(
      {
        'package.json': named('bot', both),
        'bot/package.json': '{"type":"module"}',
        'index.js': `${head}const m = new ClusterManager('./bot/bot.js', { token: 'x' });\nm.spawn();\n`,
        'bot/bot.js': asModule(client),
      },
      path,
    );
    expect(codes.map(([, code]) => code)).toEqual(['DC-M13']);
    expect(changed).toEqual([]);
  });

  const hybrid: Files = {
    'package.json': named('bot', both),
    'index.js': `${head}const m = new ClusterManager('./bot/bot.js', { token: 'x' });\nm.spawn();\n`,
    'bot/bot.js': client,
  };

  test.each<[title: string, files: Files, why: RegExp]>([
    [
      'which git ignores',
      { '.gitignore': 'bot/\n' },
      /: bot\/bot\.js, which the manager starts, is no source that is read/,
    ],
    [
      'which is compiled from nothing that is there',
      {
        'bot/bot.js': null,
        'dist/bot.js': client,
        'index.js': hybrid['index.js']?.replace('./bot/', './dist/') ?? '',
      },
      /: dist\/bot\.js, which/,
    ],
    [
      'whose client comes from somewhere else',
      { 'bot/bot.js': "const { Bot } = require('framework');\nnew Bot().login();\n" },
      /: neither bot\/bot\.js, which the manager starts, nor another file that is read makes one/,
    ],
  ])('the manager stays where it starts a file %s', async (title, files, why) => {
    const root = project({ ...hybrid, ...files });
    if (title === 'which git ignores') execFileSync('git', ['init', '-q'], { cwd: root });
    const { sites, files: changed } = await migrate({ paths: ['.'], cwd: root });
    expect(sites).toMatchObject([{ file: 'index.js', outcome: 'left', code: 'DC-M17' }]);
    expect(sites[0]?.message).toMatch(why);
    expect(changed).toEqual([]);
  });

  test.each([
    ['a manager whose bot file is not known', { 'bot/bot.js': null }, /^No client of discord-hybrid-sharding was seen/],
    ['a client', { 'index.js': null }, /^No manager of/],
    [
      'a manager of a bot that has a client of discord.js alone',
      { 'bot/bot.js': "const { Client } = require('discord.js');\nnew Client({ intents: [] }).login();\n" },
      /^No client of/,
    ],
  ])('%s moves alone with a note', async (_title, files: Files, words) => {
    const { sites } = await migrate({ paths: ['.'], cwd: project({ ...hybrid, ...files }) });
    expect(sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-M16' }]);
    expect(sites[0]?.message).toMatch(words);
  });

  test('a half whose other one has moved is not alone', async () => {
    const moved = client.replace("'discord-hybrid-sharding'", "'shardlift/compat/hybrid'");
    const { codes } = await runs({ ...hybrid, 'bot/bot.js': moved });
    expect(codes).toEqual([['index.js', 'rewritten']]);
  });
});
