/** views/managers: the managers of a client as one of its shards sees them, and which shard each cache entry belongs to. */
import type { Channel, Client, Guild, User } from 'discord.js';
import { once, overlay, type Replacements } from './overlay.ts';
import { Partition, type PartitionOptions } from './partition.ts';

/** The shards of a client that is being split. */
export interface SplitShards {
  /** Every shard the client runs. */
  readonly all: readonly number[];
  /** The shards that get a view. */
  readonly shown: readonly number[];
}

/** The managers of one client, each as one shard sees it; `users` gives every user to one shard only. */
export type ShardManagers = Readonly<
  Record<'guilds' | 'channels' | 'users' | 'voice' | 'ws', (shard: number) => unknown>
>;

/** Prepares the managers of all views of a client; nothing is copied before a cache is read. */
export function shardManagers(client: Client, shards: SplitShards): ShardManagers {
  // Direct messages arrive on shard 0, so the lowest shard keeps them and whatever else belongs to no guild.
  // https://discord.com/developers/docs/events/gateway#sharding
  const home = Math.min(...shards.all);
  const ofGuild = (guild: Guild | undefined) => guild?.shardId ?? home;
  const split = <K, V>(source: Map<K, V>, ownerOf: PartitionOptions<K, V>['ownerOf']) => {
    // A bot may keep its caches in something of its own; that cannot be split, so every view sees all of it.
    if (!(source instanceof Map)) return () => source;
    const partition = once(() => new Partition({ source, ownerOf, shards: shards.shown }));
    return (shard: number) => partition().part(shard);
  };

  const guilds = split(client.guilds.cache, ofGuild);
  const channels = split(client.channels.cache, (channel) => ofGuild(guildOf(channel)));
  const users = split(client.users.cache, (user) => shards.all[userBucket(user, shards.all.length)] ?? home);
  const adapters = split(client.voice.adapters, (_, guildId) => ofGuild(client.guilds.cache.get(guildId)));
  const sockets = split(client.ws.shards, (_, shard) => shard);

  return {
    guilds: (shard) => withCache(client.guilds, guilds(shard)),
    channels: (shard) =>
      withCache(client.channels, channels(shard), {
        _add: () => addChannel(client.channels, (guild) => ofGuild(guild) !== shard),
      }),
    // A lookup that leaves the cache of the cluster unused would cost a request which one process per shard did not make.
    users: (shard) => withCache(client.users, users(shard), { fetch: () => client.users.fetch.bind(client.users) }),
    voice: (shard) => overlay(client.voice, { adapters: () => adapters(shard) }),
    ws: (shard) => (client.ws.shards instanceof Map ? shardGateway(client.ws, () => sockets(shard)) : client.ws),
  };
}

type Channels = Client['channels'];
type Gateway = Client['ws'];

/** The way into a cache; private in the typings, the same from 14.14 to 15-dev. */
interface Adding {
  _add(data: unknown, guild?: unknown, options?: { readonly allowUnknownGuild?: boolean }): unknown;
}

/** `Status.Ready` of discord.js. */
const ready = 0;

function guildOf(channel: Channel | undefined): Guild | undefined {
  return channel !== undefined && 'guild' in channel ? channel.guild : undefined;
}

/** Any fixed function of the id does; the last six digits are as even as the id's low bits and cheaper than a BigInt. */
function userBucket(user: User, count: number): number {
  return Number(user.id.slice(-6)) % count;
}

/** A manager over one part. What it fetches goes into the real cache, where it may patch what another shard holds. */
function withCache(manager: object, cache: unknown, more: Replacements = {}): unknown {
  const adding = manager as Adding;
  return overlay(manager, { cache: () => cache, _add: () => adding._add.bind(adding), ...more });
}

/** Fetching a channel of a foreign guild gives null in a process of its own: discord.js does not know the guild. */
function addChannel(channels: Channels, isForeign: (guild: Guild) => boolean): Adding['_add'] {
  return (data, guild, options) => {
    const channel = (channels as unknown as Adding)._add(data, guild, options) as Channel | null;
    const owner = guildOf(channel ?? undefined);
    const isHidden = owner !== undefined && isForeign(owner) && options?.allowUnknownGuild !== true;
    return isHidden ? null : channel;
  };
}

/** `ping` is a getter over `shards`. `status` turns ready with the first of: this shard, all shards; and stays so. */
function shardGateway(gateway: Gateway, sockets: () => Map<number, { readonly status: number }> | undefined): unknown {
  return overlay(gateway, {
    shards: sockets,
    totalShards: () => 1,
    status: () => (sockets()?.values().next().value?.status === ready ? ready : gateway.status),
  });
}
