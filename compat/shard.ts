/** compat/shard: discord.js's Shard, of which several may share one process or thread. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import * as discord from 'discord.js';
import { type EvalWork, outcomeValue } from '../src/extend.ts';
import { isShardliftError, ShardliftError } from '../src/index.ts';
import { causedError, discordError, startError } from './discord-errors.ts';
import { type AnyFunction, sourceOf, workOf } from './function-text.ts';
import { survivable } from './lost-call.ts';
import type { ShardGroup } from './shard-group.ts';
import { assertPace } from './start-pace.ts';
import type { StockManager, StockShardClass } from './stock.ts';

/** What a manager does for its shards behind their back. */
export interface ShardHost {
  /** The cluster a shard lives in, when it has one. */
  groupOf(shard: ManagedShard): ShardGroup | undefined;
  /** Makes a cluster for a shard alone: it was created by hand, and no plan knows of it. */
  createGroup(shard: ManagedShard): ShardGroup;
  /** Text may be evaluated. @param below - the method that was called @throws ShardliftError `EVALS_OFF` */
  allowEval(call: string, below: AnyFunction): void;
}

/** The hosts of all managers; not part of what users see of a manager. */
export const shardHosts = new WeakMap<StockManager, ShardHost>();

const Stock = discord.Shard as unknown as StockShardClass;

/** One gateway shard, as the manager sees it. Its process or thread may be shared with other shards. */
class ManagedShard extends Stock {
  /**
   * Starts the cluster of this shard; resolves with its child when this shard is ready. Once a cluster has died, each of
   * its shards may ask for that by itself: all get the same start. `timeout` in ms, the first that asks sets it.
   */
  async spawn(timeout = 30_000): Promise<ChildProcess | Worker> {
    if (this.#host.groupOf(this)?.mayStart(this) === false) throw this.#runningError();
    assertPace({ timeout });
    return this.#comesUp(this.#group.spawn(timeout, this));
  }

  /** Ends the cluster of this shard. Nothing happens when it has ended. */
  kill(): void {
    this.#host.groupOf(this)?.kill(this);
  }

  /** Starts the cluster of this shard anew, once for all siblings that ask. Times in ms. */
  async respawn({ delay = 500, timeout = 30_000 } = {}): Promise<ChildProcess | Worker> {
    assertPace({ delay, timeout });
    return this.#comesUp(this.#group.respawn({ delay, timeout }, this));
  }

  /** Sends a message to the bot: `process.on('message')` or `parentPort.on('message')` there. */
  override send(message: unknown): Promise<this> {
    return survivable(async () => {
      this.#assertChild();
      await this.#group.send(message);
      return this;
    });
  }

  /** Evaluates a function or text in this shard's view of the client. */
  eval(script: string | AnyFunction, context?: unknown): Promise<unknown> {
    return survivable(async () => {
      this.#host.allowEval('Shard.eval', ManagedShard.prototype.eval);
      const isText = typeof script !== 'function';
      return this.#evaluate(isText ? { kind: 'script', text: script } : workOf(sourceOf(script), context));
    });
  }

  /** Reads a property of the client: `guilds.cache.size`. */
  fetchClientValue(prop: string): Promise<unknown> {
    return survivable(async () => {
      this.#host.allowEval('Shard.fetchClientValue', ManagedShard.prototype.fetchClientValue);
      return this.#evaluate({ kind: 'property', path: prop });
    });
  }

  get #host(): ShardHost {
    const host = shardHosts.get(this.manager);
    if (host === undefined) throw new TypeError('A Shard needs a ShardingManager of shardlift/compat.');
    return host;
  }

  get #group(): ShardGroup {
    return this.#host.groupOf(this) ?? this.#host.createGroup(this);
  }

  async #evaluate(work: EvalWork): Promise<unknown> {
    this.#assertChild();
    const [outcome] = await this.#group.evaluate(work, 'shard', [this.id]);
    return outcome === undefined ? undefined : outcomeValue(outcome);
  }

  /** Asked of the shard, not of its group: a shard that was never started has none and must not get one here. */
  #assertChild(): void {
    if (this.process === null && this.worker === null) throw discordError('ShardingNoChildExists', this.id);
  }

  #runningError(cause?: unknown): Error {
    const isThread = this.process === null && (this.worker !== null || this.manager.mode === 'worker');
    const failure = isThread ? 'ShardingWorkerExists' : 'ShardingProcessExists';
    return cause === undefined ? discordError(failure, this.id) : causedError(cause, failure, this.id);
  }

  /** Waits for this shard alone: siblings may take longer. */
  async #comesUp(start: Promise<void>): Promise<ChildProcess | Worker> {
    let isReady: () => void = () => undefined;
    const own = new Promise<void>((resolve) => {
      isReady = resolve;
      this.once('ready', isReady);
    });
    try {
      // A sibling's start may have made it ready before it asked. While its death is being told it is still called ready.
      const isUp = this.ready && this.#host.groupOf(this)?.alive === true;
      if (!isUp) await Promise.race([start, own]);
    } catch (error) {
      throw isShardliftError(error, 'CLUSTER_RUNNING') ? this.#runningError(error) : startError(error, this.id);
    } finally {
      this.off('ready', isReady);
    }
    return (this.process ?? this.worker) as ChildProcess | Worker;
  }
}

Object.defineProperty(ManagedShard, 'name', { value: 'Shard' });

/**
 * What a `createShard` of the user's own made. discord.js's Shard would wait for ever for answers in a protocol that nobody
 * here speaks.
 *
 * @throws ShardliftError `INVALID_OPTION`
 */
export function assertManaged<T>(shard: T): T {
  if (!(shard instanceof discord.Shard) || shard instanceof ManagedShard) return shard;
  const option = 'the result of createShard()';
  const expected = 'a Shard of shardlift/compat: import { Shard } from there, too';
  throw new ShardliftError('INVALID_OPTION', { option, expected, received: "discord.js's own Shard" });
}

export { ManagedShard };
