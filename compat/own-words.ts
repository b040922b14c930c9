/** compat/own-words: keeps what a bot's own code says in discord.js's words apart from the words of a bot that it launched. */
import { subscribe } from 'node:diagnostics_channel';
import { isClaimed } from '../src/extend.ts';
import { enveloped, isOwnEnvelope, isShardMessage } from './shard-message.ts';
import { isFirstWord, stockMessage } from './stock-words.ts';

/** A process or thread that this one started. */
interface Child {
  emit(...args: unknown[]): boolean;
}

function isStockWord(message: unknown): boolean {
  const stock = stockMessage(message);
  return stock !== undefined && isFirstWord(stock);
}

/** What the manager would take for something else than a message of the user's. */
const isAmbiguous = (message: unknown): boolean =>
  isShardMessage(message) ? !isOwnEnvelope(message) : isStockWord(message);

/**
 * Marks what the bot's own code sends and looks as if it were ours or discord.js's, so that the manager gets it whole.
 *
 * First words of discord.js, at any time: the manager hears them on another line than the news that there is a client of
 * ours, and would take a bot that says them for one that nothing of ours has reached. And messages that have the shape of
 * our envelope, which would be opened there.
 *
 * They may also be such a bot's, which this process launched and passes on: then a child of its own has said them before.
 */
export class OwnWords {
  #passesOn = false;

  constructor() {
    // https://nodejs.org/api/diagnostics_channel.html#built-in-channels
    subscribe('child_process', (news) => this.#watch((news as { readonly process: Child }).process));
    subscribe('worker_threads', (news) => this.#watch((news as { readonly worker: Child }).worker));
  }

  /** A message of this process as it is to be sent. */
  marked(message: unknown): unknown {
    if (!isAmbiguous(message) || (this.#passesOn && !isClaimed())) return message;
    return enveloped(null, message);
  }

  /** By `emit`, not by a listener: that would take the messages which Node keeps for the first listener of the user's. */
  #watch(child: Child): void {
    const { emit } = child;
    const watched = (...args: unknown[]): boolean => {
      if (args[0] === 'message' && isAmbiguous(args[1])) this.#passesOn = true;
      return emit.apply(child, args);
    };
    Object.defineProperty(child, 'emit', { configurable: true, writable: true, value: watched });
  }
}
