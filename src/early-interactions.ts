/** early-interactions: lets shards that are ready answer interactions while their siblings still start. */
import type { Client } from 'discord.js';

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
 * Hands interactions of a shard that is ready to the bot at once.
 *
 * discord.js queues what comes before all shards of a client are ready. With a shard per process nothing waits for others;
 * with several the last one may come a minute later, when interactions have long expired: Discord gives them 3 s, and
 * whoever answers later is refused. All else loses nothing by waiting, and bots count on `clientReady` being first.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 */
export function passInteractionsEarly(client: Client): void {
  const ws = client.ws as unknown as PacketQueue;
  const { handlePacket } = ws;
  if (handlePacket === undefined) return;
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
    const isEarly = packet?.t === interaction && ws.status !== ready && shard?.status === ready;
    return isEarly ? pass(packet, shard) : handlePacket.call(ws, packet, shard);
  };
  client.on('shardReady', (id) => {
    if (ws.status === ready) return;
    const isDue = ({ packet, shard }: PacketQueue['packetQueue'][number]) =>
      packet.t === interaction && shard.id === id;
    const due = ws.packetQueue.filter(isDue);
    const rest = ws.packetQueue.filter((item) => !due.includes(item));
    ws.packetQueue.splice(0, ws.packetQueue.length, ...rest);
    for (const { packet, shard } of due) pass(packet, shard);
  });
}
