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

  test('that is a parameter is left', async () => {
    const { sites } = await rewrite('const ask = (fn) => client.shard.broadcastEval(fn);');
    expect(sites[0]).toMatchObject({ outcome: 'left', code: 'DC-D8' });
  });
});

describe('a function chosen by a condition', () => {
  test('is a name chosen by it, laid out as it was', async () => {
    const { text, sites, handlers } = await rewrite(
      'const pings = (c) => c.ws.ping;\nif (x) {\n  f(await client.shard.broadcastEval(\n    full\n      ? pings\n      : (c) => c.readyAt,\n    { context: { x } },\n  ));\n}',
    );
    expect(sites).toMatchObject([{ outcome: 'rewritten', handler: 'pings, readyAt' }]);
    expect(text).toBe(
      "if (x) {\n  f(await client.cluster.ipc.requestAllShards(full\n    ? 'pings'\n    : 'readyAt').valuesOrThrow());\n}\n",
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
    ['becomes data', call, ', { id })', '(c, { id }) => c.users.cache.get(id),'],
    [
      'joins the data that is there',
      'const g = async (a, b) => f(await client.shard.broadcastEval((c, { a }) => c.x(a, b), { context: { a } }));',
      ', { a, b })',
      '(c, { a, b }) => c.x(a, b),',
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
      '(c, { id }) => c.users.cache.get(id),',
    ],
  ];

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
  ])('stays when it is not plain data: %s', async (body) => {
    expect((await rewrite(body, { fixCaptures: true })).sites[0]).toMatchObject({ outcome: 'left', code: 'DC-C1' });
  });
});
