/** registry: the cluster of a client is found from everywhere that shows this client. */
import { Client } from 'discord.js';
import { expect, test } from 'vitest';
import { ClusterClient } from '../src/client.ts';
import { getCluster } from '../src/registry.ts';
import { createViews } from '../src/views/view.ts';

const twoShards = (): Client => new Client({ intents: [], shards: [0, 1], shardCount: 2 });

test('a client that was never attached has no cluster', () => {
  expect(getCluster(twoShards())).toBeUndefined();
});

test('a view of a client belongs to the cluster of that client', () => {
  const client = twoShards();
  const cluster = new ClusterClient(client);
  for (const view of createViews(client, [0, 1]).values()) {
    expect(getCluster(view)).toBe(cluster);
    expect(new ClusterClient(view)).toBe(cluster);
  }
});

test('the cluster is not among the own keys that a bot or an inspector lists', () => {
  const client = twoShards();
  const before = Object.keys(client);
  new ClusterClient(client);
  expect(Object.keys(client)).toEqual(before);
});

test('a client whose class nobody patched has its cluster from the moment it is attached, and an assignment wins', () => {
  const client = twoShards();
  expect(client.cluster).toBeUndefined();
  const cluster = new ClusterClient(client);
  expect(client.cluster).toBe(cluster);
  Object.assign(client, { cluster: 'mine' });
  expect(client.cluster).toBe('mine');
});
