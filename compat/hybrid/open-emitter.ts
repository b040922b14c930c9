/** hybrid/open-emitter: an event emitter that knows its own events and lets users have theirs on it. */
import { EventEmitter } from 'node:events';

/** Listeners of the events in `E` know what comes; those of other events take anything, as discord-hybrid-sharding's do. */
export interface OpenEmitter<E extends Record<keyof E, unknown[]>> extends EventEmitter {
  on<K extends keyof E & string>(event: K, listener: (...given: E[K]) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: what comes with an event of a user's own is the user's to say
  on(event: string | symbol, listener: (...given: any[]) => void): this;
  once<K extends keyof E & string>(event: K, listener: (...given: E[K]) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: as for `on`
  once(event: string | symbol, listener: (...given: any[]) => void): this;
  off<K extends keyof E & string>(event: K, listener: (...given: E[K]) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: as for `on`
  off(event: string | symbol, listener: (...given: any[]) => void): this;
  emit<K extends keyof E & string>(event: K, ...given: E[K]): boolean;
  emit(event: string | symbol, ...given: unknown[]): boolean;
}

/** Node's own emitter, typed. */
export const OpenEmitter = EventEmitter as unknown as new <E extends Record<keyof E, unknown[]>>() => OpenEmitter<E>;
