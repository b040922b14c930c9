/** cluster/handshake: checks that every cluster answers to the handlers of the manager's option before it is ready. */
import { ShardliftError } from '../errors.ts';
import type { StartFailure } from '../features/system.ts';
import type { Logger } from '../logger.ts';

/** The part of a cluster that matters here. */
export interface Starting {
  readonly id: number;
  /** Starts of this cluster so far. */
  readonly incarnation: number;
}

interface Loaded {
  readonly incarnation: number;
  readonly names: readonly string[];
}

/** What clusters have loaded, as they said when they began to answer. */
export class Handshake {
  readonly #files: readonly string[];
  readonly #logger: Logger;
  /** The pairs of sets that differ and were told. */
  readonly #told = new Set<string>();
  readonly #loaded = new Map<number, Loaded>();
  readonly #clusters: () => number;
  #hasToldOfAuto = false;

  /** @param option - the files of the option `handlers`, where differences are told, and how many clusters there are */
  constructor(option: {
    readonly files: readonly string[];
    readonly logger: Logger;
    readonly clusters: () => number;
  }) {
    this.#files = option.files;
    this.#logger = option.logger;
    this.#clusters = option.clusters;
  }

  /** A client has said which shards it runs. Warns once of `'auto'`: all of them, in each cluster, as under discord.js. */
  attached({ id }: { readonly id: number }, shards: readonly number[] | 'auto'): void {
    if (shards !== 'auto' || this.#hasToldOfAuto || this.#clusters() < 2) return;
    this.#hasToldOfAuto = true;
    this.#logger.warn(
      `The client of cluster ${id} has the option shards: 'auto' of its own, so it runs all shards of the bot and not those ` +
        'of its cluster: each event comes once per cluster. Leave shards and shardCount out of its options.',
    );
  }

  /** A cluster has loaded the files. Warns when it found other handlers in them than another cluster that runs. */
  loaded({ id, incarnation }: Starting, names: readonly string[]): void {
    this.#loaded.set(id, { incarnation, names });
    for (const [other, theirs] of this.#loaded) {
      const missing = theirs.names.filter((name) => !names.includes(name));
      const added = names.filter((name) => !theirs.names.includes(name));
      if (missing.length + added.length === 0) continue;
      // Once for these two sets: in a round of restarts each cluster would differ from those still to come.
      const pair = JSON.stringify([[...names].sort(), [...theirs.names].sort()].sort());
      if (this.#told.has(pair)) return;
      this.#told.add(pair);
      // A warning, no failure: a cluster that is down because a file was edited would be worse.
      this.#logger.warn(new ShardliftError('HANDLERS_DIFFER', { cluster: id, other, missing, added }).message);
      return;
    }
  }

  /** A cluster is gone: others are not compared with it. */
  forget({ id }: Starting): void {
    this.#loaded.delete(id);
  }

  /** Why a cluster may not become ready: nothing of it has loaded the files. */
  failure({ id, incarnation }: Starting): StartFailure | undefined {
    // What was heard of a predecessor does not count.
    if (this.#files.length === 0 || this.#loaded.get(id)?.incarnation === incarnation) return undefined;
    return { kind: 'handlers', message: this.#files.join(', ') };
  }
}
