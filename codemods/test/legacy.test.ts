/** Texts that discord.js 11 and 12 and hybrid-sharding evaluate, before and after `--legacy`. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

async function rewrite(line: string) {
  const root = project({ ...cjsBot, 'x.js': `${line}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true });
  const after = read(root);
  const [site] = sites.filter((one) => one.file === 'x.js');
  return { site, text: after['x.js'] ?? '', handlers: after['cluster-handlers.js'] ?? '' };
}

const quote = '$' + '{id}';

const rewritten: readonly (readonly [title: string, before: string, call: string, handler: string])[] = [
  [
    'an expression',
    "f(await client.shard.broadcastEval('this.guilds.cache.size'));",
    "requestAllShards('guildsCacheSize')",
    'guildsCacheSize: (client) => client.guilds.cache.size,',
  ],
  [
    'an object',
    "f(await client.shard.broadcastEval('({ id: this.shard.id })'));",
    "requestAllShards('x')",
    'x: (client) => ({ id: client.shard.id }),',
  ],
  [
    'a value between quotes',
    `f(await client.shard.broadcastEval(\`this.users.cache.get('${quote}')\`));`,
    "requestAllShards('getUser', { id: String(id) })",
    'getUser: (client, { id }) => client.users.cache.get(id) ?? null,',
  ],
  [
    'a value inside a longer string',
    `f(await client.shard.broadcastEval(\`this.emit('hi ' + 'user ${quote}!')\`));`,
    "requestAllShards('emit', { id: String(id) })",
    `emit: (client, { id }) => client.emit('hi ' + \`user ${quote}!\`),`,
  ],
  [
    'a property name',
    'f(await client.shard.broadcastEval(`this.$' + "{piece.store}.get('x').reload()`));",
    "requestAllShards('x', { store: String(piece.store) })",
    "x: (client, { store }) => client[store].get('x').reload(),",
  ],
  [
    'JSON',
    'f(await client.shard.broadcastEval(`this.patch($' + '{JSON.stringify(row)})`));',
    "requestAllShards('patch', { row })",
    'patch: (client, { row }) => client.patch(row),',
  ],
  [
    'JSON between quotes, which is a string there',
    `f(await client.shard.broadcastEval(\`const embed = JSON.parse('$` +
      `{JSON.stringify(embed)}'); this.emit(embed)\`));`,
    "requestAllShards('emit', { embed2: JSON.stringify(embed) })",
    'const embed = JSON.parse(embed2); return client.emit(embed)',
  ],
  [
    'one value as code and between quotes',
    'f(await client.shard.broadcastEval(`this.emit($' +
      "{JSON.stringify(n)}, '$" +
      "{n}', '$" +
      "{JSON.stringify(n)}')`));",
    "requestAllShards('emit', { n, n2: String(n), n3: JSON.stringify(n) })",
    'emit: (client, { n, n2, n3 }) => client.emit(n, n2, n3),',
  ],
  [
    'a value of a name that the text has elsewhere',
    "f(await client.shard.broadcastEval(`this.users.cache.get('$" +
      "{id}').then((id) => ({ id, prefix: '$" +
      "{prefix}' }))`));",
    "requestAllShards('getUser', { id: String(id), prefix: String(prefix) })",
    'getUser: (client, { id, prefix }) => client.users.cache.get(id).then((id) => ({ id, prefix: prefix })),',
  ],
  [
    'a value where its name means something else',
    "f(await client.shard.broadcastEval(`this.users.cache.map((id) => id === '$" + "{id}')`));",
    "requestAllShards('usersCacheMap', { id2: String(id) })",
    'usersCacheMap: (client, { id2 }) => client.users.cache.map((id) => id === id2),',
  ],
  [
    'a value in a function called at once, that has its name',
    "f(await client.shard.broadcastEval(`(async () => { const id = this.x('$" + "{id}'); return id; })()`));",
    "requestAllShards('x', { id2: String(id) })",
    'x: async (client, { id2 }) => { const id = client.x(id2); return (await id) ?? null; },',
  ],
  [
    'a function called at once',
    "f(await client.shard.broadcastEval('(async () => { return this.uptime; })()'));",
    "requestAllShards('uptime')",
    'uptime: async (client) => { return client.uptime; },',
  ],
  [
    'a sum of strings',
    "f(await client.shard.broadcastEval('this.guilds.cache.has(\"' + guild.id + '\")'));",
    "requestAllShards('hasGuild', { guildId: guild.id })",
    'hasGuild: (client, { guildId }) => client.guilds.cache.has(guildId),',
  ],
  [
    'a function put in as source',
    'function find(id) { return this.emojis.cache.get(id); } f(await client.shard.broadcastEval(`($' +
      "{find}).call(this, '1')`));",
    "requestAllShards('x')",
    "x: (client) => (function find(id) { return this.emojis.cache.get(id) ?? null; }).call(client, '1'),",
  ],
  [
    'a shard by number',
    "f(await client.shard.broadcastEval('this.uptime', 0));",
    "requestToShard(0, 'uptime')",
    'uptime: (client) => client.uptime,',
  ],
];

test.each(rewritten)('%s becomes a handler', async (_title, before, call, handler) => {
  const { site, text, handlers } = await rewrite(before);
  expect(site?.outcome).not.toBe('left');
  expect(text).toContain(call);
  expect(handlers).toContain(handler);
});

test('the value of the last statement is returned, branch by branch', async () => {
  const body = 'const c = this.channels.cache.get("1"); if (c) { c.send("x"); true; } else false;';
  const { handlers } = await rewrite(`f(await client.shard.broadcastEval('${body}'));`);
  expect(handlers).toContain('if (c) { c.send("x"); return true; } else return false;');
});

test('a text that skips the process it comes from runs once per process', async () => {
  const own = '$' + '{client.options.shards}';
  const line = `client.shard.broadcastEval(\`if (String(this.options.shards) !== '${own}') this.reload()\`);`;
  const { text } = await rewrite(line);
  expect(text).toContain("client.cluster.ipc.requestAll('reload', { shards: String(client.options.shards) })");
});

test('a part that names a property carries a note', async () => {
  const { site } = await rewrite('f(await client.shard.broadcastEval(`this.$' + '{a.b}.size`));');
  expect(site).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-L1' });
});

const left: readonly (readonly [code: string, line: string])[] = [
  ['DC-D7', 'f(client.shard.broadcastEval(`this.$' + '{a} + $' + '{b}`));'],
  ['DC-D7', "f(client.shard.broadcastEval('let = ;'));"],
  ['DC-D7', "f(await client.shard.broadcastEval('for (const g of this.guilds.cache.values()) g.id;'));"],
  ['DC-D7', "f(await client.shard.broadcastEval('this.guilds.cache.size; var seen = 1'));"],
  ['DC-C5', 'f(client.shard.broadcastEval(\'require("./storage").x\'));'],
  ['DC-C4', "f(client.shard.broadcastEval('storage.x'));"],
  ['DC-E2', "f(client.shard.broadcastEval('process.exit()'));"],
  ['DC-D4', "f(client.shard.broadcastEval('eval(this.code)'));"],
  ['DC-T1', "f(client.shard.broadcastEval('this.client.guilds.cache.size'));"],
];

test.each(left)('%s leaves the text byte for byte', async (code, line) => {
  const { site, text } = await rewrite(line);
  expect(site).toMatchObject({ outcome: 'left', code });
  expect(text).toBe(`${line}\n`);
});

describe('discord-hybrid-sharding', () => {
  const bot = {
    'package.json': JSON.stringify({
      name: 'bot',
      dependencies: { 'discord.js': '14', 'discord-hybrid-sharding': '2' },
    }),
    'index.js':
      "const { ClusterManager } = require('discord-hybrid-sharding');\nnew ClusterManager('./bot.js', { totalShards: 2 }).spawn();\n",
    'bot.js':
      "const { ClusterClient } = require('discord-hybrid-sharding');\nclient.cluster = new ClusterClient(client);\n",
  };

  const calls: readonly (readonly [before: string, after: string])[] = [
    [
      'f(await client.cluster.broadcastEval((c) => c.ws.ping));',
      "f(await client.cluster.ipc.requestAll('wsPing').valuesOrThrow());",
    ],
    [
      "f(await client.cluster.broadcastEval('this.ws.ping'));",
      "f(await client.cluster.ipc.requestAll('wsPing').valuesOrThrow());",
    ],
    [
      'f(await client.cluster.broadcastEval((c) => c.ws.ping, { cluster: 0 }));',
      "f(await client.cluster.ipc.requestTo(0, 'wsPing').then((value) => [value]));",
    ],
    [
      'await client.cluster.broadcastEval((c) => c.ws.ping, { cluster: 0 });',
      "await client.cluster.ipc.requestTo(0, 'wsPing');",
    ],
    [
      'f(await client.cluster.broadcastEval((c) => c.ws.ping, { cluster: null }));',
      "f(await client.cluster.ipc.requestAll('wsPing').valuesOrThrow());",
    ],
    [
      'f(await client.cluster.broadcastEval((c, { a }) => a, { guildId: g, context: { a }, timeout: 5000 }));',
      "f(await client.cluster.ipc.requestToGuild(g, 'x', { a }, 5000).then((value) => [value]));",
    ],
  ];

  test.each(calls)('%s', async (before, after) => {
    const root = project({ ...bot, 'x.js': `${before}\n` });
    const { summary } = await migrate({ paths: ['.'], cwd: root, legacy: true });
    expect(read(root)['x.js']).toBe(`${after}\n`);
    expect(summary).toMatchObject({ found: 3, left: 0 });
  });

  test.each([
    [
      "the library's class",
      'class Bot extends Client { cluster = new Hybrid.Client(this); f() { return this.X; } }',
      true,
    ],
    [
      'a class over it',
      'class Own extends Hybrid.ClusterClient {}\nclass Bot extends Client { cluster = new Own(this); f() { return this.X; } }',
      true,
    ],
    [
      'a class of another library',
      'class Bot extends Client { cluster = new Raft(this); f() { return this.X; } }',
      false,
    ],
  ])('a field that is set to %s is judged by that', async (_title, line, known) => {
    const head = "const Hybrid = require('discord-hybrid-sharding');\n";
    const root = project({ ...bot, 'x.js': head + line.replace('X', 'cluster.broadcastEval((c) => c.ws.ping)') });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['x.js']?.includes("this.cluster.ipc.requestAll('wsPing').valuesOrThrow()")).toBe(known);
  });

  test('the imports are swapped and the manager is wired', async () => {
    const root = project({ ...bot, 'x.js': `${calls[0]?.[0]}\n` });
    await migrate({ paths: ['.'], cwd: root });
    const after = read(root);
    expect(after['bot.js']).toContain("require('shardlift/compat/hybrid')");
    expect(after['index.js']).toContain("{ totalShards: 2, hybrid: { handlers: './cluster-handlers.js' } }");
    expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  });

  test.each([
    ['DC-D9', 'f(client.cluster.broadcastEval(`this.guilds.cache.size`));'],
    ['DC-R9', 'f(client.cluster.broadcastEval((c) => c.ws.ping, { cluster: [0, 1] }));'],
  ])('%s says what the library does, not what discord.js does', async (code, line) => {
    const root = project({ ...bot, 'x.js': `${line}\n` });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find((site) => site.file === 'x.js')).toMatchObject({ outcome: 'left', code });
  });

  test('--core says once, where the manager is built, that it stays', async () => {
    const { sites } = await migrate({ paths: ['.'], cwd: project(bot), core: true });
    expect(sites.map(({ file, code }) => [file, code])).toEqual([
      ['bot.js', null],
      ['index.js', 'DC-M10'],
    ]);
  });

  test('a cluster of a package without it is nobody we know', async () => {
    const root = project({ ...cjsBot, 'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n' });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find((site) => site.file === 'x.js')).toMatchObject({ outcome: 'left', code: 'DC-S6' });
  });
});

test.each([
  ['this.music.size', 'DC-P2'],
  ['this.ping', null],
  ['this.voiceConnections.size', null],
])('a sum of %s of each client: %s', async (text, code) => {
  const { site } = await rewrite(
    `client.shard.broadcastEval('${text}').then((all) => f(all.reduce((a, b) => a + b, 0)));`,
  );
  expect(site?.code).toBe(code);
});

describe('the code of an eval command', () => {
  const run = async (code: string, version: string) => {
    const manifest = JSON.stringify({ name: 'bot', dependencies: { 'discord.js': version } });
    const text = `exports.run = async (client, it, args) => {\n${code}\n};\n`;
    const cwd = project({ ...cjsBot, 'package.json': manifest, 'x.js': text });
    const { sites } = await migrate({ paths: ['.'], cwd, legacy: true });
    return sites.find((one) => one.file === 'x.js')?.code;
  };

  test.each([
    ["const code = args.join(' ');\nreturn client.shard.broadcastEval(code);", '^12.5.3', 'DC-D4'],
    ["return client.shard.broadcastEval(args.join(' '));", '^11.6.0', 'DC-D4'],
    ["const code = it.options.getString('code');\nreturn client.shard.broadcastEval(code);", '^12.5.3', 'DC-D4'],
    ["const code = args.join(' ');\nreturn client.shard.broadcastEval(code);", '^14.0.0', 'DC-D1'],
    ['const job = jobs[args[0]];\nreturn client.shard.broadcastEval(job);', '^12.5.3', 'DC-D1'],
  ])('is text that is run: %s with discord.js %s', async (code, version, said) => {
    expect(await run(code, version)).toBe(said);
  });
});

describe('a path that is code, without --legacy', () => {
  const asking = async (path: string) => {
    const root = project({ ...cjsBot, 'x.js': `f(await client.shard.fetchClientValues(${path}));\n` });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    return sites.find(({ file }) => file === 'x.js');
  };

  test.each([["'guilds.cache.reduce((p, n) => p + n.memberCount, 0)'"], ["'guilds.cache.get(1)'"]])(
    'names the option where that rewrites it: %s',
    async (path) => {
      expect(await asking(path)).toMatchObject({
        code: 'DC-D5',
        message: expect.stringMatching(/It is code: run dc-migrate with --legacy to turn it into a handler\.$/),
      });
      const { site } = await rewrite(`f(await client.shard.fetchClientValues(${path}));`);
      expect(site?.outcome).not.toBe('left');
    },
  );

  test.each([["'guilds.cache.get('"], ["'users.cache.map((u) => eval(u.x))'"], ['path']])(
    'says nothing of it where that leaves it: %s',
    async (path) => {
      expect((await asking(path))?.message).toContain('Write one handler per path');
      const { site } = await rewrite(`f(await client.shard.fetchClientValues(${path}));`);
      expect(site?.outcome).toBe('left');
    },
  );
});
