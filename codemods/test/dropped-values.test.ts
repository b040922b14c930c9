/** What a rewritten call does not say any more may have done something by itself: then the call stays. */
import { beforeAll, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

vi.setConfig({ hookTimeout: 60_000 });

/** The body of a function of `client`, `next` and `id`. */
const rows: readonly (readonly [title: string, body: string, becomes: string])[] = [
  ['a third argument', "client.shard.fetchClientValues('a.b', 0, next())", 'DC-R3'],
  ['a third argument of all', "client.shard.fetchClientValues('a.b', undefined, next())", 'DC-R3'],
  ['a third argument of a function', 'client.shard.broadcastEval((c) => c.ws.ping, {}, next())', 'DC-R3'],
  ['a third argument that is set', 'client.shard.broadcastEval((c) => c.ws.ping, {}, id = 1)', 'DC-R3'],
  ['a third argument that does nothing', "client.shard.fetchClientValues('a.b', 0, id)", 'rewritten'],
  ['a fourth one', "client.shard.fetchClientValues('a.b', 0, id, next())", 'DC-R3'],
  ['a third argument of a text', 'client.shard.broadcastEval(`this.ws.ping`, 0, next())', 'DC-R3'],
  ['the context of a text', 'client.shard.broadcastEval(`this.ws.ping`, { context: next() })', 'DC-R3'],
  ['the calm context of a text', 'client.shard.broadcastEval(`this.ws.ping`, { context: { id } })', 'rewritten'],
  [
    'an option that is written twice',
    'client.shard.broadcastEval((c, x) => x, { context: next(), context: 1 })',
    'DC-R3',
  ],
  ['a shard that is written twice', 'client.shard.broadcastEval((c) => 1, { shard: next(), shard: 0 })', 'DC-R3'],
  ['a shard that is taken back', 'client.shard.broadcastEval((c) => 1, { shard: 0, shard: undefined })', 'DC-R3'],
  [
    'a context that is counted with the shard',
    'client.shard.broadcastEval((c, x) => x, { context: id++, shard: id++ })',
    'DC-R3',
  ],
  [
    'a context that counts in a name of its own',
    'client.shard.broadcastEval((c, x) => x, { context: { i: id.map((x) => { let n = 0; n += 1; n++; return n + x; }) }, shard: 0 })',
    'rewritten',
  ],
  [
    'a context that counts in a name of others',
    'client.shard.broadcastEval((c, x) => x, { context: { i: [1].map((x) => { id += 1; return x; }) }, shard: id })',
    'DC-R3',
  ],
  [
    'a context that counts in what a name of its own holds',
    'client.shard.broadcastEval((c, x) => x, { context: { i: [1].map((x) => { const o = message; o.n += 1; return x; }) }, shard: message.n })',
    'DC-R3',
  ],
  ['a context that is counted alone', 'client.shard.broadcastEval((c, x) => x, { context: id++ })', 'rewritten'],
  ['a context that nothing reads', 'client.shard.broadcastEval((c) => 1, { context: next() })', 'rewritten'],
];

let all: Awaited<ReturnType<typeof migrated>> = [];
async function migrated(bodies: readonly string[], options: { readonly idioms?: boolean } = {}) {
  const path = (i: number): string => `x${i}.js`;
  const files = bodies.map((body, i) => [path(i), `exports.f = async (client, next, id, message) => { ${body}; };\n`]);
  const root = project({
    ...cjsBot,
    'package.json': '{"dependencies":{"discord.js":"^12.5.3"}}',
    ...Object.fromEntries(files),
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy: true, ...options });
  const texts = read(root);
  return bodies.map((_, i) => {
    const site = sites.find(({ file }) => file === path(i));
    return { becomes: site?.outcome === 'left' ? site.code : 'rewritten', text: texts[path(i)] ?? '' };
  });
}

beforeAll(async () => {
  all = await migrated(rows.map(([, body]) => `return ${body}`));
});

test.each(rows.map(([title, body, becomes], i) => [title, becomes, body, i] as const))(
  '%s: %s',
  (_title, becomes, body, i) => {
    expect(all[i]?.becomes).toBe(becomes);
    if (becomes !== 'rewritten') expect(all[i]?.text).toContain(body);
  },
);

test('a context that nothing reads is handed over where it does something', async () => {
  const body = 'return client.shard.broadcastEval((c) => 1, { context: { get a() { return next(); } } })';
  const [one] = await migrated([body]);
  expect(one?.text).toContain('{ get a() { return next(); } })');
  expect(one?.text).toContain('.ipc.');
});

test('what a text holds twice is made twice where it does something', async () => {
  const twice = (value: string): string =>
    `return client.shard.broadcastEval(\`this.guilds.cache.get('\${${value}}') || '\${${value}}'\`)`;
  const [loud, calm] = await migrated([twice('next()'), twice('id')]);
  expect(loud?.text.match(/next\(\)/g)).toHaveLength(2);
  expect(loud?.text).toContain('.ipc.');
  expect(calm?.text).toContain(', { id: String(id) })');
});

test.each([
  [
    'a guild',
    'const g = (await client.shard.broadcastEval((c, { id }) => c.guilds.cache.get(id), { context: { id: message.guild.id, x: next() } })).find(Boolean);\n  return g.name',
  ],
  [
    'a message',
    "await client.shard.broadcastEval((c, { id, text }) => c.channels.cache.get(id)?.send(text), { context: { id, text: 'x', more: next() } })",
  ],
])('a method of the cluster for %s takes no data along that does something', async (_title, body) => {
  const [loud, calm] = await migrated([body, body.replace('next()', 'message')], { idioms: true });
  expect(loud?.text).toContain('next()');
  expect(loud?.text).toContain('.ipc.');
  expect(calm?.text).not.toContain('.ipc.');
});

test('of several that discord-hybrid-sharding may ask, its own rules choose', async () => {
  const hybrid = '{"dependencies":{"discord.js":"^14.28.1","discord-hybrid-sharding":"^2.0.0"}}';
  const text = 'exports.f = (client) => client.cluster.broadcastEval((c) => c.ws.ping, { shard: 1, cluster: 0 });\n';
  const bot =
    "const { ClusterClient } = require('discord-hybrid-sharding');\nclient.cluster = new ClusterClient(client);\n";
  const root = project({ 'package.json': hybrid, 'x.js': text, 'bot.js': bot });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ file }) => file === 'x.js')?.code).toBe('DC-R3');
});
