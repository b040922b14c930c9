/** Words of a receiver that are no client's, and callees in parentheses. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

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
