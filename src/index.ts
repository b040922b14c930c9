/** index: the door for users. */
export { ClusterClient, type ClusterClientEvents } from './client.ts';
export type { ClusterClientOptions } from './client-options.ts';
export { Cluster } from './cluster/cluster.ts';
export type { ClusterDeath } from './cluster/death.ts';
export type { HeartbeatRules } from './cluster/heartbeat-rules.ts';
export type { RestartRules } from './cluster/restart-policy.ts';
export type { ClusterEvents, ClusterLaunch, KillOptions, SpawnOptions } from './cluster/setup.ts';
export type { ManagerQueue, QueueMode } from './cluster/spawn-queue.ts';
export type { ClusterState } from './cluster/state.ts';
export type { RolesChanged } from './discord/member-desk.ts';
export type { FileInput, MessageEdit, MessageInput } from './discord/message-input.ts';
export type {
  AttachmentSummary,
  ChannelSummary,
  MemberSummary,
  MessageSummary,
  UserSummary,
} from './discord/summaries.ts';
export { type ErrorCode, type ErrorDetails, isShardliftError, ShardliftError } from './errors.ts';
export type { ChannelFetchOptions, ChannelHint, Channels, MessageDeleteOptions } from './features/channels.ts';
export type { ErrandLimits } from './features/deadline.ts';
export type { EventListener } from './features/event-listeners.ts';
export type {
  Acknowledgements,
  BroadcastAndWaitOptions,
  BroadcastOptions,
  EventNode,
  ListenerFailure,
  Unacknowledged,
} from './features/events.ts';
export type { GuildSummary, Guilds } from './features/guilds.ts';
export type { RequestOptions } from './features/ipc.ts';
export type {
  BanOptions,
  ManageRolesOptions,
  MemberChangeOptions,
  MemberFetchOptions,
  Members,
} from './features/members.ts';
export {
  type ResultAnswer,
  ResultCollection,
  type ResultEntry,
  type ResultFailure,
  type ResultPromise,
} from './features/result-collection.ts';
export type { ClusterStats, FleetStats, HostStats, ShardStats } from './features/stats.ts';
export type { Target } from './features/target.ts';
export type { UnknownCluster } from './features/unknown-cluster.ts';
export type { UserFetchOptions, Users } from './features/users.ts';
export { defineHandlers, defineManagerHandlers } from './handlers.ts';
export type { Logger, LoggingOptions, LogLevel } from './logger.ts';
export { ClusterManager } from './manager.ts';
export type { ClusterManagerEvents, ManagerSpawnOptions } from './manager-setup.ts';
export type { ClusterManagerOptions, HeartbeatOptions } from './options/manager-options.ts';
export type { OlderHeartbeatNames, OlderNames } from './options/older-names.ts';
export type { FleetLayout, ManagerPlugin, PluginHooks } from './plugins.ts';
export type {
  Arriving,
  Attached,
  AttachedCluster,
  FileHandler,
  HandlerContext,
  InlineHandler,
  ManagerFileHandler,
  ManagerHandlerContext,
  ManagerInlineHandler,
  Register,
} from './register.ts';
export { getCluster } from './registry.ts';
export { proxy, releaseProxy } from './remote/proxy.ts';
export type { Proxied, ReleaseProxy, Remote } from './remote/remote-type.ts';
export type { RemoteOptions, RemoteTarget } from './remote/remotes.ts';
export type { RespawnAllOptions } from './respawn-all.ts';
export type { StoreStats } from './store/engine.ts';
export type { StoreCallOptions, StoreComputeOptions, StoreSetOptions } from './store/given.ts';
export type { SnapshotOptions, StoreOptions } from './store/options.ts';
export type { Store } from './store/store.ts';
export type { Exit, Mode } from './transport/launcher.ts';
export type { SharedEvents, TypedEvents, UntypedEvents } from './typed-events.ts';
export type {
  ClusterIpc,
  ManagerIpc,
  TypedIpc,
  TypedManagerRequests,
  UntypedIpc,
  UntypedManagerRequests,
} from './typed-ipc.ts';

import { installOnImport } from './preload/imported.ts';
import type { AttachedCluster } from './register.ts';

installOnImport();

declare module 'discord.js' {
  interface Client {
    /**
     * The cluster this client belongs to; there in every bot that a manager of shardlift started or that imports
     * `shardlift`. Where discord.js is part of the bot's own file, without a manager, from `new ClusterClient(client)` on.
     */
    cluster: AttachedCluster;
  }
}
