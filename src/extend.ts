/** extend: the door for those who build facades over shardlift. Nothing here is needed to write a bot. */
export { tellAll, throwLater } from './cluster/announce.ts';
export { planClusters } from './cluster/plan.ts';
export { defaultReadyTimeoutMs, perShardMs } from './cluster/ready-deadline.ts';
export { identifyWindowMs, readDefaults } from './environment.ts';
export {
  type EvalHost,
  type EvalRequest,
  type EvalWork,
  evalContract,
  evalHandlers,
  evaluate,
  type FunctionWork,
} from './features/eval.ts';
export { type EvalOutcome, outcomeValue } from './features/eval-answer.ts';
export { EvalCaller } from './features/eval-caller.ts';
export { encodeResult, isUnsentResult } from './features/eval-result.ts';
export { RecentMap } from './features/recent-map.ts';
export { fatalCloseCodes } from './features/system.ts';
export { onShardStep } from './gateway-shards.ts';
export { fetchGatewayInfo, type GatewayInfo } from './identify/gateway-info.ts';
export type { ManagerInternals } from './manager-setup.ts';
export type { Node } from './node.ts';
export { endWithManager } from './orphan.ts';
export { type DiscordExports, hookDiscord } from './preload/discord-hook.ts';
export { hidePreloadFlag, inCluster, installCluster } from './preload/install.ts';
export { preloadPath } from './preload/path.ts';
export { shardIdOfGuild } from './routing/shard-id.ts';
export type { CallOptions } from './rpc/caller.ts';
export { type ClientOf, call, cast, contract } from './rpc/contract.ts';
export type { HandlersOf } from './rpc/peer.ts';
export type { CallContext } from './rpc/served.ts';
export { isEnvelope } from './transport/envelopes.ts';
export { isClaimed } from './transport/inherited.ts';
export { postToManager } from './transport/stock-channel.ts';
export { createViews, shardOfView, type ViewClient, type ViewOptions } from './views/view.ts';
export { type Address, clusterAddress, clusterIdOf, localHost } from './wire/address.ts';
export { type Fault, fromFault, toFault } from './wire/fault.ts';
