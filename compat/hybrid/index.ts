/** hybrid: discord-hybrid-sharding under its own names. Change the import, keep the rest. */
import { shardIdOfGuild } from '../../src/extend.ts';
import { getInfo } from './info.ts';

export type { Client as DjsDiscordClient } from 'discord.js';
export { Cluster, type ClusterEvents } from './cluster.ts';
export { ClusterClient, ClusterClient as Client, type ClusterClientEvents } from './cluster-client.ts';
export { ClusterManager, ClusterManager as Manager, type ClusterManagerEvents } from './cluster-manager.ts';
export type { RespawnPace } from './contract.ts';
export { type ClusterClientData, type ClusterManagerMode, getInfo } from './info.ts';
export { IPCMessage, type MessageEnd, type RawMessage } from './ipc-message.ts';
export type { Plugin } from './manager-parts.ts';
export { messageType } from './message-type.ts';
export type {
  ClusterManagerOptions,
  ClusterManagerSpawnOptions,
  ClusterRestartOptions,
  HybridOptions,
} from './options.ts';
export {
  AutoResharderClusterClient,
  AutoResharderManager,
  HeartbeatManager,
  type keepAliveOptions,
  ReClusterManager,
  type ReClusterOptions,
} from './plugins.ts';
export { Queue, type QueueOptions } from './spawn-queue.ts';
export type { evalOptions } from './work.ts';

/** The shard of a guild. */
export const shardIdForGuildId = (guildId: string, totalShards = 1): number => shardIdOfGuild(guildId, totalShards);

/** What {@link getInfo} gives, as versions 1 have it. */
export const data = getInfo();
