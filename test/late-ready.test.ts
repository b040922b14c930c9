import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { lookForReady } from '../src/late-ready.ts';

const clientWith = (ws: object): EventEmitter => Object.assign(new EventEmitter(), { ws });
const resumed = async (client: EventEmitter): Promise<void> => {
  client.emit('shardResume', 0, 0);
  await nextTurn();
};

test('a client looks whether it is ready once a shard has resumed', async () => {
  const checkShardsReady = vi.fn();
  const client = clientWith({ checkShardsReady, shards: new Map([[0, { readyTimeout: null }]]) });
  lookForReady(client as unknown as Client);
  expect(checkShardsReady).not.toHaveBeenCalled();
  await resumed(client);
  expect(checkShardsReady).toHaveBeenCalledTimes(1);
});

test('while a shard waits for its guilds nobody looks early', async () => {
  const checkShardsReady = vi.fn();
  const client = clientWith({ checkShardsReady, shards: new Map([[1, { readyTimeout: {} }]]) });
  lookForReady(client as unknown as Client);
  await resumed(client);
  expect(checkShardsReady).not.toHaveBeenCalled();
});

test('a discord.js that keeps no shards is left alone', async () => {
  const client = clientWith({});
  lookForReady(client as unknown as Client);
  await expect(resumed(client)).resolves.toBeUndefined();
});
