/** Words of a receiver that are no client's, and callees in parentheses. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, project } from './project.ts';

const uptime = 'broadcastEval((c) => c.uptime)';

test('a client of something else is known by one more word', async () => {
  const names = [
    ...['httpclient', 'dbclient', 'valkeyClient', 'matrixBot', 'stoatClient', 'wsclient', 'wsClients[0]'],
    ...['wss.clients[0]', 'redisClient', 'app.valkey.client'],
  ];
  const all = await migrateAll(names.map((name) => `f((${/^\w+/.exec(name)?.[0]}) => ${name}.shard.${uptime});`));
  expect(all.map(({ sites }, i) => [names[i], sites[0]?.code])).toEqual(names.map((name) => [name, 'DC-S3']));
});

test('each of the clients of a server of web sockets is none of Discord', async () => {
  const [one] = await migrateAll([`wss.clients.forEach((client) => f(client.shard.${uptime}));`]);
  expect(one?.sites.map(({ code }) => code)).toEqual(['DC-S3']);
});

test('names of clients stay such', async () => {
  const names = ['myclient', 'dashboardClient', 'mathBot', 'websiteBot', 'client'];
  const all = await migrateAll(names.map((name) => `f((${name}) => ${name}.shard.${uptime});`));
  expect(all.map(({ sites }) => sites[0]?.outcome)).toEqual(names.map(() => 'rewritten'));
});

test('parentheses around what is called go with it', async () => {
  const rows = [
    [
      'f();\n(client.shard.broadcastEval)((c) => c.uptime);',
      "f();\nclient.cluster.ipc.requestAllShards('uptime').valuesOrThrow();",
    ],
    [
      'f(((client.shard).broadcastEval)((c) => c.uptime));',
      "f(client.cluster.ipc.requestAllShards('uptime').valuesOrThrow());",
    ],
    [
      'f(() => (client.shard?.broadcastEval)((c) => c.uptime));',
      "f(() => client.cluster?.ipc.requestAllShards('uptime').valuesOrThrow());",
    ],
  ] as const;
  const all = await migrateAll(rows.map(([before]) => before));
  expect(all.map(({ text }) => text.trim())).toEqual(rows.map(([, after]) => after));
  expect(all.map(({ sites }) => sites[0]?.outcome)).toEqual(rows.map(() => 'rewritten'));
});

test('what is not proven is named in one line, by the library that the bot has', async () => {
  const text = `f((it) => it\n    .things\n    .shard.${uptime});\n`;
  const said = async (dependencies: object): Promise<string | undefined> => {
    const manifest = { 'package.json': JSON.stringify({ name: 'bot', dependencies }) };
    const { sites } = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, ...manifest, 'x.js': text }) });
    return sites.find(({ code }) => code === 'DC-S3')?.message;
  };
  const discord = { 'discord.js': '^14.28.1' };
  expect(await said(discord)).toMatch(/^Nothing proves that it \.things \.shard is a ShardingManager of discord\.js, /);
  const hybrid = await said({ ...discord, 'discord-hybrid-sharding': '^2.2.0' });
  expect(hybrid).toContain('a ClusterManager of discord-hybrid-sharding, or what its clients have as cluster');
  expect(hybrid).toContain(
    "@type {import('discord-hybrid-sharding').ClusterClient}), or write the call as client.cluster.",
  );
});

test('a client that keeps the method of its shard is asked to say its shard', async () => {
  const rows = [
    ['this.client', 'class A { f() { return this.client.X; } }'],
    ['client', 'f((client) => client.X);'],
    ['this', "class Bot extends require('discord.js').Client { f() { return this.X; } }"],
  ] as const;
  const all = await migrateAll(rows.map(([, text]) => text.replace('X', uptime)));
  expect(all.map(({ sites }) => sites[0]?.message?.split('as shard. ')[1])).toEqual(
    rows.map(
      ([holder]) =>
        `If it is a client that keeps the method of its shard, write the call as ${holder}.shard.broadcastEval(...) and run dc-migrate again.`,
    ),
  );
});
