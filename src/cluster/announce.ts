/** cluster/announce: tells listeners what happened, and lets none of them stop the teller or each other. */
import { EventEmitter } from 'node:events';

/** Throws in a turn of its own: the uncaught exception that what a listener throws is with every emitter. */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}

/** Tells all listeners of an event. @returns what they threw */
export function tellAll<Events extends Record<keyof Events, unknown[]>, E extends keyof Events & string>(
  emitter: EventEmitter<Events>,
  event: E,
  ...told: Events[E]
): readonly unknown[] {
  const thrown: unknown[] = [];
  // The raw ones: those for once take themselves off when they are called.
  for (const listener of EventEmitter.prototype.rawListeners.call(emitter, event)) {
    try {
      Reflect.apply(listener, emitter, told);
    } catch (error) {
      thrown.push(error);
    }
  }
  return thrown;
}

/**
 * Emits an event by which something goes on: a restart, a kill, a start that is over.
 *
 * What a listener throws is thrown again in a turn of its own, and what was under way is done all the same.
 */
export function announce<Events extends Record<keyof Events, unknown[]>, E extends keyof Events & string>(
  emitter: EventEmitter<Events>,
  event: E,
  ...told: Events[E]
): void {
  for (const error of tellAll(emitter, event, ...told)) throwLater(error);
}
