/** extend: the door for those who build facades over shardlift. Nothing here is needed to write a bot. */
export { defaultReadyTimeoutMs, perShardMs } from './cluster/cluster.ts';
export { planClusters } from './cluster/plan.ts';
export { identifyWindowMs, readDefaults } from './environment.ts';
export {
  type EvalOutcome,
  type EvalRequest,
  type EvalWork,
  evalContract,
  evalHandlers,
  type FunctionWork,
  outcomeValue,
} from './features/eval.ts';
export { EvalCaller } from './features/eval-caller.ts';
export { RecentMap } from './features/recent-map.ts';
export { fatalCloseCodes } from './features/system.ts';
export { fetchGatewayInfo, type GatewayInfo } from './identify/gateway-info.ts';
export { endWithManager } from './lifeline.ts';
export type { ManagerInternals } from './manager.ts';
export type { Node } from './node.ts';
export { type DiscordExports, hookDiscord } from './preload/discord-hook.ts';
export { hidePreloadFlag, inCluster, installCluster } from './preload/install.ts';
export { preloadPath } from './preload/path.ts';
export { shardIdOfGuild } from './routing/shard-id.ts';
export type { CallOptions } from './rpc/caller.ts';
export { type ClientOf, call, cast, contract } from './rpc/contract.ts';
export type { HandlersOf } from './rpc/peer.ts';
export type { CallContext } from './rpc/served.ts';
export { createViews, type ViewClient, type ViewOptions } from './views/view.ts';
export { type Address, clusterAddress, clusterIdOf, localHost } from './wire/address.ts';
export { type Fault, fromFault, toFault } from './wire/fault.ts';
