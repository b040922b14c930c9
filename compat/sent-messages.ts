/** compat/sent-messages: counts the messages that a bot sends its manager, so that an answer given after one arrives after it. */
import { isMainThread, parentPort } from 'node:worker_threads';
import { isEnvelope } from '../src/extend.ts';
import { OwnWords } from './own-words.ts';

type Send = (...args: unknown[]) => unknown;

/** Counts what leaves by Node's own channel, `client.shard.send` and the bot's own `process.send` alike. */
export class SentMessages {
  readonly #ownWords = new OwnWords();
  #count = 0;

  constructor() {
    if (isMainThread) this.#watch(process, 'send');
    else if (parentPort !== null) this.#watch(parentPort, 'postMessage');
  }

  /** Messages so far. */
  get count(): number {
    return this.#count;
  }

  #watch(channel: object, name: 'send' | 'postMessage'): void {
    const send = (channel as { [name]?: Send })[name];
    if (send === undefined) return;
    const watched = (...args: unknown[]): unknown => {
      const [message, ...others] = args;
      const result = send.apply(channel, args.length === 0 ? args : [this.#ownWords.marked(message), ...others]);
      // Where our own frames have to go by this channel, the manager takes them out before it counts.
      if (!isEnvelope(message)) this.#count++;
      return result;
    };
    Object.defineProperty(channel, name, { configurable: true, enumerable: true, writable: true, value: watched });
  }
}

const key = Symbol.for('shardlift.sent-messages');
const holder = globalThis as { [key]?: SentMessages };

/** The one counter of this process or thread; the first call starts it. */
export function sentMessages(): SentMessages {
  holder[key] ??= new SentMessages();
  return holder[key];
}
