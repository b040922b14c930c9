/** store/options: what the manager's store can be told. */

/** Where the store is written to, so that it survives a restart of the manager. */
export interface SnapshotOptions {
  /** The file, relative to the current folder; its folder must exist. Written with mode 0600. */
  readonly file: string;
  /** Least time between two writes, in ms; `null` writes on `stop` only. Default 60 000. */
  readonly everyMs?: number | null | undefined;
}

/** The manager option `store`. */
export interface StoreOptions {
  /** Most values; beyond that the least recently used ones go. `null` (default) for no limit. */
  readonly maxEntries?: number | null | undefined;
  /** Most bytes of all keys and values with 128 bytes for each; `null` for no limit. Default 268 435 456 (256 MiB). */
  readonly maxBytes?: number | null | undefined;
  /** Keeps the values over a restart of the manager. Default: they live as long as it does. */
  readonly snapshot?: SnapshotOptions | undefined;
}

/** How much a store may hold; infinite for no limit. */
export interface StoreCaps {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** The option `store`, complete. */
export interface ResolvedStoreOptions extends StoreCaps {
  /** `everyMs` is infinite when only `stop` writes. */
  readonly snapshot: { readonly file: string; readonly everyMs: number } | undefined;
}

/** The caps of a store that is told none. */
export const defaultCaps: StoreCaps = { maxEntries: Number.POSITIVE_INFINITY, maxBytes: 256 * 1024 * 1024 };

const defaultEveryMs = 60_000;

const capOf = (given: number | null | undefined, byDefault: number): number =>
  given === undefined ? byDefault : (given ?? Number.POSITIVE_INFINITY);

/**
 * Fills in the defaults.
 *
 * @param locate - makes the path of the snapshot absolute, and refuses one that cannot be
 */
export function resolveStoreOptions(
  { maxEntries, maxBytes, snapshot }: StoreOptions,
  locate: (file: string) => string,
): ResolvedStoreOptions {
  return Object.freeze({
    maxEntries: capOf(maxEntries, defaultCaps.maxEntries),
    maxBytes: capOf(maxBytes, defaultCaps.maxBytes),
    snapshot: snapshot && { file: locate(snapshot.file), everyMs: capOf(snapshot.everyMs, defaultEveryMs) },
  });
}
