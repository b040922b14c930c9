/** Broadcasts inside the function of another: they become requests of its handler. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function rewrite(body: string, options: { readonly fixCaptures?: boolean } = {}) {
  const root = project({ ...cjsBot, 'x.js': `${body}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...options });
  const after = read(root);
  return {
    sites: sites.filter((one) => one.file === 'x.js'),
    text: after['x.js'],
    handlers: after['cluster-handlers.js'],
  };
}

test('the inner call is a request inside the outer handler', async () => {
  const { sites, text, handlers } = await rewrite(
    "client.shard.broadcastEval(async (c, { id }) => {\n  const all = await c.shard.fetchClientValues('guilds.cache.size');\n  c.channels.cache.get(id)?.send(String(all.reduce((a, b) => a + b, 0)));\n}, { context: { id } });",
  );
  expect(sites.map((one) => one.outcome)).toEqual(['rewritten', 'rewritten']);
  expect(text).toBe("client.cluster.ipc.requestAllShards('channelSend', { id }).valuesOrThrow();\n");
  expect(handlers).toContain('  guildsCacheSize: (client) => client.guilds.cache.size,\n');
  expect(handlers).toContain(
    "  channelSend: async (c, { id }) => {\n    const all = await c.cluster.ipc.requestAll('guildsCacheSize').valuesOrThrow();\n",
  );
});

test('its data is made in the outer handler', async () => {
  const { handlers } = await rewrite(
    'f(await client.shard.broadcastEval((c, { id }) => c.shard.broadcastEval((d, x) => d.users.cache.has(x), { context: id }), { context: { id } }));',
  );
  expect(handlers).toContain("(c, { id }) => c.cluster.ipc.requestAllShards('hasUser', id).valuesOrThrow(),");
});

test('three levels ask one another', async () => {
  const { sites, handlers } = await rewrite(
    'f(await client.shard.broadcastEval((c) => c.shard.broadcastEval((d) => d.shard.broadcastEval((e) => e.ws.ping))));',
  );
  expect(sites.map((one) => one.outcome)).toEqual(['rewritten', 'rewritten', 'rewritten']);
  expect(handlers).not.toContain('broadcastEval');
  expect(handlers).not.toContain('handler:');
});

test.each([
  [
    'the inner one captures',
    'f(client.shard.broadcastEval((c, { id }) => c.shard.broadcastEval((d) => d.users.cache.get(id)), { context }));',
  ],
  [
    'the outer one captures',
    'const id = 1; f(client.shard.broadcastEval((c) => [id, c.shard.broadcastEval((d) => d.ws.ping)]));',
  ],
  ['the inner one is no function', 'f(client.shard.broadcastEval((c) => c.shard.broadcastEval(choose())));'],
  [
    'the inner one stands in the context',
    "f(client.shard.broadcastEval((c, n) => n, { context: client.shard.fetchClientValues('ws.ping') }));",
  ],
])('both stay when %s', async (_title, body) => {
  const { sites, text, handlers } = await rewrite(body);
  expect(text).toBe(`${body}\n`);
  expect(handlers).toBeUndefined();
  expect(sites.every((one) => one.outcome === 'left')).toBe(true);
  expect(sites.some((one) => one.code === 'DC-W4')).toBe(true);
});

test.each([
  [
    'the inner one captures',
    'f(client.shard.broadcastEval((c, { id }) =>\n c.shard.broadcastEval((d) => d.users.cache.get(id)), { context }));',
    ['DC-W4', 'DC-C1'],
    2,
  ],
  [
    'the outer one captures',
    'const id = 1;\nf(client.shard.broadcastEval(async (c) => [id,\n await c.shard.broadcastEval((d) => d.ws.ping)]));',
    ['DC-C1', 'DC-W4'],
    2,
  ],
  [
    'the inner one is no function',
    'f(client.shard.broadcastEval((c) =>\n c.shard.broadcastEval(choose())));',
    ['DC-W4', 'DC-D1'],
    2,
  ],
  [
    'the outer one has no place in the handlers file',
    "const bot = require('./bot');\nf(client.shard.broadcastEval(async (c) => [bot.x,\n await c.shard.broadcastEval((d) => d.ws.ping)]));",
    ['DC-C6', 'DC-W4'],
    2,
  ],
  [
    'the inner one has no place in the handlers file',
    "const bot = require('./bot');\nf(client.shard.broadcastEval((c) =>\n c.shard.broadcastEval((d) => [bot.x, d.ws.ping])));",
    ['DC-W4', 'DC-C6'],
    3,
  ],
])('each says what it is left for when %s', async (_title, body, codes, line) => {
  const { sites } = await rewrite(body);
  expect(sites.map(({ code }) => code)).toEqual(codes);
  const [own] = codes.filter((code) => code !== 'DC-W4');
  expect(sites.find(({ code }) => code === 'DC-W4')?.message).toMatch(
    `One broadcast runs inside another, and the one at line ${line} is left (${own}), so this one is as well. Split it`,
  );
});

test('in TypeScript the outer handler says what it returns', async () => {
  const root = project({
    ...tsBot,
    'src/x.ts':
      "import type { Client } from 'discord.js';\nexport const f = (client: Client) =>\n  client.shard!.broadcastEval(async (c) => {\n    const all = await c.shard!.broadcastEval((d) => d.guilds.cache.size);\n    return all.length;\n  });\n",
  });
  const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.filter((one) => one.file === 'src/x.ts').map((one) => one.outcome)).toEqual(['rewritten', 'rewritten']);
  expect(summary.verified).toBe(true);
  expect(read(root)['src/cluster-handlers.ts']).toContain('async (c): Promise<number> => {');
});

test.each([
  [
    'one that a condition chooses',
    'exports.a = (client, x) => client.shard.broadcastEval(x ? OUTER : (c) => c.ws.ping);\n',
  ],
  [
    'one that a caller hands over',
    'const ask = (client, fn) => client.shard.broadcastEval(fn);\nexports.a = (client) => ask(client, OUTER);\n',
  ],
])('a broadcast in %s', async (_title, text) => {
  const outer = 'async (c) => (await c.shard.broadcastEval((d) => d.guilds.cache.size)).length';
  const root = project({ ...cjsBot, 'x.js': text.replace('OUTER', outer) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter((one) => one.file === 'x.js').map((one) => one.outcome)).toEqual(['rewritten', 'rewritten']);
  const handlers = read(root)['cluster-handlers.js'];
  expect(handlers).toContain("(await c.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow()).length");
  expect(handlers).not.toContain('handler:');
});
