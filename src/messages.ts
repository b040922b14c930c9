/** messages: plain messages between bots and their manager, as `process.on('message')` knows them. */
import type { Collection } from '@discordjs/collection';
import type { Cluster } from './cluster/cluster.ts';
import { ShardliftError } from './errors.ts';
import type { BroadcastOptions } from './features/events.ts';
import { messagesContract } from './features/messages.ts';
import type { Peer } from './rpc/peer.ts';
import { postToManager } from './transport/stock-channel.ts';
import { clusterIdOf, localHost } from './wire/address.ts';

/** Why a bot that runs alone finds no manager: the `reason` of `NO_ROUTE`. */
export const noManager = 'no manager started this bot';

/** The messages of one bot. */
export class Messages {
  readonly #peer: Peer;
  readonly #managed: boolean;

  /** @param of - `managed` is false for a bot that no manager started */
  constructor(of: { readonly peer: Peer; readonly managed: boolean }) {
    this.#peer = of.peer;
    this.#managed = of.managed;
  }

  /** Sends a message to the manager. @throws ShardliftError `LINK_CLOSED`, `NO_ROUTE` when no manager started this bot */
  async send(message: unknown): Promise<void> {
    // Not to whoever else may be at the other end of `process.send`: a process manager has messages of its own.
    if (!this.#managed) throw new ShardliftError('NO_ROUTE', { to: localHost, reason: noManager });
    await postToManager(message);
  }

  /** Sends a message to the bots of all clusters that are running. */
  async broadcast(message: unknown, { sendSelf = false }: BroadcastOptions = {}): Promise<void> {
    if (this.#managed) await this.#peer.at(messagesContract, localHost).broadcast({ message, sendSelf });
    else if (sendSelf) hear(message);
  }
}

/** Lets a bot without a manager hear its own message: as with one, a copy, and not before the caller goes on. */
function hear(message: unknown): void {
  const copy: unknown = JSON.parse(JSON.stringify({ message }));
  setImmediate(() => process.emit('message', (copy as { message: unknown }).message, undefined));
}

/** Passes on what bots have for all others; those that are down do not hear it, and that is no error. */
export function serveMessages(peer: Peer, clusters: Collection<number, Cluster>): void {
  peer.serve(messagesContract, {
    async broadcast({ message, sendSelf }, { from }) {
      const sender = clusterIdOf(from);
      const others = clusters.filter(({ id, child }) => child !== undefined && (sendSelf || id !== sender));
      const sent = await Promise.allSettled(others.map((cluster) => cluster.send(message)));
      // A message that Node cannot write is its sender's to mend. Any other failure is an accepted loss: a bot that dies
      // now does not hear it, like one that died before.
      const unwritten = sent.find((one) => one.status === 'rejected' && one.reason instanceof TypeError);
      if (unwritten?.status === 'rejected') throw unwritten.reason;
      return null;
    },
  });
}
