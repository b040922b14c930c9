/** hybrid/facades: which ClusterClient stands for which cluster: one for each, however often a bot makes it. */
import type { Client } from 'discord.js';
import { ClusterClient as CoreClient, getCluster } from '../../src/index.ts';
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
const known = (): Known => {
  holder[key] ??= { facades: new WeakMap() };
  return holder[key];
};

/** The cluster of a client: of any client, where a manager started the bot, as its process is one cluster. */
export function coreOf(client: Client): CoreClient {
  if (!isManaged()) return new CoreClient(client);
  const { core } = known();
  if (core === undefined) {
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
