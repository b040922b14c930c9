/** store/manager-store: the store of a manager, put together from its options. */
import type { Logger } from '../logger.ts';
import { reachInProcess } from './in-process.ts';
import { MemoryEngine } from './memory-engine.ts';
import type { ResolvedStoreOptions } from './options.ts';
import { Snapshots } from './snapshots.ts';
import { Store } from './store.ts';

/** A store with what holds it. */
export interface OpenStore {
  readonly store: Store;
  readonly engine: MemoryEngine;
  /** Writes the snapshot for the last time, if there is one. Never rejects. */
  close(): Promise<void>;
}

/** Opens the store of a manager, with what its snapshot holds. */
export function openStore({ snapshot, ...caps }: ResolvedStoreOptions, logger: Logger): OpenStore {
  const engine = new MemoryEngine({
    caps,
    onFull: ({ entries, bytes }) =>
      logger.warn(
        `The store is full (${entries} values, ${bytes} bytes), so those used least recently go from now on. ` +
          'Give values a ttlMs, or raise store.maxEntries and store.maxBytes.',
      ),
  });
  const snapshots = snapshot && new Snapshots({ ...snapshot, engine, logger });
  return { engine, store: new Store(reachInProcess(engine)), close: async () => snapshots?.close() };
}
