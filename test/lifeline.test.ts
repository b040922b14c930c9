/** test/lifeline: what a client is told before it may identify. */
import { Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectLifeline } from '../src/lifeline.ts';
import { createNode } from '../src/node.ts';
import type { Inheritance } from '../src/transport/inherited.ts';
import { memoryPair } from '../src/transport/memory.ts';
import { clusterAddress } from '../src/wire/address.ts';

type Build = (manager: object) => Promise<{ waitForIdentify(shard: number, signal: AbortSignal): Promise<void> }>;

let client: Client;
beforeAll(() => {
  client = new Client({ intents: [], shards: [0], shardCount: 1 });
});
afterAll(() => client.destroy());

test('a shard without a token whose connection is closed by then does not wait for ever', async () => {
  const [, link] = memoryPair('host:local', 'cluster:0');
  const inheritance = {
    facts: { mode: 'worker', handlers: [], earlyEvents: 'interactions' },
    open: () => link,
  } as unknown as Inheritance;
  await connectLifeline({ client, node: createNode({ self: clusterAddress(0), incarnation: 1 }), inheritance });
  const build = client.options.ws?.buildIdentifyThrottler as unknown as Build;
  const throttler = await build({
    fetchGatewayInformation: async () => ({ session_start_limit: { max_concurrency: 1 } }),
  });
  const closed = new Error('the connection closed');
  await expect(throttler.waitForIdentify(0, AbortSignal.abort(closed))).rejects.toBe(closed);
  link.close('the end');
});
