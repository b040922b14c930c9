/** cluster/announce: tells listeners what happened, and lets none of them stop the teller or each other. */
import { EventEmitter } from 'node:events';

/**
 * Emits an event by which something goes on: a restart, a kill, a start that is over.
 *
 * What a listener throws is thrown again in a turn of its own: there it is the uncaught exception that it is with every
 * emitter, and what was under way is done all the same.
 */
export function announce<Events extends Record<keyof Events, unknown[]>, E extends keyof Events & string>(
  emitter: EventEmitter<Events>,
  event: E,
  ...told: Events[E]
): void {
  // The raw ones: those for once take themselves off when they are called.
  for (const listener of EventEmitter.prototype.rawListeners.call(emitter, event)) {
    try {
      Reflect.apply(listener, emitter, told);
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
  }
}
