/** cluster/ready-shards: which gateway shards of a cluster are ready. */
import type { ShardStep } from '../features/system.ts';

/** Follows the steps of the shards. */
export class ReadyShards {
  readonly #shards: readonly number[];
  readonly #anyShard: boolean;
  readonly #ready = new Set<number>();

  /** @param anyShard - one ready shard is enough, whichever: the bot chooses its own */
  constructor(shards: readonly number[], anyShard = false) {
    this.#shards = shards;
    this.#anyShard = anyShard;
  }

  /** Every shard is ready. */
  get all(): boolean {
    return this.missing.length === 0;
  }

  /** Those that are not ready, ascending. */
  get missing(): number[] {
    if (this.#anyShard && this.#ready.size > 0) return [];
    return this.#shards.filter((shard) => !this.#ready.has(shard));
  }

  /** Whether one shard is ready. */
  has(shard: number): boolean {
    return this.#ready.has(shard);
  }

  /** A shard moved on. */
  take({ shard, step }: ShardStep): void {
    if (step === 'ready' || step === 'resume') this.#ready.add(shard);
    else this.#ready.delete(shard);
  }

  /** The child that held them is gone. */
  clear(): void {
    this.#ready.clear();
  }
}
