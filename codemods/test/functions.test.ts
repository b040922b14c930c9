/** Functions that are passed by name, that use `this`, and that capture variables. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

async function rewrite(body: string, options: { readonly fixCaptures?: boolean } = {}) {
  const root = project({ ...cjsBot, 'x.js': `${body}\n`, 'other.js': 'exports.stats = (c) => c.ws.ping;\n' });
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...options });
  const after = read(root);
  return {
    sites: sites.filter((one) => one.file === 'x.js'),
    text: after['x.js'],
    handlers: after['cluster-handlers.js'],
  };
}

describe('a function by name', () => {
  test('moves, and its declaration goes when nothing else uses it', async () => {
    const { text, handlers } = await rewrite(
      'const ping = (c) => c.ws.ping;\nf(await client.shard.broadcastEval(ping));\ng(await client.shard.broadcastEval(ping));',
    );
    expect(text).toBe(
      "f(await client.cluster.ipc.requestAllShards('ping').valuesOrThrow());\ng(await client.cluster.ipc.requestAllShards('ping').valuesOrThrow());\n",
    );
    expect(handlers).toContain('ping: (c) => c.ws.ping,');
  });

  test('is copied when something else uses it', async () => {
    const { text, handlers } = await rewrite(
      'function ping(c) { return c.ws.ping; }\nping(client);\nf(await client.shard.broadcastEval(ping));',
    );
    expect(text).toContain('function ping(c) { return c.ws.ping; }\nping(client);\n');
    expect(handlers).toContain('function ping(c) { return c.ws.ping; },');
  });

  test('of another file is imported and noted', async () => {
    const { sites, handlers } = await rewrite(
      "const { stats } = require('./other');\nf(await client.shard.broadcastEval(stats));",
    );
    expect(sites[0]).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-I4', handler: 'stats' });
    expect(handlers).toContain("const { stats } = require('./other')");
    expect(handlers).toContain('stats: (...given) => stats(...given),');
  });

  test.each([
    [
      'q = [1]\nconst look = (c) => c.ws.ping;\n[1].forEach(q)\nclient.shard.broadcastEval(look)',
      "q = [1]\n;[1].forEach(q)\nclient.cluster.ipc.requestAllShards('look').valuesOrThrow()\n",
    ],
    [
      'const look = (c) => c.ws.ping\n;[1].forEach(q)\nclient.shard.broadcastEval(look)',
      ";[1].forEach(q)\nclient.cluster.ipc.requestAllShards('look').valuesOrThrow()\n",
    ],
  ])('goes and keeps the lines around it apart: %j', async (body, after) => {
    expect((await rewrite(body)).text).toBe(after);
  });

  test('takes its comments along, and leaves those of its neighbours', async () => {
    const body =
      '// All of it is under MIT licence.\n/**\n * Looks it up.\n */\nconst look = (c) => c.ws.ping; // hot path\n\n/** Next. */\nconst next = 1;\nclient.shard.broadcastEval(look).then(f);';
    const { text, handlers } = await rewrite(body);
    expect(text).toBe(
      "// All of it is under MIT licence.\n\n/** Next. */\nconst next = 1;\nclient.cluster.ipc.requestAllShards('look').valuesOrThrow().then(f);\n",
    );
    expect(handlers).toContain('  /**\n   * Looks it up.\n   */\n  // hot path\n  look: (c) => c.ws.ping,\n');
  });

  const doc = (types: string): string =>
    `const { Client } = require('discord.js');\nconst d = require('discord.js');\nf(client.shard.broadcastEval(\n  /**\n   * Counts.\n   * ${types}\n   */\n  (c, { min }) => c.x(min),\n  { context: { min: 5 } },\n));`;

  test.each([
    ['@param {Client<true>} c', "@param {import('discord.js').Client<true>} c"],
    ['@param {d.Client<true>} c', "@param {import('discord.js').Client<true>} c"],
    ['@param {Map<string, number>} c', '@param {Map<string, number>} c'],
  ])('written in the call takes its JSDoc along: %s', async (types, moved) => {
    const { text, handlers } = await rewrite(doc(types));
    expect(text).toContain("requestAllShards('x', { min: 5 })");
    expect(handlers).toContain(`  /**\n   * Counts.\n   * ${moved}\n   */\n  x: (c, { min }) => c.x(min),\n`);
  });

  test.each(['/** @typedef {number} Own */\n', "/** @typedef {import('./other').Own} Own */\n"])(
    'leaves a JSDoc whose types are of its own file at the call: %s',
    async (head) => {
      const { text, handlers } = await rewrite(head + doc('@param {Own} c'));
      expect(text).toContain('@param {Own} c');
      expect(handlers).not.toContain('Own');
    },
  );

  test('leaves a JSDoc with an import from beside it at the call', async () => {
    const { text } = await rewrite(doc("@param {import('./other').Own} c"));
    expect(text).toContain("@param {import('./other').Own} c");
  });

  test('that is a parameter is left', async () => {
    const { sites } = await rewrite('const ask = (fn) => client.shard.broadcastEval(fn);');
    expect(sites[0]).toMatchObject({ outcome: 'left', code: 'DC-D8' });
  });
});

describe('a function chosen by a condition', () => {
  test('is a name chosen by it, laid out as it was', async () => {
    const { text, sites, handlers } = await rewrite(
      'const pings = (c) => c.ws.ping;\nif (x) {\n  f(await client.shard.broadcastEval(\n    full\n      ? pings\n      : (c) => c.readyTimestamp,\n    { context: { x } },\n  ));\n}',
    );
    expect(sites).toMatchObject([{ outcome: 'rewritten', handler: 'pings, readyTimestamp' }]);
    expect(text).toBe(
      "if (x) {\n  f(await client.cluster.ipc.requestAllShards(full\n    ? 'pings'\n    : 'readyTimestamp').valuesOrThrow());\n}\n",
    );
    expect(handlers).toContain('  pings: (c) => c.ws.ping,\n');
  });

  test('may be one of three, and one that captures leaves them all', async () => {
    const three = await rewrite('f(client.shard.broadcastEval(a ? (c) => 1 : b ? (c) => 2 : (c) => c.ws.ping));');
    expect(three.text).toBe("f(client.cluster.ipc.requestAllShards(a ? 'x' : b ? 'x2' : 'wsPing').valuesOrThrow());\n");
    const { sites } = await rewrite(
      'const id = 1; f(client.shard.broadcastEval(a ? (c) => 1 : (c) => c.users.cache.get(id)));',
    );
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-C1' }]);
  });
});

describe('a receiver in JavaScript', () => {
  const proven: readonly (readonly [title: string, body: string, call: string])[] = [
    [
      'a JSDoc type',
      '/** @param {ShardClientUtil} util */\nfunction f(util) { return util.broadcastEval((c) => c.ws.ping); }',
      'util.client.cluster.ipc.requestAllShards(',
    ],
    [
      'what every caller in the file hands over',
      'function f(util) { return util.broadcastEval((c) => c.ws.ping); }\nf(client.shard);',
      'util.client.cluster.ipc.requestAllShards(',
    ],
    [
      'a variable that holds client.shard',
      'function f(client) { const util = client.shard; return util.broadcastEval((c) => c.ws.ping); }',
      'client.cluster.ipc.requestAllShards(',
    ],
  ];

  test.each(proven)('is proven by %s', async (_title, body, call) => {
    expect((await rewrite(body)).text).toContain(call);
  });

  test('of two kinds does not call the line above it', async () => {
    const call = "target.broadcastEval((c) => c.emit('debug', 'x'))";
    const body = `/** @param {ShardingManager | ShardClientUtil} target */\nfunction f(target) {\n  const q = [1]\n  ${call}\n  if (q) ${call}\n}`;
    const asked = "('ipc' in target ? target : target.client.cluster).ipc.requestAll('emitDebug').valuesOrThrow()";
    expect((await rewrite(body)).text).toContain(`  const q = [1]\n  ;${asked}\n  if (q) ${asked}\n`);
  });

  test('is not proven by a caller that hands over something else', async () => {
    const body = 'function f(util) { return util.broadcastEval((c) => c.ws.ping); }\nf(client.shard); f(radio);';
    expect((await rewrite(body)).sites[0]).toMatchObject({ outcome: 'left', code: 'DC-S3' });
  });
});

describe('this', () => {
  test('in an arrow function is the client', async () => {
    const { handlers } = await rewrite('f(await client.shard.broadcastEval(() => this.ws.ping));');
    expect(handlers).toContain(': (client) => client.ws.ping,');
  });

  test('in a class that has a member of that name is left', async () => {
    const body = 'class A { stats() {} f() { return client.shard.broadcastEval(() => this.stats()); } }';
    expect((await rewrite(body)).sites[0]).toMatchObject({ outcome: 'left', code: 'DC-T1' });
  });
});

describe('a captured variable', () => {
  const call = 'const g = async (id) => f(await client.shard.broadcastEval((c) => c.users.cache.get(id)));';

  test('is a reason to leave the call', async () => {
    const { sites, text } = await rewrite(call);
    expect(sites[0]).toMatchObject({ outcome: 'left', code: 'DC-C1' });
    expect(text).toBe(`${call}\n`);
  });

  const fixed: readonly (readonly [title: string, before: string, data: string, handler: string])[] = [
    ['becomes data', call, ', { id })', '(c, { id }) => c.users.cache.get(id) ?? null,'],
    [
      'joins the data that is there',
      'const g = async (a, b) => f(await client.shard.broadcastEval((c, { a }) => c.x(a, b), { context: { a } }));',
      ', { a, b })',
      '(c, { a, b }) => c.x(a, b),',
    ],
    [
      'stands before the rest of the data',
      'const g = async (a, b) => f(await client.shard.broadcastEval((c, { a, ...rest }) => c.x(a, b, rest), { context: { a } }));',
      ', { a, b })',
      '(c, { a, b, ...rest }) => c.x(a, b, rest),',
    ],
    [
      'that is the client is the far one',
      'const g = async (client) => f(await client.shard.broadcastEval((c) => client.ws.ping));',
      ')',
      '(c) => c.ws.ping,',
    ],
    [
      'meets a parameter without parentheses',
      'const g = async (id) => f(await client.shard.broadcastEval(c => c.users.cache.get(id)));',
      ', { id })',
      '(c, { id }) => c.users.cache.get(id) ?? null,',
    ],
    [
      'that is compared is data',
      'const g = async (limit) => f(await client.shard.broadcastEval((c) => limit < c.guilds.cache.size));',
      ', { limit })',
      '(c, { limit }) => limit < c.guilds.cache.size,',
    ],
    [
      'that is a text or a list is data with its methods',
      "const ids = ['1'];\nconst g = async (name) => f(await client.shard.broadcastEval((c) => ids.some((id) => c.x(id, name.toLowerCase()))));",
      ', { ids, name })',
      '(c, { ids, name }) => ids.some((id) => c.x(id, name.toLowerCase())),',
    ],
    [
      'that is an object gives the values that are read',
      'const g = async (interaction) => f(await client.shard.broadcastEval((c) => c.x(interaction.channelId, interaction.user.id, interaction.channelId)));',
      ', { channelId: interaction.channelId, userId: interaction.user.id })',
      '(c, { channelId, userId }) => c.x(channelId, userId, channelId),',
    ],
    [
      'that is named after an object, and read as its id, is data',
      'const g = async (guild) => f(await client.shard.broadcastEval((c) => c.guilds.cache.get(guild) ?? `$' +
        '{guild}`));',
      ', { guild })',
      '(c, { guild }) => c.guilds.cache.get(guild) ?? `$' + '{guild}`,',
    ],
    [
      'that the context holds already is taken from it',
      'const g = async (a, id) => f(await client.shard.broadcastEval((c, { a }) => c.x(a, id), { context: { a, id } }));',
      ', { a, id })',
      '(c, { a, id }) => c.x(a, id),',
    ],
    [
      'gives a value under a name that is free',
      'const g = async (message) => f(await client.shard.broadcastEval((c) => c.x.map((content) => content === message.content)));',
      ', { content2: message.content })',
      '(c, { content2 }) => c.x.map((content) => content === content2),',
    ],
  ];

  test('is written into the JSDoc of the data', async () => {
    const body =
      'const g = (id) => client.shard.broadcastEval((c, { a, ...rest }) => [id, a, rest], { context: { a: 1, b: 2 } });';
    const { handlers } = await rewrite(body, { fixCaptures: true });
    expect(handlers).toContain('@param {{ a: number, b: number, id: any }} data\n');
  });

  test.each(fixed)('%s with fixCaptures', async (_title, before, data, handler) => {
    const { sites, text, handlers } = await rewrite(before, { fixCaptures: true });
    expect(sites[0]).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-C7' });
    expect(text).toContain(`'${data}.valuesOrThrow()`);
    expect(handlers).toContain(handler);
  });

  test.each([
    'let n = 0; f(client.shard.broadcastEval((c) => { n = c.ws.ping; }));',
    'let n = 0; f(client.shard.broadcastEval((c) => n++));',
    'const h = () => 1; f(client.shard.broadcastEval((c) => h(c)));',
    'class K {} f(client.shard.broadcastEval((c) => new K(c)));',
    'const g = (id) => client.shard.broadcastEval((c, data) => [data, id], { context: other });',
    'const g = (id) => client.shard.broadcastEval((...all) => [all, id]);',
    'const found = []; f(client.shard.broadcastEval((c) => { found.push(...c.guilds.cache.map((g) => g.name)); }));',
    "let total = 0; f(client.shard.broadcastEval((c) => { c.emit('x', total); total += c.guilds.cache.size; }));",
    'let last; f(client.shard.broadcastEval((c) => { for (last of c.x()); }));',
    'const cache = {}; f(client.shard.broadcastEval((c) => { [cache.y] = c.x(); }));',
    'const cache = {}; f(client.shard.broadcastEval((c) => { ({ a: cache.y } = c.x()); }));',
    'const cache = {}; f(client.shard.broadcastEval((c) => { cache[c.id] = c.x(); }));',
    'const cache = {}; f(client.shard.broadcastEval((c) => delete cache.x));',
    'const cache = {}; f(client.shard.broadcastEval((c) => Object.assign(cache, c.x())));',
    "const g = (db) => client.shard.broadcastEval((c) => db.query('x'));",
    "const g = (message) => client.shard.broadcastEval((c) => message.reply('x'));",
    "const g = (message) => client.shard.broadcastEval((c) => c.emit('x', message));",
    "const g = (message) => client.shard.broadcastEval((c) => c.emit('x', message.author));",
    "const g = async () => { const x = await client.users.fetch('1'); return client.shard.broadcastEval((c) => c.emit('x', x)); };",
    'const g = (id) => client.shard.broadcastEval((c, { id: a, ...rest }) => [a, id, rest], { context: { id: 1 } });',
    'const id = 1; const look = (c) => c.x(id); const g = (id) => client.shard.broadcastEval(look);',
  ])('stays when it is not plain data: %s', async (body) => {
    expect((await rewrite(body, { fixCaptures: true })).sites[0]).toMatchObject({ outcome: 'left', code: 'DC-C1' });
  });

  test.each([
    [
      'const g = (ids) => client.shard.broadcastEval((c) => ids.map((id) => c.users.cache.has(id)));',
      'calls it or a method of it',
    ],
    ['const g = (id) => client.shard.broadcastEval((c, data) => [data, id], { context: other });', 'not written out'],
    ['const g = (id) => client.shard.broadcastEval((...all) => [all, id]);', 'no place for it'],
    ['const ask = (fn) => client.shard.broadcastEval(fn); const id = 1; ask((c) => c.x(id));', 'one of several'],
    [
      'const g = (id) => client.shard.broadcastEval((c, x) => [x.id, id], { context: { id } });',
      'the call hands it over already, so write `x\\.id`',
    ],
    [
      'const g = (id, to) => client.shard.broadcastEval((c, x) => [x.n, id, to], { context: { n: id, to } });',
      'the call hands them over already, so write `x\\.n`, `x\\.to`',
    ],
    ['const g = (id) => client.shard.broadcastEval((c, x) => [x.n, id], { context: { n: 1 } });', 'no place for it'],
  ])('that stays says why: %s', async (body, why) => {
    const { sites } = await rewrite(body, { fixCaptures: true });
    expect(sites[0]?.message).toMatch(new RegExp(`where it can be done, but not here: .*${why}.*\\.$`));
  });

  test('that stays names the option that may pass it', async () => {
    const { sites } = await rewrite('const g = (id) => client.shard.broadcastEval((c) => c.x(id));');
    expect(sites[0]?.message).toMatch(/dc-migrate --fix-captures does that itself where it can be done\.$/);
  });
});
