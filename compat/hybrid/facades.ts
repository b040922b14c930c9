/** hybrid/facades: which ClusterClient stands for which cluster: one for each, however often a bot makes it. */
import type { Client } from 'discord.js';
import { isClaimed } from '../../src/extend.ts';
import { ClusterClient as CoreClient, getCluster, ShardliftError } from '../../src/index.ts';
import { isManaged } from './info.ts';

/** What is known in one process or thread. */
interface Known {
  readonly facades: WeakMap<CoreClient, object>;
  /** The cluster that its manager knows; a second client has no line of its own. */
  core?: CoreClient;
}

// Registered: the bot may load this code twice, by import and by require.
const key = Symbol.for('shardlift.hybrid');
const holder = globalThis as { [key]?: Known };

/** It would answer for its manager with a client that is not the bot's, and this one would hear nothing. */
const taken = {
  what: 'A ClusterClient for this client',
  instead:
    'The cluster of this process is another client, which has logged in, or was asked for its `cluster`, before. Call ' +
    'new ClusterClient(client) for the client of the bot first.',
};

/** Eris and others: what a cluster knows of its shards and guilds it has from discord.js. */
const foreign = {
  what: 'A ClusterClient for a client that is not of discord.js',
  instead: 'Only clients of discord.js can be clusters; leave this bot on discord-hybrid-sharding.',
};

/** Whether it has what a cluster looks at in a client of discord.js; those of Eris have no `ws`. */
const isDiscordClient = ({ options, ws, guilds }: Partial<Client>): boolean =>
  [options, ws, guilds].every((part) => typeof part === 'object' && part !== null);

const known = (): Known => {
  holder[key] ??= { facades: new WeakMap() };
  return holder[key];
};

/**
 * The cluster of a client: of any client, where a manager started the bot, as its process is one cluster.
 *
 * @throws ShardliftError `NOT_SUPPORTED` when another client became that cluster without being given to a ClusterClient, and
 * for a client that is not of discord.js
 */
export function coreOf(client: Client): CoreClient {
  if (!isDiscordClient(client)) throw new ShardliftError('NOT_SUPPORTED', foreign);
  if (!isManaged()) return new CoreClient(client);
  const { core } = known();
  if (core === undefined) {
    if (isClaimed() && getCluster(client) === undefined) throw new ShardliftError('NOT_SUPPORTED', taken);
    const made = new CoreClient(client);
    known().core = made;
    return made;
  }
  if (getCluster(client) === undefined) {
    client.emit('warn', 'A process is one cluster with one client; client.cluster of this one belongs to the first.');
  }
  return core;
}

/** What stands for a cluster already. */
export const facadeOf = (core: CoreClient): object | undefined => known().facades.get(core);

/** Notes what stands for a cluster from now on. */
export const setFacade = (core: CoreClient, facade: object): void => void known().facades.set(core, facade);
