/** test/compat/hybrid/cluster-client: the cluster object of a bot that no manager started. */
import { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClusterClient } from '../../../compat/hybrid/index.ts';
import { ClusterClient as CoreClient } from '../../../src/index.ts';
import { getCluster } from '../../../src/registry.ts';

let client: Client;
let cluster: ClusterClient;
beforeEach(() => {
  client = new Client({ intents: [], shards: [0], shardCount: 1 });
  cluster = new ClusterClient(client);
  // As bots do.
  Object.assign(client, { cluster });
});
afterEach(() => vi.unstubAllEnvs());

test('it is cluster 0 of one, with what shardlift has beside it', () => {
  expect(cluster).toMatchObject({ id: 0, count: 1, mode: 'process', shardList: [0], ready: false, maintenance: false });
  expect(cluster.info).toEqual(ClusterClient.getInfo());
  expect(cluster.shards).toBe(client.ws.shards);
  expect(cluster.ids).toBe(cluster.shards);
  expect(cluster.hybrid).toBe(getCluster(client));
  expect(cluster.hybrid).toBeInstanceOf(CoreClient);
});

test('requests by name work', async () => {
  cluster.ipc.handle('double', (n: number) => n * 2);
  expect(await cluster.ipc.requestAll('double', 4).valuesOrThrow()).toEqual([8]);
});

test('evaluations run here, those of one cluster too', async () => {
  expect(await cluster.broadcastEval((c, { n }) => c.guilds.cache.size + n, { context: { n: 2 } })).toEqual([2]);
  expect(await cluster.broadcastEval('this.cluster.id', { shard: 0 })).toEqual([0]);
  expect(await cluster.fetchClientValues('guilds.cache.size')).toEqual([0]);
  await expect(cluster.broadcastEval('1', { cluster: 1 })).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
  // evalOnCluster gives the value of one cluster, and has to be told which.
  const sum = (c: Client, { n }: { n: number }) => c.guilds.cache.size + n;
  expect(await cluster.evalOnCluster(sum, { guildId: '419430400012582912', context: { n: 2 } })).toBe(2);
  expect(await cluster.evalOnCluster('this.cluster.id', { cluster: 0 })).toBe(0);
  for (const none of [{}, null as never])
    await expect(cluster.evalOnCluster('1', none)).rejects.toThrow('needs a cluster, a shard or a guildId');
  // As with discord-hybrid-sharding, null is no options.
  expect(await cluster.broadcastEval('this.cluster.id', null as never)).toEqual([0]);
  await expect(cluster.evalOnCluster('1', { shard: 1 })).rejects.toMatchObject({ code: 'UNKNOWN_TARGET' });
});

test('what needs a manager says that there is none', async () => {
  const none = { code: 'NO_ROUTE' };
  await expect(cluster.request({ content: 1 })).rejects.toMatchObject(none);
  await expect(cluster.send({ content: 1 })).rejects.toMatchObject(none);
});

test('what cannot keep its meaning says what takes its place', async () => {
  await expect(cluster.evalOnManager('1')).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
    message: expect.stringContaining('requestManager'),
  });
  await expect(cluster.spawnNextCluster()).rejects.toMatchObject({ code: 'QUEUE_AUTO' });
  expect(cluster.triggerReady()).toBe(true);
});

test('it says that it is ready once listeners could be added', async () => {
  const ready = vi.fn();
  cluster.on('ready', ready);
  expect(ready).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(ready.mock.calls).toEqual([[cluster]]));
});

test('what is neither a function nor text is refused where it is called', async () => {
  await expect(cluster.broadcastEval(undefined as never)).rejects.toThrow(TypeError);
});

test('a second one for the same client is the first', () => {
  expect(new ClusterClient(client)).toBe(cluster);
});

test('one that a manager started has one cluster, whichever client asks for it', () => {
  const own = { CLUSTER_MANAGER_MODE: 'process', SHARD_LIST: '0', CLUSTER: '0', CLUSTER_COUNT: '1', TOTAL_SHARDS: '1' };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  const [first, second] = [new Client({ intents: [] }), new Client({ intents: [] })];
  const warn = vi.fn();
  second.on('warn', warn);
  const made = new ClusterClient(first);
  expect(new ClusterClient(first)).toBe(made);
  expect(warn).not.toHaveBeenCalled();
  expect(new ClusterClient(second)).toBe(made);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('belongs to the first'));
});
