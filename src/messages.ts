/** messages: plain messages between bots and their manager, as `process.on('message')` knows them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Collection } from '@discordjs/collection';
import type { Cluster } from './cluster/cluster.ts';
import { isShardliftError, ShardliftError } from './errors.ts';
import type { BroadcastOptions } from './features/events.ts';
import { messagesContract } from './features/messages.ts';
import type { Peer } from './rpc/peer.ts';
import { postFailure } from './transport/post-failure.ts';
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

  /** Sends a message to the manager. @throws ShardliftError `LINK_CLOSED`, `UNSERIALISABLE`; `NO_ROUTE` when no manager started this bot */
  async send(message: unknown): Promise<void> {
    // Not to whoever else may be at the other end of `process.send`: a process manager has messages of its own.
    if (!this.#managed) throw new ShardliftError('NO_ROUTE', { to: localHost, reason: noManager });
    await postToManager(message);
  }

  /** Sends a message to the bots of all clusters that are running. @throws ShardliftError `UNSERIALISABLE` */
  async broadcast(message: unknown, { sendSelf = false }: BroadcastOptions = {}): Promise<void> {
    if (this.#managed) await this.#peer.at(messagesContract, localHost).broadcast({ message, sendSelf });
    else if (sendSelf) hear(message);
  }
}

/** A message as Node would write it. @throws ShardliftError `UNSERIALISABLE` */
function written(message: unknown): string {
  try {
    const text = JSON.stringify({ message });
    if (text !== '{}') return text;
  } catch (cause) {
    throw postFailure(cause, 'this bot');
  }
  throw new ShardliftError('UNSERIALISABLE', { path: 'message', received: `of type ${typeof message}` });
}

/** Lets a bot without a manager hear its own message: as with one, a copy, and not before the caller goes on. */
function hear(message: unknown): void {
  const copy = JSON.parse(written(message)) as { readonly message: unknown };
  setImmediate(() => process.emit('message', copy.message, undefined));
}

/**
 * Hands a message to all clusters that have a child, and waits for none to read it: one that hangs would keep all waiting.
 *
 * @throws ShardliftError `UNSERIALISABLE`
 */
export async function handToAll(clusters: Collection<number, Cluster>, message: unknown): Promise<void> {
  const running = clusters.filter(({ child }) => child !== undefined);
  const ends = running.map((cluster) =>
    cluster.send(message).catch((error: unknown) => {
      // Any other failure is an accepted loss: a bot that dies now does not hear it, like one that died before.
      if (isShardliftError(error, 'UNSERIALISABLE')) throw error;
    }),
  );
  // What cannot be written fails before the next turn. By then the rest has been handed to Node.
  await Promise.race([Promise.all(ends), nextTurn()]);
}

/** Passes on what bots have for all others; those that are down do not hear it, and that is no error. */
export function serveMessages(peer: Peer, clusters: Collection<number, Cluster>): void {
  peer.serve(messagesContract, {
    async broadcast({ message, sendSelf }, { from }) {
      const sender = clusterIdOf(from);
      const others = clusters.filter(({ id }) => sendSelf || id !== sender);
      await handToAll(others, message);
      return null;
    },
  });
}
