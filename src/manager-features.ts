/** manager-features: what a manager offers beside its clusters, put together. */
import { Guilds } from './features/guilds.ts';
import { Ipc } from './features/ipc.ts';
import { serveStore } from './features/store.ts';
import { Maintenance } from './maintenance.ts';
import type { ClusterManager } from './manager.ts';
import { ManagerBoard } from './manager-board.ts';
import { runOnManager } from './manager-handlers.ts';
import { createManagers } from './managers.ts';
import { serveMessages } from './messages.ts';
import { Readiness } from './readiness.ts';
import { Remotes } from './remote/remotes.ts';
import { clusterIdOfShard, shardIdOfGuild } from './routing/shard-id.ts';
import type { Peer } from './rpc/peer.ts';
import { managerEvents } from './shared-events.ts';
import { openStore } from './store/manager-store.ts';
import type { ManagerIpc } from './typed-ipc.ts';

/** Where a manager stands: its line to the clusters, and what it knows of them by now. */
export interface ManagerStandpoint {
  readonly manager: ClusterManager;
  readonly peer: Peer;
  /** The shards of every cluster; empty before they are known. */
  readonly plan: () => readonly (readonly number[])[];
  readonly totalShards: () => number;
}

/** The features of a manager. */
export type ManagerFeatures = ReturnType<typeof createManagerFeatures>;

/** Makes the features of a manager, and answers what clusters ask of them. */
export function createManagerFeatures({ manager, peer, plan, totalShards }: ManagerStandpoint) {
  const { mode, store: storeOptions, logger } = manager.options;
  const clusterOfShard = (shard: number): number => clusterIdOfShard(plan(), shard);
  const shardOfGuild = (guildId: string): number => shardIdOfGuild(guildId, totalShards());
  const clusterOfGuild = (guildId: string): number => clusterOfShard(shardOfGuild(guildId));
  const around = { peer, plan, clusterOfShard, shardOfGuild };
  const readiness = new Readiness(peer);
  const ipc = new Ipc({
    ...around,
    isReady: (id) => readiness.isReady(id),
    run: (handler, data, call) => runOnManager(manager, { handler, data, call }),
    views: () => [],
  }) as unknown as ManagerIpc;
  const { store, engine, close: closeStore } = openStore(storeOptions, logger);
  serveStore(peer, engine);
  serveMessages(peer, manager.clusters);
  const board = new ManagerBoard({ peer, mode });
  const tally = () => board.countGuilds();
  return {
    ipc,
    store,
    closeStore,
    board,
    readiness,
    events: managerEvents({ peer, plan, logger }),
    guilds: new Guilds({ peer, plan, clusterOfGuild, self: undefined, cached: () => undefined, tally }),
    ...createManagers({ peer, plan, clusterOfGuild, self: undefined }),
    maintenance: new Maintenance({ peer, plan }),
    remotes: new Remotes(around),
  };
}
