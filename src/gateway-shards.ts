/** gateway-shards: what becomes of a client's shards, in the same words for discord.js 14 and 15. */
import type { Client } from 'discord.js';
import type { ShardStep } from './features/system.ts';
import { LaterShards, laterGateway } from './later-shards.ts';

/** A gateway packet, as far as it is looked at. */
export interface Packet {
  readonly t: string | null;
  readonly d: { readonly id?: string } | null;
}

/** discord.js's `Status.Idle`: not connected yet. */
const idle = 3;

// One for each client: it counts what comes.
const known = new WeakMap<Client, LaterShards>();

/** The shards of a client of discord.js 15; undefined for one of 14, which tells of them itself. */
function later(client: Client): LaterShards | undefined {
  const gateway = laterGateway(client);
  if (gateway === undefined) return undefined;
  const shards = known.get(client) ?? new LaterShards(client, gateway);
  known.set(client, shards);
  return shards;
}

/** Tells of each step of each shard from now on, to all listeners in their order. */
export function onShardStep(client: Client, listener: (step: ShardStep) => void): void {
  const own = later(client);
  own?.onStep(listener);
  if (own !== undefined) return;
  client.on('shardReady', (shard) => listener({ shard, step: 'ready' }));
  client.on('shardDisconnect', ({ code }, shard) => listener({ shard, step: 'disconnect', code }));
  client.on('shardReconnecting', (shard) => listener({ shard, step: 'reconnecting' }));
  client.on('shardResume', (shard, replayed) => listener({ shard, step: 'resume', replayed }));
}

/** Tells of every packet; what it changes is there when all of the tick are handled. */
export function onPacket(client: Client, listener: (packet: Packet) => void): void {
  const gateway = laterGateway(client);
  if (gateway !== undefined) gateway.on('dispatch', listener);
  else client.on('raw' as never, listener as never);
}

/** A shard's `Status` in discord.js's numbers, and the time of its last heartbeat in ms; -1 without one. */
export function shardHealth(client: Client, shard: number): { readonly status: number; readonly ping: number } {
  const own = later(client);
  if (own !== undefined) return own.health(shard);
  const { status = idle, ping = -1 } = client.ws.shards?.get(shard) ?? {};
  return { status, ping };
}
