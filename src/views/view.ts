/** views/view: one discord.js client of many shards, shown as one client per shard. */
import type { Client } from 'discord.js';
import { type ShardManagers, shardManagers } from './managers.ts';
import { once, overlay, type Replacements } from './overlay.ts';
import { membersOnRealClient, membersOnRealUtil } from './private-members.ts';
import { spokenParts } from './spoken.ts';

/** A client as one of its shards sees it: `instanceof Client` holds, writes reach the real client. */
export type ViewClient = Client;

/** How a client is split. */
export interface ViewOptions {
  /**
   * Who sees a cached user. `partitioned` (the default) gives each user to exactly one view, so that a broadcast counts and
   * messages each user once, as with one process per cluster. `whole` shows every user, for a call aimed at one shard.
   */
  readonly users?: 'partitioned' | 'whole';
}

/**
 * Makes a view of the client for each shard, for one message (an eval, a request over all shards).
 *
 * Over the views of all shards of a client, each guild, each channel and each user is seen exactly once. A view costs next
 * to nothing until a cache is iterated; then one pass over that cache serves all views. A client that runs a single shard
 * needs no view and is returned as it is.
 *
 * What a view cannot hide: `guild.client` is the real client, and the process (memory, pid, globals) is shared.
 *
 * @param client - the client of the cluster
 * @param shards - gateway shard ids of this client that need a view, 0-based
 */
export function createViews(
  client: Client,
  shards: readonly number[],
  options: ViewOptions = {},
): Map<number, ViewClient> {
  const all = runningShards(client) ?? shards;
  if (all.length === 1) return new Map(shards.map((shard) => [shard, client]));
  const managers = shardManagers(client, { all, shown: shards });
  const onRealClient = membersOnRealClient(client);
  return new Map(
    shards.map((shard) => {
      const parts = {
        ...managerParts(managers, shard, options),
        ...ownParts(client, shard, () => view),
        ...spokenParts(client, { shard, view: () => view }),
      };
      const view: ViewClient = overlay(client, parts, onRealClient);
      return [shard, view];
    }),
  );
}

/** Tells whether a client runs a single shard, so that it is its own view. */
export const isUnsplit = (client: Client): boolean => runningShards(client)?.length === 1;

/** The shards of a client; unknown while Discord has yet to say how many there are. */
export function runningShards({ options }: Client): readonly number[] | undefined {
  if (Array.isArray(options.shards)) return options.shards;
  // discord.js 15 keeps them in `ws.shardIds`.
  const { shardIds } = (options.ws ?? {}) as { readonly shardIds?: unknown };
  return Array.isArray(shardIds) ? shardIds : undefined;
}

function managerParts(managers: ShardManagers, shard: number, { users }: ViewOptions): Replacements {
  return {
    guilds: once(() => managers.guilds(shard)),
    channels: once(() => managers.channels(shard)),
    voice: once(() => managers.voice(shard)),
    ws: once(() => managers.ws(shard)),
    ...(users !== 'whole' && { users: once(() => managers.users(shard)) }),
  };
}

/** Under this key `client.shard` of a view has its shard, also in discord.js 15, where it has no `ids`. */
export const shardOfView = '__shardlift_shard';

function shardView<T extends object>(util: T, ids: readonly number[], view: () => ViewClient): T {
  const parts = { [shardOfView]: () => ids[0], client: view, ...('ids' in util && { ids: () => ids }) };
  return overlay(util, parts, membersOnRealUtil(util));
}

/** discord.js 15 keeps the shards of a client one level lower. */
function ownOptions({ options }: Client, ids: readonly number[]): Replacements {
  if (!('shards' in options) && 'shardIds' in (options.ws ?? {})) {
    const ws = once(() => overlay(options.ws as object, { shardIds: () => ids }));
    return { ws };
  }
  return { shards: () => ids };
}

/** What of the client itself names its shards. */
function ownParts(client: Client, shard: number, view: () => ViewClient): Replacements {
  const ids = [shard];
  return {
    options: once(() => overlay(client.options, ownOptions(client, ids))),
    // Asked of the real client: whoever keeps a cluster for each client must not meet the view as another one.
    cluster: () => Reflect.get(client, 'cluster'),
    shard: once(() => client.shard && shardView(client.shard, ids, view)),
  };
}
