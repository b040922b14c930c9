/** compat/respawn-all: starts the clusters of a manager anew, one after the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isShardliftError } from '../src/index.ts';
import type { RespawnPace } from './contract.ts';
import { startError } from './discord-errors.ts';
import { isReplaced } from './own-methods.ts';
import type { ManagedShard } from './shard.ts';
import type { ShardGroup } from './shard-group.ts';

type Respawn = ManagedShard['respawn'];

/** Asks the Shards where one has a `respawn` of the user's own, as discord.js does: what they ask for at once is one restart. */
async function respawn(group: ShardGroup, pace: Parameters<Respawn>[0] & { delay: number; timeout: number }) {
  const shards = group.shards as readonly unknown[] as readonly { respawn: Respawn }[];
  if (isReplaced(group.shards, 'respawn')) await Promise.all(shards.map((shard) => shard.respawn(pace)));
  else await group.respawn(pace);
}

/** Respawns each cluster; one that fails does not keep the others from it. @throws the first failure, at the end */
export async function respawnGroups(groups: readonly ShardGroup[], pace: RespawnPace): Promise<void> {
  const { shardDelay, respawnDelay, timeout } = pace;
  const failures: unknown[] = [];
  for (const [index, group] of groups.entries()) {
    const isLast = index === groups.length - 1;
    const restart = respawn(group, { delay: respawnDelay, timeout });
    // A listener that throws ends the call for that cluster, not its start: two must not be down at once.
    const settled = restart.catch(() => group.settled);
    const [ended] = await Promise.allSettled([
      restart,
      settled,
      !isLast && shardDelay > 0 ? sleep(shardDelay) : undefined,
    ]);
    // Whoever called it off has the cluster now.
    if (ended.status === 'rejected' && !isShardliftError(ended.reason, 'RESPAWN_CALLED_OFF'))
      failures.push(startError(ended.reason, group.shards[0]?.id ?? 0));
  }
  if (failures.length > 0) throw failures[0];
}
