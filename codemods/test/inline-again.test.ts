/** `--inline` in a bot that has handlers already: which of them may be asked, and which names are taken. */
import { describe, expect, test } from 'vitest';
import { call, own, rewrite } from './handlers-bot.ts';

const head =
  "const { Client } = require('discord.js');\nrequire('shardlift');\n\nconst client = new Client({ intents: [] });\n";
const bot = (...lines: readonly string[]): string =>
  `${head}${lines.map((one) => `${one}\n`).join('')}client.login();\n`;
const ping = "'my', (_data, { client: c }) => c.ws.ping";
const beside = `client.cluster.ipc.handle(${ping});`;

describe('a handler is asked again that surely answers, on this client', () => {
  test.each([
    ['a statement of its own', beside],
    ['names in quotes', `client['cluster']["ipc"]['handle'](${ping});`],
    ['a name in a const', `const NAME = 'my';\nclient.cluster.ipc.handle(${ping.replace("'my'", 'NAME')});`],
    ['another client that has another name', `${beside}\nother.ipc.handle('more', () => 1);`],
  ])('%s', async (_title, line) => {
    const { handlers, files } = await rewrite(
      { 'bot.js': bot(line), 'x.js': call('(c) => c.ws.ping') },
      { inline: true },
    );
    expect(handlers).toEqual(['my']);
    expect(files['bot.js']).toBe(bot(line));
  });

  test.each([
    ['is registered in a branch', `if (process.env.DEV) { ${beside} }`],
    ['is registered in a branch without a block', `if (process.env.DEV) ${beside}`],
    ['is registered behind a condition', `process.env.DEV && ${beside}`],
    ['is registered in a function', `function setup() { ${beside} }\nsetup();`],
    ['is registered later', `client.once('ready', () => { ${beside} });`],
    ['belongs to another ipc', `other.ipc.handle(${ping});`],
    ['belongs to another client', `bot.cluster.ipc.handle(${ping});`],
    ['is taken away', `${beside}\nsetTimeout(() => client.cluster.ipc.removeHandler('my'), 5);`],
    ['may be taken away', `${beside}\nfor (const one of all) client.cluster.ipc.removeHandler(one);`],
    ['is registered twice', `${beside}\nclient.cluster.ipc.handle('my', () => 2);`],
  ])('one that %s is not', async (_title, line) => {
    const { handlers, files } = await rewrite(
      { 'bot.js': bot(line), 'x.js': call('(c) => c.ws.ping') },
      { inline: true },
    );
    expect(handlers).toEqual(['wsPing']);
    expect(files['bot.js']).toContain("client.cluster.ipc.handle('wsPing', (_data, { client: c }) => c.ws.ping);\n");
  });

  test.each([
    [
      'a parameter',
      "function setup(process) { client.cluster.ipc.handle('my', () => process.title); }\nsetup({ title: 'no' });",
      '() => process.title',
    ],
    [
      'a variable of its block',
      "{ const fetch = () => 5; client.cluster.ipc.handle('my', () => fetch('a')); }",
      "() => fetch('a')",
    ],
  ])('one that reads %s is another function', async (_title, line, fn) => {
    const { handlers, files } = await rewrite({ 'bot.js': bot(line), 'x.js': call(fn) }, { inline: true });
    expect(handlers).not.toContain('my');
    expect(files['bot.js']).toContain(`client.cluster.ipc.handle('${handlers[0]}', ${fn});\n`);
  });

  test('one that another file takes away is not', async () => {
    const more = "exports.stop = (client) => client.cluster.ipc.removeHandler('my');\n";
    const files = { 'bot.js': bot(beside), 'more.js': more, 'x.js': call('(c) => c.ws.ping') };
    expect((await rewrite(files, { inline: true })).handlers).toEqual(['wsPing']);
  });

  test('one of a handlers file that is taken away is not, either', async () => {
    const more = "exports.stop = (client) => client.cluster.ipc.removeHandler('my');\n";
    const files = { 'cluster-handlers.js': own('my: (c) => c.ws.ping'), 'more.js': more };
    expect((await rewrite({ ...files, 'x.js': call('(c) => c.ws.ping') })).handlers).toEqual(['wsPing']);
  });
});

describe('handlers files that the manager loads keep their names', () => {
  const manager = (file: string): string =>
    `const { ShardingManager } = require('shardlift/compat');\nnew ShardingManager('./bot.js', { hybrid: { handlers: '${file}' } }).spawn();\n`;

  test.each([
    ['h.js', 'exports.handlers = { wsPing: (c) => 1 };\n'],
    ['cluster-handlers.js', 'exports.handlers = { wsPing: (c) => 1 };\n'],
    ['cluster-handlers.js', own('wsPing: (c) => 1')],
  ])('%s', async (path, text) => {
    const { handlers } = await rewrite(
      { 'index.js': manager(`./${path}`), 'bot.js': bot(), [path]: text, 'x.js': call('(c) => c.ws.ping') },
      { inline: true },
    );
    expect(handlers).toEqual(['wsPing2']);
  });

  test.each([
    ['h.js', 'exports.handlers = { ...load() };\n', 'h.js:1'],
    ['cluster-handlers.js', own('...load()'), 'cluster-handlers.js:3'],
  ])('%s is named where they cannot be read', async (path, text, where) => {
    const { calls } = await rewrite(
      { 'index.js': manager(`./${path}`), 'bot.js': bot(), [path]: text, 'x.js': call('(c) => c.ws.ping') },
      { inline: true },
    );
    expect(calls).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-H6', handler: 'wsPing' }]);
    expect(calls[0]?.message).toContain(`(${where})`);
  });
});

describe('what logs in is the client', () => {
  test.each([
    ['a comment', '// hook.login()'],
    ['a text', "log('hook.login()');"],
    ['a member of that name', 'app.hook.login();'],
  ])('%s says nothing', async (_title, line) => {
    const { handlers, files } = await rewrite(
      { 'bot.js': bot('const hook = new Hook();', line), 'x.js': call('(c) => c.ws.ping') },
      { inline: true },
    );
    expect(handlers).toEqual(['wsPing']);
    expect(files['bot.js']).toContain("\nclient.cluster.ipc.handle('wsPing', ");
  });

  test.each(["client['login']();", 'client?.login();', 'client\n  .login();', '(client).login();'])(
    '%s',
    async (line) => {
      const { handlers } = await rewrite(
        { 'bot.js': bot().replace('client.login();', line), 'x.js': call('(c) => c.ws.ping') },
        { inline: true },
      );
      expect(handlers).toEqual(['wsPing']);
    },
  );

  test('a client whose variable gets another one is none to register at', async () => {
    const text = bot('client = new Client({ intents: [1] });').replace('const client', 'let client');
    const { calls, files } = await rewrite({ 'bot.js': text, 'x.js': call('(c) => c.ws.ping') }, { inline: true });
    expect(calls).toMatchObject([{ outcome: 'left', code: 'DC-H4' }]);
    expect(calls[0]?.message).toContain('(bot.js gives client another value later)');
    expect(files['bot.js']).toBe(text);
  });
});
