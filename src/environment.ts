/** environment: the only reader of the process environment; says what a cluster is told at its start. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Mode } from './transport/launcher.ts';

/** Which events of a shard that is ready do not wait for its siblings. */
export type EarlyEvents = 'interactions' | 'all';

/** What the manager tells a cluster when it starts it. Plain data. */
export interface ClusterFacts {
  readonly id: number;
  /** Grows with each start of this cluster. */
  readonly incarnation: number;
  readonly mode: Mode;
  /** Gateway shards of this cluster, ascending. */
  readonly shards: readonly number[];
  readonly totalShards: number;
  /** The shards of every cluster, by cluster id. */
  readonly plan: readonly (readonly number[])[];
  /** Absolute paths of the files with handlers to load before the bot is ready. */
  readonly handlers: readonly string[];
  /** What the bot hears before all its shards are ready. */
  readonly earlyEvents: EarlyEvents;
  /** How long it may take to end by itself when it was asked to, in ms. */
  readonly killGraceMs: number;
  /** Process mode: where it lets other clusters in; absent where no socket can be had. */
  readonly door?: string | undefined;
  /** Why it should do less for now, if anything. */
  readonly maintenance?: string | undefined;
  /** Worker mode: the memory of the stats board, by cluster id. */
  readonly board?: readonly SharedArrayBuffer[] | undefined;
}

/** Defaults the environment gives to options of the manager that are not set. */
export interface EnvironmentDefaults {
  readonly token?: string;
  readonly totalShards?: number;
  readonly shardsPerCluster?: number;
  readonly totalClusters?: number;
}

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value > 0 ? value : undefined;
};

/** Reads the defaults: `DISCORD_TOKEN`, `SHARD_COUNT`, `SHARDS_PER_CLUSTER`, `CLUSTER_COUNT`. */
export function readDefaults(env: NodeJS.ProcessEnv = process.env): EnvironmentDefaults {
  const totalShards = positive(env.SHARD_COUNT);
  const shardsPerCluster = positive(env.SHARDS_PER_CLUSTER);
  const totalClusters = positive(env.CLUSTER_COUNT);
  const token = env.DISCORD_TOKEN;
  return {
    ...(token === undefined || token === '' ? {} : { token }),
    ...(totalShards === undefined ? {} : { totalShards }),
    ...(shardsPerCluster === undefined ? {} : { shardsPerCluster }),
    ...(totalClusters === undefined ? {} : { totalClusters }),
  };
}

/** Discord's time between two identifies of one bucket, in ms. @see https://docs.discord.com/developers/events/gateway#rate-limiting */
export const identifyWindowMs = 5_000;

/**
 * The identify window to keep, in ms: Discord's, unless the process runs against the loopback Discord, whose time may
 * be scaled. A live bot can never be told to identify faster than Discord allows.
 */
export function readIdentifyWindowMs(env: NodeJS.ProcessEnv = process.env): number {
  return env.DISCORD_SIM === undefined
    ? identifyWindowMs
    : (positive(env.SHARDLIFT_IDENTIFY_WINDOW_MS) ?? identifyWindowMs);
}

/** A copy of the manager's environment, for its children. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** The folder of the file that Node was started with; the working directory where it was started with none (`node -e`). */
export function readBotFolder(file: string | undefined = process.argv[1]): string {
  if (file === undefined) return process.cwd();
  // `node .` names a folder; the file is somewhere in it.
  const folder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  return dirname(folder ? createRequire(file).resolve(file) : file);
}
