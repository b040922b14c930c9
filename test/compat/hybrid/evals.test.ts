import { beforeEach, describe, expect, test } from 'vitest';
import type { Aim } from '../../../compat/hybrid/contract.ts';
import { HybridEvals, valuesOf } from '../../../compat/hybrid/evals.ts';
import { evalContract } from '../../../src/features/eval.ts';
import { createNode } from '../../../src/node.ts';
import type { Link } from '../../../src/transport/link.ts';
import { memoryPair } from '../../../src/transport/memory.ts';
import { clusterAddress, localHost } from '../../../src/wire/address.ts';

/** A manager with three clusters of two shards, which note what they are asked. */
class World {
  readonly heard: string[] = [];
  /** The last of them hangs. */
  readonly hanging = new Set<number>();
  readonly attaching = new Map<number, Promise<void>>();
  clusters = [0, 1, 2];
  readonly #manager = createNode({ self: localHost, incarnation: 1 });
  readonly #lines: Link[];
  readonly #evals: HybridEvals;

  constructor() {
    this.#lines = this.clusters.map((id) => this.#add(id));
    this.#evals = new HybridEvals({
      node: this.#manager,
      clusters: () =>
        this.clusters.map((id) => ({ id, shardList: [2 * id, 2 * id + 1], attaching: this.attaching.get(id) })),
      totalShards: () => 6,
    });
  }

  async ask(aim: Aim = {}): Promise<unknown[]> {
    const work = { kind: 'script', text: '1' } as const;
    return valuesOf(await this.#evals.outcomes({ work, aim, call: 'broadcastEval' }));
  }

  cut(id: number): void {
    this.#lines[id]?.close('its process ended');
  }

  #add(id: number): Link {
    const node = createNode({ self: clusterAddress(id), incarnation: 1 });
    const [down, up] = memoryPair('host:local', `cluster ${id}`);
    this.#manager.router.attach(clusterAddress(id), down);
    node.router.attachUplink(localHost, up);
    node.peer.serve(evalContract, {
      run: ({ scope }) => {
        this.heard.push(`${id} ${scope}`);
        return this.hanging.has(id) ? new Promise(() => undefined) : { ok: true as const, value: `of ${id}` };
      },
      known: () => ({ unknown: true as const }),
    });
    return down;
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

test('every cluster is asked once, on its whole client', async () => {
  expect(await world.ask()).toEqual(['of 0', 'of 1', 'of 2']);
  expect(world.heard).toEqual(['0 cluster', '1 cluster', '2 cluster']);
});

describe('an aim', () => {
  // Guild ids whose shards, of six, are 0 and 5.
  const [ofShard0, ofShard5] = ['25165824', '20971520'];

  test.each<[Aim, string[]]>([
    [{ cluster: 0 }, ['of 0']],
    [{ cluster: [2, 0, 2] }, ['of 0', 'of 2']],
    [{ shard: 0 }, ['of 0']],
    [{ shard: 3 }, ['of 1']],
    [{ guildId: ofShard0 }, ['of 0']],
    [{ guildId: ofShard5 }, ['of 2']],
    [{ guildId: ofShard5, cluster: 0 }, ['of 2']],
  ])('%o is asked alone', async (aim, values) => {
    expect(await world.ask(aim)).toEqual(values);
    expect(world.heard).toHaveLength(values.length);
  });

  test.each<[Aim, string]>([
    [{ cluster: 9 }, 'cluster 9'],
    [{ cluster: -1 }, 'cluster -1'],
    [{ cluster: [0, 9] }, 'cluster 9'],
    [{ cluster: [] }, 'cluster of an empty list'],
    [{ shard: 6 }, 'shard 6'],
  ])('%o is not there, and nobody is asked', async (aim, target) => {
    await expect(world.ask(aim)).rejects.toMatchObject({ code: 'UNKNOWN_TARGET', details: { target } });
    expect(world.heard).toEqual([]);
  });
});

test('before a cluster was made there is nobody to ask', async () => {
  world.clusters = [];
  await expect(world.ask()).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
});

test('a cluster that hangs ends the call after its timeout', async () => {
  world.hanging.add(1);
  const call = world.ask({ timeout: 20 });
  await expect(call).rejects.toMatchObject({
    code: 'CALL_TIMEOUT',
    details: { method: 'broadcastEval', to: 'cluster:1', timeoutMs: 20 },
  });
});

test('a cluster that dies ends the calls that are under way', async () => {
  world.hanging.add(1);
  const call = world.ask();
  setImmediate(() => world.cut(1));
  await expect(call).rejects.toMatchObject({ code: 'LINK_CLOSED' });
});

test('a cluster that is starting is asked once it answers', async () => {
  let attach = (): void => undefined;
  world.attaching.set(
    1,
    new Promise((resolve) => {
      attach = resolve;
    }),
  );
  const call = world.ask();
  await world.ask({ cluster: 0 });
  expect(world.heard).not.toContain('1 cluster');
  attach();
  expect(await call).toEqual(['of 0', 'of 1', 'of 2']);
});
