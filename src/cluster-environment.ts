/** cluster-environment: what the manager puts into the environment of one cluster. */
import { inheritedEnvironment } from './environment.ts';

/** What the environment says. */
export interface EnvironmentOfCluster {
  readonly shards: readonly number[];
  readonly totalShards: number;
  readonly token: string | undefined;
  /** What a facade adds. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** The manager's own environment with the shards of a cluster, under the names that discord.js reads. */
export function clusterEnvironment({ shards, totalShards, token, extra }: EnvironmentOfCluster) {
  // A plain number for one shard: bots that read it themselves know it that way.
  const SHARDS = shards.length === 1 ? String(shards[0]) : JSON.stringify(shards);
  const own = { ...(token !== undefined && { DISCORD_TOKEN: token }), SHARDS, SHARD_COUNT: String(totalShards) };
  return { ...inheritedEnvironment(), ...own, ...extra };
}
