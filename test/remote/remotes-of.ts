/** test/remote/remotes-of: the remote objects of a node of the test fleet. */
import type { Node } from '../../src/node.ts';
import { Remotes } from '../../src/remote/remotes.ts';
import { shardIdOfGuild } from '../../src/routing/shard-id.ts';
import { clusterOfShard, plan, totalShards } from '../features/nodes.ts';

export const remotesOf = ({ peer }: Node): Remotes =>
  new Remotes({ peer, plan: () => plan, clusterOfShard, shardOfGuild: (id) => shardIdOfGuild(id, totalShards) });
