/** A handler that is there already is asked by every call of an equal function, however its parameters are called. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { call, own, rewrite } from './handlers-bot.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const size = 'guildsCacheSize: (c) => c.guilds.cache.size';
const there = { 'cluster-handlers.js': own(size) };
const has = ', { context: { id: 1 } }';

describe('a function that differs from a handler by names of parameters alone asks that', () => {
  test.each([
    ['another name', '(bot) => bot.guilds.cache.size'],
    ['a name without brackets', 'bot => bot.guilds.cache.size'],
    ['the very same', '(c) => c.guilds.cache.size'],
  ])('%s', async (_title, fn) => {
    const { handlers, files } = await rewrite({ ...there, 'later.js': call(fn) });
    expect(handlers).toEqual(['guildsCacheSize']);
    expect(files['cluster-handlers.js']).toBe(own(size));
  });

  test('several of them, and one that is the same token by token behind them', async () => {
    const fns = ['(bot) => bot.guilds.cache.size', '(c) => c.guilds.cache.size', '(d) => d.guilds.cache.size'];
    const { handlers, files } = await rewrite({ ...there, 'later.js': fns.map(call).join('') });
    expect(handlers).toEqual(['guildsCacheSize', 'guildsCacheSize', 'guildsCacheSize']);
    expect(files['cluster-handlers.js']).toBe(own(size));
  });

  test('a path that is fetched', async () => {
    const { sites } = await rewrite({
      ...there,
      'later.js': "f(client.shard.fetchClientValues('guilds.cache.size'));\n",
    });
    expect(sites.map(({ handler }) => handler)).toContain('guildsCacheSize');
  });

  test('one that has another name by now', async () => {
    const file = own('servers: (c) => c.guilds.cache.size');
    const { handlers } = await rewrite({ 'cluster-handlers.js': file, 'later.js': call('(b) => b.guilds.cache.size') });
    expect(handlers).toEqual(['servers']);
  });

  test.each([
    ['data', '(bot, uid) => bot.users.cache.has(uid)', '(c, id) => c.users.cache.has(id)'],
    ['a shorthand', '(bot, uid) => f({ bot, id: uid })', '(c, id) => f({ bot: c, id })'],
    ['a default', '(bot, uid = 1) => bot.users.cache.has(uid)', '(c, id = 1) => c.users.cache.has(id)'],
    ['a default in a pattern', '(bot, { a = bot.uptime }) => a', '(c, { a = c.uptime }) => a'],
  ])('with %s', async (_title, fn, before) => {
    const globals = 'global.f = (one) => Object.keys(one);\n';
    const { handlers } = await rewrite({
      'g.js': globals,
      'cluster-handlers.js': own(`my: ${before}`),
      'later.js': call(`${fn}${has}`),
    });
    expect(handlers).toEqual(['my']);
  });

  test('with an import that has another name there', async () => {
    const file = own('my: (c) => count2(c.guilds) ?? null').replace(
      '\nexports',
      "const count2 = require('./count');\n\nexports",
    );
    const { handlers } = await rewrite({
      'count.js': 'module.exports = ({ cache }) => cache.size;\n',
      'other.js': 'module.exports = () => 1;\n',
      'cluster-handlers.js': file.replace('const count2', "const count = require('./other');\nconst count2"),
      'later.js': `const count = require('./count');\n${call('(bot) => count(bot.guilds)')}`,
    });
    expect(handlers).toEqual(['my']);
  });
});

describe('a handler that is another function is not asked', () => {
  test.each([
    ['was changed', '(c) => c.guilds.cache.size + 1', '(bot) => bot.guilds.cache.size'],
    ['is async', 'async (c) => c.guilds.cache.size', '(bot) => bot.guilds.cache.size'],
    [
      'means another variable',
      '(c) => [1].map((c) => c.guilds.cache.size)',
      '(bot) => [1].map((c) => bot.guilds.cache.size)',
    ],
    [
      'takes its parameters the other way round',
      '(a, b) => a.users.cache.has(b)',
      `(a, b) => b.users.cache.has(a)${has}`,
    ],
    ['reads a global', '(c, id) => uid', `(c, uid) => uid${has}`],
  ])('one that %s', async (_title, before, fn) => {
    const { handlers } = await rewrite({
      'g.js': 'global.uid = 1;\n',
      'cluster-handlers.js': own(`my: ${before}`),
      'later.js': call(fn),
    });
    expect(handlers).toHaveLength(1);
    expect(handlers).not.toContain(null);
    expect(handlers).not.toContain('my');
  });

  test('one that is registered twice', async () => {
    const more = { 'bot.js': `${cjsBot['bot.js']}client.cluster.ipc.handle('guildsCacheSize', () => 2);\n` };
    const { handlers } = await rewrite({ ...there, ...more, 'later.js': call('(bot) => bot.guilds.cache.size') });
    expect(handlers).toEqual(['guildsCacheSize2']);
  });
});

describe('beside the client, where a handler takes its data first', () => {
  const bot = (line: string): string =>
    `const { Client } = require('discord.js');\nrequire('shardlift');\n\nconst client = new Client({ intents: [] });\nclient.cluster.ipc.handle('my', ${line});\nclient.login();\n`;

  test.each([
    ['(_data, { client: c }) => c.ws.ping', '(bot) => bot.ws.ping'],
    ['(_data, { client }) => client.ws.ping', '(bot) => bot.ws.ping'],
    ['(_data, { client: c }) => c.ws.ping', '(client) => client.ws.ping'],
    ['(id, { client: c }) => c.users.cache.has(id)', `(bot, uid) => bot.users.cache.has(uid)${has}`],
    ['(id, { client }) => ({ id, client: client.uptime })', `(bot, uid) => ({ id: uid, client: bot.uptime })${has}`],
  ])('%s is %s', async (line, fn) => {
    const { handlers, files } = await rewrite({ 'bot.js': bot(line), 'later.js': call(fn) }, { inline: true });
    expect(handlers).toEqual(['my']);
    expect(files['bot.js']).toBe(bot(line));
  });

  test.each([
    ['(c, { client: bot }) => c.ws.ping', '(bot) => bot.ws.ping'],
    ['(_data, { host: c }) => c.ws.ping', '(bot) => bot.ws.ping'],
  ])('%s is not %s', async (line, fn) => {
    const { handlers } = await rewrite({ 'bot.js': bot(line), 'later.js': call(fn) }, { inline: true });
    expect(handlers).toEqual(['wsPing']);
  });
});

describe('in TypeScript', () => {
  const typed = (fn: string, more = ''): string =>
    `import type { Client } from 'discord.js';\nexport const f = (client: Client, id: string) => client.shard!.broadcastEval(${fn}${more});\n`;
  const context = ', { context: { id } }';

  test('the type of the data is part of it', async () => {
    const root = project({ ...tsBot, 'src/a.ts': typed('(c, { id }) => c.users.cache.has(id)', context) });
    await migrate({ paths: ['src/a.ts'], cwd: root });
    const more = project({
      ...read(root),
      'src/b.ts': typed('(bot, { id }) => bot.users.cache.has(id)', context),
      'src/c.ts': typed('(bot, { id }) => bot.users.cache.has(id)', ', { context: { id, more: 1 } }'),
    });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: more });
    const calls = sites.filter(({ method }) => method === 'broadcastEval');
    expect(summary.verified).toBe(true);
    expect(calls.map(({ handler }) => handler)).toEqual(['hasUser', 'hasUser2']);
  }, 60_000);
});
