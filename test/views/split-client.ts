/** test/views/split-client: a real discord.js client with guilds on several shards, without a gateway. */
import { ChannelType, Client, type ClientOptions, type Collection, GatewayIntentBits } from 'discord.js';

export const shards = [0, 1, 2] as const;
export const guildsPerShard = 4;

interface Adding {
  _add(data: unknown): unknown;
}

/** A snowflake whose guild belongs to a shard: `(id >> 22) % count`. */
export const guildId = (shard: number, index: number): string =>
  String(BigInt(1000 * shards.length + shard + index * shards.length) << 22n);

export const options: ClientOptions = {
  intents: [GatewayIntentBits.Guilds],
  shards: [...shards],
  shardCount: shards.length,
};

/** Fills a client with guilds (two channels, two members and an emoji each) and two direct messages. */
export function fill<C extends Client>(client: C): C {
  for (const shard of shards) {
    for (let index = 0; index < guildsPerShard; index++) addGuild(client, shard, index);
  }
  for (const id of ['900', '901']) {
    add(client.channels, { id, type: ChannelType.DM, recipients: [{ id: `${id}7`, username: 'friend' }] });
  }
  for (const id of shards) {
    const socket = { id, status: 0, ping: 100 + id, send: () => undefined };
    (client.ws.shards as Collection<number, unknown>).set(id, socket);
  }
  return client;
}

export function splitClient(): Client {
  return fill(new Client(options));
}

export function addGuild(client: Client, shard: number, index: number): void {
  const id = guildId(shard, index);
  const at = (offset: number) => String(BigInt(id) + BigInt(offset));
  add(client.guilds, {
    id,
    shardId: shard,
    name: `guild ${shard}/${index}`,
    member_count: 10 + shard,
    features: [],
    roles: [{ id, name: '@everyone', permissions: '0', position: 0 }],
    channels: [1, 2].map((n) => ({
      id: at(n),
      type: ChannelType.GuildText,
      name: `text-${n}`,
      permission_overwrites: [],
    })),
    members: [3, 4].map((n) => ({ user: { id: at(n), username: `user-${n}` }, roles: [] })),
    emojis: [{ id: at(5), name: 'smile', roles: [] }],
  });
}

export function add(manager: object, data: unknown): unknown {
  return (manager as unknown as Adding)._add(data);
}
