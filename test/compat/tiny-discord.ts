/** test/compat/tiny-discord: the least of Discord that discord.js logs in to, on loopback. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export const guildsPerShard = 3;

/** The id of a guild of a shard. */
export const guildId = (shard: number, index: number, count: number): string =>
  String(BigInt(1000 * count + shard + index * count) << 22n);

export interface TinyDiscord {
  readonly api: string;
  /** Shard ids in the order they identified. */
  readonly identified: number[];
  /** Answers 401 to the gateway request and 4004 to identifies. */
  refuseToken: boolean;
  /** Shards whose READY is kept back. */
  readonly mute: Set<number>;
  close(): Promise<void>;
}

interface Packet {
  readonly op: number;
  readonly d: { readonly shard?: [number, number] };
}

const guild = (id: string, shard: number) => ({
  id,
  name: `guild of ${shard}`,
  member_count: 10 + shard,
  members: [{ user: { id: `${BigInt(id) + 2n}`, username: 'someone', discriminator: '0' }, roles: [] }],
  channels: [{ id: `${BigInt(id) + 1n}`, type: 0, name: 'general', permission_overwrites: [] }],
  roles: [{ id, name: '@everyone', permissions: '0', position: 0 }],
  ...Object.fromEntries(
    ['emojis', 'stickers', 'threads', 'presences', 'voice_states', 'stage_instances', 'features'].map((key) => [
      key,
      [],
    ]),
  ),
});

function identify(socket: WebSocket, discord: TinyDiscord, [shard, count]: [number, number]): void {
  let sequence = 0;
  const dispatch = (t: string, d: unknown) => socket.send(JSON.stringify({ op: 0, t, s: ++sequence, d }));
  discord.identified.push(shard);
  if (discord.refuseToken) socket.close(4004, 'Authentication failed.');
  if (discord.refuseToken || discord.mute.has(shard)) return;
  const ids = Array.from({ length: guildsPerShard }, (_, index) => guildId(shard, index, count));
  const user = { id: '1', username: 'bot', discriminator: '0', bot: true };
  const session = { session_id: `s${shard}`, resume_gateway_url: discord.api.replace(/^http(.*)\/api$/, 'ws$1') };
  const application = { id: '1', flags: 0 };
  dispatch('READY', {
    v: 10,
    user,
    guilds: ids.map((id) => ({ id, unavailable: true })),
    shard: [shard, count],
    application,
    ...session,
  });
  for (const id of ids) dispatch('GUILD_CREATE', guild(id, shard));
}

/** Starts a Discord on a free port. */
export async function startTinyDiscord(): Promise<TinyDiscord> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (!request.url?.includes('/gateway/bot')) return response.writeHead(404).end('{}');
    if (discord.refuseToken) return response.writeHead(401).end('{"message":"401: Unauthorized","code":0}');
    const limit = { total: 1000, remaining: 1000, reset_after: 14_400_000, max_concurrency: 16 };
    return response.end(
      JSON.stringify({ url: discord.api.replace(/^http(.*)\/api$/, 'ws$1'), shards: 4, session_start_limit: limit }),
    );
  });
  const gateway = new WebSocketServer({ server });
  gateway.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const packet = JSON.parse(String(data)) as Packet;
      if (packet.op === 1) socket.send('{"op":11,"d":null}');
      if (packet.op === 2) identify(socket, discord, packet.d.shard ?? [0, 1]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const discord: TinyDiscord = {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    identified: [],
    mute: new Set(),
    refuseToken: false,
    async close() {
      for (const socket of gateway.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return discord;
}
