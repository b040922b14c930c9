/** test/features/nodes: a manager and some clusters in one process, joined by links that share nothing. */

import { ShardliftError } from '../../src/errors.ts';
import type { Surroundings } from '../../src/features/ipc.ts';
import { Ipc } from '../../src/features/ipc.ts';
import { createNode, type Node } from '../../src/node.ts';
import { shardIdOfGuild } from '../../src/routing/shard-id.ts';
import type { CallContext } from '../../src/rpc/served.ts';
import type { Link } from '../../src/transport/link.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';

/** Two shards in each of the first clusters, one in the last: uneven, so that division gives wrong answers. */
export const plan = [[0, 1], [2, 3], [4]] as const;
export const totalShards = 5;

export interface TestCluster {
  readonly id: number;
  readonly node: Node;
  readonly ipc: Ipc;
  /** The manager's end of its line. */
  readonly link: Link;
  /** Breaks the line as a death would. */
  die(reason?: string): void;
}

export interface TestFleet {
  readonly manager: { readonly node: Node; readonly ipc: Ipc };
  readonly clusters: readonly TestCluster[];
  /** Those that are not ready, as everybody knows; nobody at first. */
  readonly starting: Set<number>;
}

export type Handler = (
  data: unknown,
  context: CallContext & { readonly shardId?: number; readonly client: unknown },
) => unknown;

export const clusterOfShard = (shard: number): number => {
  const id = plan.findIndex((shards) => (shards as readonly number[]).includes(shard));
  if (id === -1) throw new ShardliftError('UNKNOWN_TARGET', { target: `shard ${shard}` });
  return id;
};

/** A guild id that belongs to a shard. */
export const guildOf = (shard: number): string => String(BigInt(1_000 * totalShards + shard) << 22n);

function around(node: Node, own: readonly number[], starting: ReadonlySet<number>): Surroundings {
  return {
    peer: node.peer,
    plan: () => plan,
    isReady: (id) => !starting.has(id),
    clusterOfShard,
    shardOfGuild: (guildId) => shardIdOfGuild(guildId, totalShards),
    run: (handler, data, context, seen) =>
      (handler as Handler)(data, {
        from: context.from,
        budgetMs: context.budgetMs,
        signal: context.signal,
        client: seen?.client ?? 'the whole client',
        ...(seen === undefined ? {} : { shardId: seen.shard }),
      }),
    views: (asked) => (asked ?? own).map((shard) => ({ shard, client: { view: shard } })),
  };
}

/** Builds the fleet, all lines up. */
export function createFleet(): TestFleet {
  const node = createNode({ self: localHost, incarnation: 1 });
  const starting = new Set<number>();
  const manager = { node, ipc: new Ipc(around(node, [], starting)) };
  const clusters = plan.map((shards, id): TestCluster => {
    const own = createNode({ self: clusterAddress(id), incarnation: 1 });
    const [down, up] = memoryPair(`host:local`, `cluster ${id}`);
    node.router.attach(clusterAddress(id), down);
    own.router.attachUplink(localHost, up);
    const die = (reason = 'its process ended with signal SIGKILL'): void => down.close(reason);
    return { id, node: own, ipc: new Ipc(around(own, shards, starting)), link: down, die };
  });
  return { manager, clusters, starting };
}

/** One cluster of the fleet. */
export function clusterAt(fleet: TestFleet, id: number): TestCluster {
  const cluster = fleet.clusters[id];
  if (cluster === undefined) throw new Error(`no cluster ${id}`);
  return cluster;
}
