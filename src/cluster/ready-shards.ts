/** cluster/ready-shards: which gateway shards of a cluster are ready. */
import type { ShardStep } from '../features/system.ts';

/** Follows the steps of the shards. */
export class ReadyShards {
  readonly #shards: readonly number[];
  readonly #ready = new Set<number>();

  constructor(shards: readonly number[]) {
    this.#shards = shards;
  }

  /** Every shard is ready. */
  get all(): boolean {
    return this.missing.length === 0;
  }

  /** Those that are not ready, ascending. */
  get missing(): number[] {
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
