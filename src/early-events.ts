/** early-events: lets shards that are ready hear what Discord sends them while their siblings still start. */
import type { Client } from 'discord.js';
import type { EarlyEvents } from './environment.ts';

interface Packet {
  readonly t?: string;
}

interface GatewayShard {
  readonly id: number;
  readonly status: number;
}

/** The part of discord.js 14's WebSocketManager that queues packets; gone in 15. */
interface PacketQueue {
  status: number;
  readonly packetQueue: { readonly packet: Packet; readonly shard: GatewayShard }[];
  handlePacket?(packet?: Packet, shard?: GatewayShard): boolean;
}

/** `Status.Ready` of discord.js. */
const ready = 0;
const interaction = 'INTERACTION_CREATE';

/**
 * Hands interactions of a shard that is ready, or all it is sent, to the bot at once.
 *
 * discord.js queues what comes before all shards of a client are ready. With a shard per process nothing waits for others;
 * with several the last one may come a minute later, when interactions have long expired: Discord gives them 3 s, and
 * whoever answers later is refused. All else comes late, but in order and after `clientReady`, on which many bots count:
 * so it is early only where that is asked for.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 */
export function passEarly(client: Client, events: EarlyEvents): void {
  const ws = client.ws as unknown as PacketQueue;
  const { handlePacket } = ws;
  if (handlePacket === undefined) return;
  const isEarly = ({ t }: Packet): boolean => events === 'all' || t === interaction;
  const pass = (packet: Packet, shard: GatewayShard): boolean => {
    const { status } = ws;
    // For this one packet the client is as ready as its shard; the queue is none of its business. It is read-only.
    const kept = ws.packetQueue.splice(0);
    ws.status = ready;
    try {
      return handlePacket.call(ws, packet, shard);
    } finally {
      ws.status = status;
      ws.packetQueue.unshift(...kept);
    }
  };
  ws.handlePacket = (packet, shard) => {
    const waits = packet !== undefined && ws.status !== ready && shard?.status === ready;
    return waits && isEarly(packet) ? pass(packet, shard) : handlePacket.call(ws, packet, shard);
  };
  client.on('shardReady', (id) => {
    if (ws.status === ready) return;
    const isDue = ({ packet, shard }: PacketQueue['packetQueue'][number]) => isEarly(packet) && shard.id === id;
    const due = ws.packetQueue.filter(isDue);
    const rest = ws.packetQueue.filter((item) => !due.includes(item));
    ws.packetQueue.splice(0, ws.packetQueue.length, ...rest);
    for (const { packet, shard } of due) pass(packet, shard);
  });
}
