/** compat/shard-group: the shards of one cluster. Turns what happens to the cluster into what happens to each Shard. */

import type { ChildProcess } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { ShardEvents } from 'discord.js';
import { announce, type EvalCaller, type EvalOutcome, type EvalWork } from '../src/extend.ts';
import type { Cluster } from '../src/index.ts';
import { callError, discordError, startError } from './discord-errors.ts';
import { followShard } from './launch-settings.ts';
import { MessageCount } from './message-count.ts';
import { MessageOrder } from './message-order.ts';
import { throwStock } from './post-error.ts';

/** A Shard, as far as its group moves it. */
export interface GroupedShard extends EventEmitter {
  readonly id: number;
  readonly args: string[];
  readonly execArgv: string[] | undefined;
  readonly env: Readonly<Record<string, unknown>>;
  readonly silent: boolean;
  ready: boolean;
  process: ChildProcess | null;
  worker: Worker | null;
  send(message: unknown): Promise<unknown>;
}

/** What a group is made of. */
export interface GroupParts {
  readonly cluster: Cluster;
  /** Ascending by id. */
  readonly shards: readonly GroupedShard[];
  readonly caller: EvalCaller;
  /** What every child gets in its environment beyond what its first shard has. */
  readonly environment: () => Readonly<Record<string, unknown>>;
  /** Asks the bot to answer once it was given so many messages of users. */
  readonly heard: (count: number) => Promise<unknown>;
  /** Told when the cluster comes to life or dies, before anybody else is. */
  readonly onChange: () => void;
}

/** A message that is meant for a certain shard of its cluster, from a call inside of an eval. */
export interface ShardMessage {
  readonly __shardlift_shard: number;
  readonly message: unknown;
}

// discord.js 15 has one event for every connection that closes.
const lineLost = 'Reconnecting' in ShardEvents ? 'reconnecting' : 'disconnect';

/** discord.js's word for "do not wait": -1 or Infinity. */
const patience = (timeout: number): number | null =>
  timeout === -1 || timeout === Number.POSITIVE_INFINITY ? null : timeout;

/** One cluster with its Shard objects. */
export class ShardGroup {
  readonly cluster: Cluster;
  readonly shards: readonly GroupedShard[];
  readonly #caller: EvalCaller;
  readonly #onChange: () => void;
  readonly #order: MessageOrder;
  #fromBot = new MessageCount();
  #ending: Promise<void> | undefined;
  #respawning: Promise<void> | undefined;
  /** The child whose death has been told already. */
  #buried: ChildProcess | Worker | undefined;

  constructor({ cluster, shards, caller, environment, heard, onChange }: GroupParts) {
    this.cluster = cluster;
    this.shards = shards;
    this.#caller = caller;
    this.#onChange = onChange;
    this.#order = new MessageOrder(heard);
    this.#useFirstShard(environment);
    this.#relay();
  }

  /** A child is running. */
  get alive(): boolean {
    return this.cluster.child !== undefined && this.cluster.child !== this.#buried;
  }

  /** Starts the cluster; resolves when all shards are ready. `timeout` in ms, -1 or Infinity to not wait. */
  async spawn(timeout: number): Promise<void> {
    // The predecessor may still be on its way out; two bots with the same shards would end each other's sessions.
    if (this.#ending !== undefined) await this.#ending;
    await this.cluster.spawn({ timeoutMs: patience(timeout) });
  }

  /** Ends the cluster. As with discord.js its shards say so at once, before the process has really gone. */
  kill(): void {
    const { child } = this.cluster;
    const ending = this.cluster.kill().finally(() => {
      if (this.#ending === ending) this.#ending = undefined;
    });
    this.#ending = ending;
    if (child !== undefined && child !== this.#buried) this.#bury(child);
  }

  /** Ends the cluster and starts it anew; siblings that ask meanwhile get the same restart. Times in ms. */
  respawn({ delay, timeout }: { readonly delay: number; readonly timeout: number }): Promise<void> {
    this.#respawning ??= this.#respawn(delay, timeout).finally(() => {
      this.#respawning = undefined;
    });
    return this.#respawning;
  }

  /** Sends a message to the bot, once for all its shards. @throws what Node says of a message that it cannot write, as stock */
  async send(message: unknown): Promise<void> {
    this.#assertAlive();
    const handedOver = this.cluster.send(message).catch(throwStock);
    this.#order.sent(handedOver);
    await handedOver;
  }

  /** Resolves once its shards have heard so many messages of the bot. */
  heardFromBot(count: number): Promise<null> {
    return this.#fromBot.reached(count);
  }

  /** Has work done in the cluster. @throws discord.js's `ShardingNoChildExists` when it is dead or dies meanwhile */
  async evaluate(
    work: EvalWork,
    scope: 'shards' | 'shard' | 'cluster',
    shards: readonly number[] = this.shards.map((shard) => shard.id),
  ): Promise<readonly EvalOutcome[]> {
    this.#assertAlive(shards[0]);
    const before = this.#order.before;
    if (before !== undefined) await before;
    try {
      return await this.#caller.run(this.cluster.id, { work, scope, shards });
    } catch (error) {
      throw callError(error, shards[0] ?? 0);
    }
  }

  #assertAlive(shard = this.shards[0]?.id): void {
    if (!this.alive) throw discordError('ShardingNoChildExists', shard);
  }

  async #respawn(delay: number, timeout: number): Promise<void> {
    this.kill();
    await this.#ending;
    if (delay > 0) await sleep(delay);
    await this.spawn(timeout);
  }

  /** The first shard's settings are the cluster's, read at each start: users change them between two starts. */
  #useFirstShard(environment: GroupParts['environment']): void {
    const [first] = this.shards;
    if (first === undefined) return;
    const ids = this.shards.map((shard) => shard.id);
    // A plain number for one shard, as discord.js has it: some bots read it themselves.
    const SHARDS = ids.length === 1 ? first.id : JSON.stringify(ids);
    followShard(this.cluster.launch, first, () => ({ SHARDS, ...environment() }));
  }

  #relay(): void {
    const { cluster } = this;
    cluster.on('spawn', (child) => this.#born(child));
    cluster.on('shardReady', (id) => this.#tell(id, true, 'ready'));
    cluster.on('shardResume', (id) => this.#tell(id, true, 'resume'));
    cluster.on('shardReconnecting', (id) => this.#tell(id, false, lineLost));
    cluster.on('shardDisconnect', (id) => this.#tell(id, false, 'disconnect'));
    cluster.on('message', (message) => {
      // Counted also when a listener throws: the next message must not wait for it.
      this.#fromBot.add();
      this.#deliver(message);
    });
    cluster.on('death', (_exit, child) => {
      if (child !== this.#buried) this.#bury(child);
    });
    cluster.on('failed', (error) => {
      // With `respawn: false` discord.js says `death` and no more.
      if (cluster.state !== 'failed') return;
      // Without a listener the event would be thrown and end the manager; the core has logged it.
      for (const shard of this.shards) {
        if (shard.listenerCount('error') > 0) shard.emit('error', startError(error, shard.id));
      }
    });
  }

  #born(child: ChildProcess | Worker): void {
    this.#order.reset();
    this.#fromBot = new MessageCount();
    this.#onChange();
    for (const shard of this.shards) {
      if ('threadId' in child) shard.worker = child;
      else shard.process = child;
    }
    for (const shard of this.shards) tell(shard, 'spawn', child);
  }

  #bury(child: ChildProcess | Worker): void {
    this.#buried = child;
    this.#onChange();
    // Listeners still find the child, as with discord.js; none of them keeps a sibling from hearing of its death.
    for (const shard of this.shards) tell(shard, 'death', child);
    for (const shard of this.shards) Object.assign(shard, { ready: false, process: null, worker: null });
  }

  #tell(id: number, ready: boolean, event: string): void {
    // A bot may have been given one shard and run others: whatever happens to them is that one's.
    const shard = this.shards.length === 1 ? this.shards[0] : this.shards.find((one) => one.id === id);
    if (shard === undefined || !this.alive) return;
    shard.ready = ready;
    shard.emit(event);
  }

  #deliver(message: unknown): void {
    const [first] = this.shards;
    const id = isShardMessage(message) ? message.__shardlift_shard : first?.id;
    const shard = this.shards.find((one) => one.id === id) ?? first;
    shard?.emit('message', isShardMessage(message) ? message.message : message);
  }
}

/** Tells the listeners of one shard; what one of them throws reaches neither the teller nor the others. */
const tell = (shard: GroupedShard, event: 'spawn' | 'death', child: ChildProcess | Worker): void =>
  announce(shard as EventEmitter as EventEmitter<Record<typeof event, [ChildProcess | Worker]>>, event, child);

/** The shards that a user gave other settings than the first, which a shared process cannot follow. */
export function oddShards(shards: readonly GroupedShard[]): number[] {
  const settings = ({ args, execArgv, silent, env: { SHARDS: _, ...env } }: GroupedShard) =>
    JSON.stringify([args, execArgv, silent, Object.entries(env).sort()]);
  const [first, ...others] = shards;
  if (first === undefined) return [];
  const expected = settings(first);
  return others.filter((shard) => settings(shard) !== expected).map((shard) => shard.id);
}

const isShardMessage = (message: unknown): message is ShardMessage =>
  typeof message === 'object' && message !== null && '__shardlift_shard' in message;
