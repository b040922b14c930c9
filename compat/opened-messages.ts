/** compat/opened-messages: takes a bot's messages out of their envelopes before any listener on its child hears them. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { isShardMessage } from './shard-message.ts';

type Emit = (...args: unknown[]) => boolean;

/** The messages of one cluster's bot. */
export class OpenedMessages {
  #current: { readonly shard: number | null } | undefined;

  /** Whose the message is that listeners are given right now; `undefined` for one that came without an envelope. */
  get current(): { readonly shard: number | null } | undefined {
    return this.#current;
  }

  /**
   * Opens what a child sends. Node gives a message to all listeners at once, users' own among them, so the one place before
   * them is `emit` of this one object.
   */
  watch(child: ChildProcess | Worker): void {
    const emit = child.emit as Emit;
    const opened: Emit = (...args) => {
      const [event, message, ...rest] = args;
      if (event !== 'message' || !isShardMessage(message)) return emit.apply(child, args);
      const before = this.#current;
      this.#current = { shard: message.__shardlift_shard };
      try {
        return emit.call(child, event, message.message, ...rest);
      } finally {
        this.#current = before;
      }
    };
    Object.defineProperty(child, 'emit', { configurable: true, writable: true, value: opened });
  }
}
