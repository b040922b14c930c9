/** lifeline: ties a cluster to its manager. Reports its life, asks before each identify. */
import type { Client } from 'discord.js';
import { passEarly } from './early-events.ts';
import type { ClusterFacts } from './environment.ts';
import { identifyContract } from './features/identify.ts';
import { lifeContract } from './features/system.ts';
import { onShardStep } from './gateway-shards.ts';
import { lookForReady } from './late-ready.ts';
import { hasOwnThrottler, laterGateway } from './later-shards.ts';
import { ClusterDoors } from './mesh/doors.ts';
import { Mesh } from './mesh/mesh.ts';
import type { Node } from './node.ts';
import type { Inheritance } from './transport/inherited.ts';
import { portLink } from './transport/port.ts';
import { runningShards } from './views/view.ts';
import { clusterIdOf, localHost } from './wire/address.ts';

/** The part of `@discordjs/ws`'s manager that a throttler is given. */
interface GatewayManager {
  fetchGatewayInformation(): Promise<{ readonly session_start_limit: { readonly max_concurrency: number } }>;
}

/** Opens the line to the manager, and those to other clusters, and keeps the manager informed. */
export async function connectLifeline(cluster: {
  readonly client: Client;
  readonly node: Node;
  readonly inheritance: Inheritance;
}): Promise<void> {
  const { client, node, inheritance } = cluster;
  const { mode, door, handlers, earlyEvents } = inheritance.facts as ClusterFacts;
  const doors = mode === 'process' ? new ClusterDoors() : undefined;
  const mesh = new Mesh({ node, doors });
  const link = inheritance.open((address, port) => {
    const id = clusterIdOf(address);
    if (id !== undefined) mesh.take(id, portLink(port, { peer: `cluster ${id}`, reason: mesh.endOf(id) }).link);
  });
  node.router.attachUplink(localHost, link);
  reportLife(client, node);
  lookForReady(client);
  passEarly(client, earlyEvents);
  useGate(client, node);
  if (door !== undefined) await doors?.open(door);
  // Handlers from files come later, at the bot's login.
  if (handlers.length === 0) reportListening(node, []);
}

/** Tells the manager that this cluster answers requests, and which handlers the files of its option held. */
export const reportListening = (node: Node, handlers: readonly string[]): void =>
  node.peer.at(lifeContract, localHost).listening({ handlers });

function reportLife(client: Client, node: Node): void {
  const life = node.peer.at(lifeContract, localHost);
  onShardStep(client, (step) => life.step(step));
  const shards = runningShards(client);
  life.attached({ shards: shards === undefined ? 'auto' : [...shards] });
}

/**
 * Lets the manager's gate decide when each shard may identify.
 *
 * @see https://discord.js.org/docs/packages/ws/main/OptionalWebSocketManagerOptions:Interface#buildIdentifyThrottler
 */
function useGate(client: Client, { peer }: Node): void {
  const { ws } = client.options;
  const later = laterGateway(client);
  // A bot that brings its own throttler knows what it does.
  if (later === undefined ? ws?.buildIdentifyThrottler !== undefined : hasOwnThrottler(later)) return;
  const gate = peer.at(identifyContract, localHost);
  const buildIdentifyThrottler = async (manager: GatewayManager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return {
      async waitForIdentify(shard: number, signal: AbortSignal): Promise<void> {
        // Its login failed while this shard was about to connect once more. Nobody can end it, as discord.js has forgotten
        // it; let in, it would be a session that nobody knows of.
        if (client.token === null) await closed(signal);
        const request = { shard, maxConcurrency: limit.max_concurrency };
        await peer.at(identifyContract, localHost, { timeoutMs: null, signal }).wait(request);
        // IDENTIFY is written in the microtasks that follow; the window starts when it has left.
        setImmediate(() => gate.sent({ shard }));
      },
    };
  };
  // discord.js 14 makes its gateway at the login, out of the client's options; 15 has made it by now.
  if (later === undefined) Object.assign(client.options, { ws: { ...ws, buildIdentifyThrottler } });
  else later.options.buildIdentifyThrottler = buildIdentifyThrottler;
}

/** Rejects when a connection has closed, at once when it has by now. */
function closed(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
