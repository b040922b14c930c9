/** test/handler-context: what a handler of a cluster takes. */
import type { Client } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { ClusterClient } from '../src/client.ts';
import { runInCluster } from '../src/handler-context.ts';
import { defineHandlers } from '../src/handlers.ts';
import type { CallContext } from '../src/rpc/served.ts';

const client = { name: 'the whole client' } as unknown as Client;
const view = { name: 'the view of shard 3' } as unknown as Client;
const cluster = { id: 0, client } as unknown as ClusterClient;

/** A call whose signal is made only when somebody looks. */
function callFrom(from: string): CallContext & { looks: number } {
  const call = {
    from,
    looks: 0,
    get signal() {
      call.looks += 1;
      return AbortSignal.abort('called off');
    },
  };
  return call as unknown as CallContext & { looks: number };
}

describe('a handler of a cluster', () => {
  test('written inline takes the data and the context', () => {
    const handler = (...args: unknown[]) => args;
    const [data, context] = runInCluster(cluster, { handler, data: 1, call: callFrom('cluster:2') }) as unknown[];
    expect(data).toBe(1);
    expect(context).toMatchObject({ from: 'cluster:2' });
  });

  test('of a handlers file takes the client first', () => {
    const { name } = defineHandlers({ name: (...args: unknown[]) => args });
    const args = runInCluster(cluster, { handler: name, data: 1, call: callFrom('cluster:2') }) as unknown[];
    expect(args).toHaveLength(3);
    expect(args[0]).toBe(client);
    expect(args[1]).toBe(1);
  });

  test('run for a shard sees its view, and which shard it is', () => {
    const { name } = defineHandlers({
      name: (client: unknown, _data: unknown, context: object) => ({ client, context }),
    });
    const seen = { shard: 3, client: view };
    const run = { handler: name, data: undefined, call: callFrom('cluster:2'), seen };
    expect(runInCluster(cluster, run)).toMatchObject({ client: view, context: { client: view, shardId: 3 } });
  });

  test('run for all has no shard in its context', () => {
    const handler = (_data: unknown, context: object) => 'shardId' in context;
    expect(runInCluster(cluster, { handler, data: 1, call: callFrom('cluster:2') })).toBe(false);
  });

  test('makes the signal of its call only when it looks', () => {
    const call = callFrom('cluster:2');
    runInCluster(cluster, { handler: () => undefined, data: 1, call });
    expect(call.looks).toBe(0);
    const handler = (_data: unknown, context: { signal: AbortSignal }) => context.signal.reason;
    expect(runInCluster(cluster, { handler, data: 1, call })).toBe('called off');
  });
});
