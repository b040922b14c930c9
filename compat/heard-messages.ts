/** compat/heard-messages: counts the messages of users that a bot was given, so that a call sent after one runs after it. */
import { isMainThread, parentPort } from 'node:worker_threads';
import { MessageCount } from './message-count.ts';

/**
 * Counts what the bot's `message` listeners were given.
 *
 * Messages of users go by Node's channel, calls by our own line, and two lines keep no order between them. discord.js has
 * one for both: a message that was sent first is heard first.
 */
export class HeardMessages {
  readonly #count = new MessageCount();
  readonly #listeners: () => number;

  constructor() {
    const port = isMainThread ? null : parentPort;
    this.#listeners = () => (port ?? process).listenerCount('message');
    if (port === null) this.#watchProcess();
    else this.#watchPort(port);
  }

  /** Resolves once so many messages were heard, or cannot be: the bot does not listen, or one was lost. */
  reached(count: number): Promise<null> {
    return this.#listeners() === 0 ? Promise.resolve(null) : this.#count.reached(count);
  }

  /** By `emit`, not by a listener of ours: that would take the messages which Node keeps for the bot's first. */
  #watchProcess(): void {
    const { emit } = process;
    process.emit = ((...args: Parameters<typeof emit>) => {
      try {
        return emit.apply(process, args);
      } finally {
        // Also when a listener throws and the bot goes on: the next call must not wait for it.
        if ((args[0] as string) === 'message') this.#count.add();
      }
    }) as typeof emit;
  }

  /** A port gives messages to listeners alone: ours comes with the bot's first, and hears each after it. */
  #watchPort(port: NonNullable<typeof parentPort>): void {
    let listens = false;
    for (const name of ['on', 'once', 'addListener', 'addEventListener'] as const) {
      const add = port[name] as (...args: unknown[]) => unknown;
      const watched = (...args: unknown[]): unknown => {
        const result = add.apply(port, args);
        if (args[0] === 'message' && !listens) {
          listens = true;
          port.addListener('message', () => this.#count.add());
        }
        return result;
      };
      Object.defineProperty(port, name, { configurable: true, writable: true, value: watched });
    }
  }
}

const key = Symbol.for('shardlift.heard-messages');
const holder = globalThis as { [key]?: HeardMessages };

/** The one counter of this process or thread; the first call starts it. */
export function heardMessages(): HeardMessages {
  holder[key] ??= new HeardMessages();
  return holder[key];
}
