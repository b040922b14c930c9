/** What a rewritten call rests on, where neither the text nor a type proves it: said with a code, and nothing to do where it is true. */
import { describe, expect, test } from 'vitest';
import { migrate, type SiteReport } from '../src/index.ts';
import { cjsBot, type Files, project, tsBot } from './project.ts';

/** A command of a bot whose client nothing but its name tells. */
const command = (body: string): string => `module.exports = async (client, message, args) => {\n${body}\n};\n`;

async function siteIn(file: string, text: string, more: Files = cjsBot): Promise<SiteReport | undefined> {
  const cwd = project({ ...more, [file]: text });
  const { sites } = await migrate({ paths: ['.'], cwd });
  return sites.find((one) => one.file === file);
}

function saidOf(site: SiteReport | undefined): readonly string[] {
  expect(site?.outcome).toMatch(/^rewritten/);
  return (site?.assumptions ?? []).map(
    ({ code, what }) => `${code} ${what.map((one) => (/:\d+$/.test(one) ? one : `\`${one}\``)).join(', ')}`,
  );
}

const given = (fn: string): string => `return client.shard.broadcastEval(${fn});`;

describe('what a function gives', () => {
  test.each([
    ['a member of the bot', '(c) => c.players.list', ['`c.players.list`']],
    ['what a method of the bot gives', '(c) => ({ best: c.shop.best() })', ['`c.shop.best()`']],
    ['an entry of a map of the bot', '(c) => c.settings.get("1")', ['`c.settings.get("1")`']],
    ['a number of the bot', '(c) => c.played * 2', ['`c.played`']],
    ['each of a list of the bot', '(c) => c.queue.map((one) => one.title)', ['`one.title`']],
    ['a part of a pattern', '({ queue: { songs } }) => songs', ['`songs`']],
    ['what a list is filled with', '(c) => { const all = []; all.push(c.best); return all; }', ['`c.best`']],
    ['what a package gives', '(c) => require("systeminformation").mem()', ['`require("systeminformation").mem()`']],
    ['what one of two is', '(c) => c.isReady() ? c.best : 0', ['`c.best`']],
    ['what a promise gives', '(c) => c.db.all().then((rows) => rows[0])', ['`rows[0]`']],
    ['what an instance holds', '() => new (require("pkg").Report)()', ['`new (require("pkg").Report)()`']],
  ])('is named where nothing is known of it: %s', async (_title, fn, what) => {
    const site = await siteIn('command.js', command(given(fn)));
    expect(saidOf(site)).toContain(`DC-A2 ${what.join(', ')}`);
  });

  test.each([
    ['what is written', '() => ["a", 1, true, null]'],
    ['a thing of discord.js', '(c) => c.guilds.cache.get("1")'],
    ['a fact of one', '(c) => c.users.cache.map((user) => ({ id: user.id, tag: user.tag }))'],
    ['how many the bot has', '(c) => c.players.size'],
    ['a fact of its process', '() => [process.pid, process.memoryUsage().rss]'],
    ['what a module of Node gives', '() => require("os").loadavg()'],
    ['an id', '(c) => c.config.ownerId'],
    ['a sum', '(c) => c.guilds.cache.reduce((sum, guild) => sum + guild.members.cache.size, 0)'],
    [
      'a list that is filled',
      '(c) => { const all = []; for (const [id] of c.guilds.cache) all.push(id); return all; }',
    ],
    ['whether the bot has one', '(c) => c.players.has("1")'],
    ['a text', '(c) => "best: " + c.best'],
    ['what it is handed', '(c, { text }) => text.length'],
    ['what a function of its own gives', '(c) => { const count = (n) => n + 1; return count(c.guilds.cache.size); }'],
  ])('is not named where that is known: %s', async (_title, fn) => {
    const site = await siteIn('command.js', command(given(fn)));
    expect(site?.outcome).not.toBe('left');
    expect(saidOf(site).filter((one) => one.startsWith('DC-A2'))).toEqual([]);
  });

  test('is not named where nobody looks at it', async () => {
    const site = await siteIn('command.js', command('await client.shard.broadcastEval((c) => c.players.list);'));
    expect(saidOf(site)).toEqual(['DC-A1 `client`']);
  });

  test('is named as well where a path leads to it', async () => {
    const site = await siteIn('command.js', command("return client.shard.fetchClientValues('queue.list');"));
    expect(saidOf(site)).toContain('DC-A2 `client.queue.list`');
  });

  test('is known by its type', async () => {
    const files = {
      ...tsBot,
      'bot.ts':
        "import { Client } from 'discord.js';\n\nexport class Bot extends Client<true> {\n  words: string[] = [];\n  raw: unknown;\n}\n",
    };
    const text = (member: string): string =>
      `import type { Bot } from './bot.js';\n\nexport const f = (bot: Bot) => bot.shard!.broadcastEval((c) => (c as Bot).${member});\n`;
    expect(saidOf(await siteIn('words.ts', text('words'), files))).toEqual([]);
    expect(saidOf(await siteIn('raw.ts', text('raw'), files))).toEqual(['DC-A2 `(c as Bot).raw`']);
  });
});

describe('what a call hands over', () => {
  const handing = (context: string): string => given(`(c, data) => c.emit('data', data), { context: ${context} }`);

  test.each([
    ['an argument of a command', '{ n: args[0] }', ['`args[0]`']],
    ['a member of something', '{ query: args.query }', ['`args.query`']],
    [
      'what a function of the bot gives that nobody sees',
      '{ text: client.util.parse(message.content) }',
      ['`client.util.parse(message.content)`'],
    ],
    ['a whole object', 'args.settings', ['`args.settings`']],
  ])('is named where nothing is known of it: %s', async (_title, context, what) => {
    expect(saidOf(await siteIn('command.js', command(handing(context))))).toContain(`DC-A3 ${what.join(', ')}`);
  });

  test.each([
    ['an id', '{ id: message.guild.id, target: args.userId }'],
    ['a text', "{ text: args.join(' ') }"],
    ['a fact of a message', '{ text: message.content }'],
    ['what is written', '{ n: 1 + 2, list: [true, null] }'],
    ['a message that is built', "{ embed: new EmbedBuilder().setTitle('Hi').setColor(args.color), row: row.toJSON() }"],
  ])('is not named where that is known: %s', async (_title, context) => {
    const said = saidOf(await siteIn('command.js', command(handing(context))));
    expect(said.filter((one) => one.startsWith('DC-A3'))).toEqual([]);
  });

  test('is not named where the function takes no data', async () => {
    const site = await siteIn('command.js', command(given('(c) => c.ws.ping, { context: args }')));
    expect(saidOf(site)).toEqual(['DC-A1 `client`']);
  });
});

describe('what a function does', () => {
  test.each([
    ['a request to somebody else', "() => fetch('https://example.com')", "`fetch('https://example.com')`"],
    ['a function of a package', "() => require('pm2').reload('web')", "`require('pm2').reload('web')`"],
  ])(
    'is named where nothing of the client leads to it, and it is done once per process: %s',
    async (_title, fn, what) => {
      const site = await siteIn('command.js', command(`await client.shard.broadcastEval(${fn});`));
      expect(site).toMatchObject({ outcome: 'rewritten', message: expect.stringContaining('requestAll.') });
      expect(saidOf(site)).toContain(`DC-A4 ${what}`);
    },
  );

  test.each([
    ['to a channel', "(c) => c.channels.cache.get('1')?.send('hi')"],
    ['to what the bot has', '(c) => c.players.clear()'],
    ['in a log', "() => console.log('hi')"],
  ])('is not named where something does: %s', async (_title, fn) => {
    const said = saidOf(await siteIn('command.js', command(`await client.shard.broadcastEval(${fn});`)));
    expect(said.filter((one) => one.startsWith('DC-A4'))).toEqual([]);
  });
});

test.each([
  ['one of the bot by its id', '(c) => c.players.has("1") && c.players.has("2")', 'DC-A11 `client.players`'],
  ['a user by the id', '(c) => c.users.cache.has("1")', 'DC-A12 `c.users.cache.has("1")`'],
  ['a size that discord.js 11 had', '(c) => c.guilds.size', 'DC-A2 `c.guilds.size`'],
])('%s is named where nothing tells what is meant by it', async (_title, fn, said) => {
  const uses = said.startsWith('DC-A11') ? '.then((all) => all.some(Boolean))' : '';
  const text = `return client.shard.broadcastEval(${fn})${uses};`;
  expect(saidOf(await siteIn('command.js', command(text)))).toContain(said);
});

describe('a number of the bot that is added up', () => {
  const sum = command('return (await client.shard.broadcastEval((c) => c.hits)).reduce((a, b) => a + b, 0);');
  const bot = (counts: string): Files => ({
    ...cjsBot,
    'bot.js': `const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.hits = 0;\n${counts}\nclient.login();\n`,
  });

  test('is named where nothing tells when it is counted', async () => {
    const counts = 'exports.hit = () => { client.hits += 1; };';
    const site = await siteIn('command.js', sum, bot(counts));
    expect(site?.outcome).toBe('rewritten');
    expect(saidOf(site)).toContain('DC-A5 `client.hits`');
  });

  test('is not named where events of the shards count it', async () => {
    const site = await siteIn('command.js', sum, bot("client.on('messageCreate', () => { client.hits += 1; });"));
    expect(site?.outcome).toBe('rewritten');
    expect(saidOf(site).filter((one) => one.startsWith('DC-A5'))).toEqual([]);
  });
});

test.each([
  ['a member', '(c) => c.guilds.cache.map((guild) => guild.name)', '`guild.name`'],
  ['a part of a pattern', '(c) => c.guilds.cache.map(({ ownerId }) => ownerId)', '`ownerId`'],
])('what a guild lacks while Discord has an outage is named: %s', async (_title, fn, what) => {
  expect(saidOf(await siteIn('command.js', command(given(fn))))).toContain(`DC-A6 ${what}`);
});

test.each([
  ['its id', '(c) => c.guilds.cache.map((guild) => guild.id)'],
  ['the name of something else', '(c) => c.channels.cache.map((channel) => channel.name)'],
])('what a guild always has is not: %s', async (_title, fn) => {
  const said = saidOf(await siteIn('command.js', command(given(fn))));
  expect(said.filter((one) => one.startsWith('DC-A6'))).toEqual([]);
});

const asksRow = "const r = await client.shard.broadcastEval((c) => ({ name: c.users.cache.get('1')?.tag }));";

test.each([
  ['the results', 'console.log(r);', '`name`'],
  ['one of them', "client.logger.info('row', r[0]);", '`name`'],
  ['a text of them', 'console.log(inspect(r));', '`name`'],
  ['an object that has them', 'console.log({ r });', '`name`'],
])('a member that a log shows as undefined is named: %s', async (_title, use, what) => {
  expect(saidOf(await siteIn('command.js', command(`${asksRow} ${use}`)))).toContain(`DC-A8 ${what}`);
});

test.each([
  ['a member by its name', 'console.log(r[0].name);'],
  ['JSON', 'console.log(JSON.stringify(r));'],
  ['what carries a note', 'console.log(r); return Object.keys(r[0]);'],
])('no log shows more than before: %s', async (_title, use) => {
  const said = saidOf(await siteIn('command.js', command(`${asksRow} ${use}`)));
  expect(said.filter((one) => one.startsWith('DC-A8'))).toEqual([]);
});

describe('a client', () => {
  const asks = 'client.shard.broadcastEval((c) => c.ws.ping)';

  test('is named where only its name says that it is one', async () => {
    expect(saidOf(await siteIn('command.js', command(`return ${asks};`)))).toEqual(['DC-A1 `client`']);
  });

  test.each([
    [
      'it is built here',
      `const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\n${asks};\n`,
    ],
    [
      'its type is written',
      `/** @param {import('discord.js').Client} client */\nexports.ping = (client) => ${asks};\n`,
    ],
    [
      'a class of the bot is one',
      `const { Client } = require('discord.js');\nclass Bot extends Client {\n  ping() {\n    return this.shard.broadcastEval((c) => c.ws.ping);\n  }\n}\n`,
    ],
  ])('is not named where something proves it: %s', async (_title, text) => {
    expect(saidOf(await siteIn('command.js', text))).toEqual([]);
  });
});

test('what is left rests on nothing', async () => {
  const site = await siteIn('command.js', command('return client.shard.broadcastEval((c) => args.list);'));
  expect(site).toMatchObject({ outcome: 'left' });
  expect(site).not.toHaveProperty('assumptions');
});

test('a call that rests on something is still one without a note', async () => {
  const site = await siteIn('command.js', command(given('(c, { list }) => list.length, { context: { list: args } }')));
  expect(site).toMatchObject({ outcome: 'rewritten', code: null });
  expect(saidOf(site)).toContain('DC-A3 `args`');
});

describe('what the bot counts of its own client', () => {
  const saidAtManager = async (body: string, more: Files = {}) => {
    const cwd = project({ ...cjsBot, 'x.js': command(body), ...more });
    const { sites } = await migrate({ paths: ['.'], cwd });
    return saidOf(sites.find((one) => one.file === 'index.js')).filter((one) => one.startsWith('DC-A7'));
  };

  test.each([
    ['guilds', 'show(client.guilds.cache.size);'],
    ['users', 'show(message.client.users.cache.size);'],
    ['channels', 'const { size } = client.channels.cache; show(size);'],
    ['the ping', 'show(client.ws.ping);'],
    ['a sum over its guilds', 'show(client.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0));'],
    ['guilds of discord.js 11', 'show(client.guilds.size);'],
    ['the names of its guilds', 'show(client.guilds.cache.map((guild) => guild.name));'],
    ['some of its guilds', 'show(client.guilds.cache.filter((guild) => guild.available).size);'],
    ['its shards', 'show(client.ws.shards.size);'],
    [
      'in the data of a broadcast',
      'client.shard.broadcastEval((c, n) => c.emit("n", n), { context: client.guilds.cache.size });',
    ],
    [
      'in a function that a wrapper of broadcasts gets, and others too',
      'const count = (c) => c.guilds.cache.size; show(count(client)); const ask = (on, fn) => on.shard.broadcastEval(fn); ask(client, count);',
    ],
    [
      'in a function that what makes no broadcast gets',
      'const ask = (on, fn) => fn(on); show(ask(client, (c) => client.guilds.cache.size));',
    ],
  ])('is said at the manager: %s', async (_title, body) => {
    expect(await saidAtManager(body)).toEqual(['DC-A7 x.js:2']);
  });

  test('is said once, with all places', async () => {
    const lines = Array.from({ length: 5 }, () => 'show(client.guilds.cache.size);').join('\n');
    expect(await saidAtManager(lines)).toEqual(['DC-A7 x.js:2, x.js:3, x.js:4, x.js:5, x.js:6']);
  });

  test.each([
    ['in the function of a broadcast', 'return client.shard.broadcastEval((c) => c.guilds.cache.size);'],
    [
      'in a function that a wrapper of broadcasts gets',
      'const ask = (on, fn) => on.shard.broadcastEval(fn); return ask(client, (c) => c.guilds.cache.size);',
    ],
    [
      'in a function that a wrapper of broadcasts gets by its name',
      'const ask = (on, fn) => on.shard.broadcastEval(fn); const count = (c) => c.guilds.cache.size; return ask(client, count);',
    ],
    [
      'in functions that a broadcast chooses among',
      'return client.shard.broadcastEval(args[0] ? (c) => c.guilds.cache.size : (c) => c.users.cache.size);',
    ],
    ['in a function for one shard', 'return manager.shards.map((shard) => shard.eval((c) => c.guilds.cache.size));'],
    ['of a guild', 'show(message.guild.members.cache.size, client.guilds.cache.get("1").channels.cache.size);'],
    ['of something that is handed over', 'args.map((guild) => guild.channels.cache.size);'],
    ['of something else', 'show(db.users.cache.size, client.commands.size);'],
    ['by a lookup', 'show(client.guilds.cache.get("1").name);'],
  ])('is not said %s', async (_title, body) => {
    expect(await saidAtManager(body)).toEqual([]);
  });

  test('is not said where a process had several shards all along', async () => {
    const index =
      "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js', { totalShards: 2 }).spawn();\n";
    expect(await saidAtManager('show(client.guilds.cache.size);', { 'index.js': index })).toEqual([]);
  });
});

describe('a spawn of which nothing tells whose it is', () => {
  const started = async (range: string, line: string): Promise<readonly string[]> => {
    const cwd = project({
      'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord.js': range } }),
      'index.js': `const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\nexports.start = (it, n) => {\n  ${line}\n};\n`,
    });
    const { sites } = await migrate({ paths: ['.'], cwd });
    return saidOf(sites.find(({ method }) => method === 'ShardingManager'));
  };

  test('is named where the library took its arguments in an order', async () => {
    expect(await started('^12.5.3', 'it.spawn(n, 5000);')).toEqual(['DC-A9 index.js:4']);
  });

  test.each([
    ['the library takes them by name', '^14.14.1', 'it.spawn(n, 5000);'],
    ['it has none', '^12.5.3', 'it.spawn();'],
    ['they are no numbers', '^12.5.3', "it.spawn('node', ['a.js']);"],
    ['it is that of Node', '^12.5.3', "require('child_process').spawn(n);"],
    ['a note names it', '^12.5.3', 'it.spawn(4, 5000);'],
  ])('is not where %s', async (_why, range, line) => {
    expect(await started(range, line)).toEqual([]);
  });
});

describe('options of a manager that come from elsewhere', () => {
  const managed = async (index: string, more: Files = {}): Promise<readonly string[]> => {
    const cwd = project({
      'package.json': JSON.stringify({
        name: 'bot',
        dependencies: { 'discord.js': '^14.14.1', 'discord-hybrid-sharding': '^2.1.0' },
      }),
      'index.js': `const { ClusterManager } = require('discord-hybrid-sharding');\n${index}\n`,
      'bot.js':
        "const { Client } = require('discord.js');\nconst { ClusterClient } = require('discord-hybrid-sharding');\nconst client = new Client({ intents: [] });\nclient.cluster = new ClusterClient(client);\nclient.login();\n",
      ...more,
    });
    const { sites } = await migrate({ paths: ['.'], cwd });
    return sites.filter(({ file }) => file === 'index.js').flatMap(saidOf);
  };

  test('are named where nothing tells all of them', async () => {
    const options = "new ClusterManager('./bot.js', JSON.parse(require('fs').readFileSync('options.json', 'utf8')));";
    expect(await managed(options)).toEqual(['DC-A10 index.js:2']);
  });

  test.each([
    ['they are written there', "new ClusterManager('./bot.js', { totalShards: 4 });", {}],
    [
      'a note names one of them',
      "new ClusterManager('./bot.js', require('./options'));",
      { 'options.js': 'module.exports = { clusterList: [4] };\n' },
    ],
  ])('are not where %s', async (_why, index, more) => {
    expect(await managed(index, more)).toEqual([]);
  });
});
