/** compat/shard-group: the shards of one cluster. Turns what happens to the cluster into what happens to each Shard. */

import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { ShardEvents } from 'discord.js';
import type { EvalCaller, EvalOutcome, EvalWork } from '../src/extend.ts';
import type { Cluster, Mode } from '../src/index.ts';
import { callError, discordError } from './discord-errors.ts';
import { GroupStart } from './group-start.ts';
import type { GroupedShard } from './grouped-shard.ts';
import { type Hints, hintAtShards, RespawnLoop } from './hints.ts';
import { LastResort, type LastResortDesk } from './last-resort.ts';
import { followShard } from './launch-settings.ts';
import { asShardError, type Thrown, throwingFirst, uncaught } from './listener-errors.ts';
import { MessageCount } from './message-count.ts';
import { MessageOrder } from './message-order.ts';
import { OpenedMessages } from './opened-messages.ts';
import { throwStock } from './post-error.ts';
import { ShardNews } from './shard-news.ts';

/** What a group is made of. */
export interface GroupParts {
  readonly cluster: Cluster;
  /** Ascending by id. */
  readonly shards: readonly GroupedShard[];
  readonly caller: EvalCaller;
  /** What every child gets in its environment beyond what its first shard has. */
  readonly environment: () => Readonly<Record<string, unknown>>;
  /** What a start makes, a process or a thread. */
  readonly mode: () => Mode;
  /** Asks the bot to answer once it was given so many messages of users. */
  readonly heard: (count: number) => Promise<unknown>;
  /** For a bot that nothing of ours has reached. */
  readonly desk: LastResortDesk;
  readonly hints: Hints;
  /** Told when the cluster comes to life or dies, before anybody else is. */
  readonly onChange: () => void;
}

// discord.js 15 has one event for every connection that closes.
const lineLost = 'Reconnecting' in ShardEvents ? 'reconnecting' : 'disconnect';

/** discord.js's word for "do not wait": -1 or Infinity. */
const patience = (timeout: number): number | null =>
  timeout === -1 || timeout === Number.POSITIVE_INFINITY ? null : timeout;

/** One cluster with its Shard objects. */
export class ShardGroup {
  readonly cluster: Cluster;
  readonly #shards: GroupedShard[];
  readonly #caller: EvalCaller;
  readonly #onChange: () => void;
  readonly #order: MessageOrder;
  readonly #lastResort: LastResort;
  readonly #opened = new OpenedMessages();
  readonly #hints: Hints;
  readonly #loop: RespawnLoop;
  readonly #news = new ShardNews(() => this.#shards);
  #fromBot = new MessageCount();
  /** What brought its child to life, unless the core restarted it by itself, or is about to. */
  #start: GroupStart<GroupedShard> | undefined;
  /** The child whose death has been told already. */
  #buried: ChildProcess | Worker | undefined;

  constructor(parts: GroupParts) {
    const { cluster, shards, caller, heard, desk, hints, onChange } = parts;
    this.cluster = cluster;
    this.#shards = [...shards];
    this.#caller = caller;
    this.#onChange = onChange;
    this.#hints = hints;
    this.#loop = new RespawnLoop(hints);
    this.#order = new MessageOrder(heard);
    this.#lastResort = new LastResort(cluster, desk, onChange);
    this.#useFirstShard(parts);
    this.#relay();
  }

  /** Its Shards, ascending by id. */
  get shards(): readonly GroupedShard[] {
    return this.#shards;
  }

  /** It runs or starts. */
  get busy(): boolean {
    return this.alive || this.#start?.underWay === true;
  }

  /** Resolves when the start that was asked for last has ended; the core's own restarts do not count. */
  get settled(): Promise<unknown> {
    return Promise.allSettled([this.#start?.end]);
  }

  /** A child is running. */
  get alive(): boolean {
    return this.cluster.child !== undefined && this.cluster.child !== this.#buried;
  }

  /** Its bot is ours, as far as is known: other bots may ask it directly. */
  get isOurs(): boolean {
    return this.#lastResort.line === undefined;
  }

  /** Whether a shard may ask for a start: there is no child, or a sibling had it started since the shard died. */
  mayStart(shard: GroupedShard): boolean {
    if (this.#start !== undefined) return this.#start.mayJoin(shard);
    return shard.process === null && shard.worker === null;
  }

  /**
   * Starts the cluster; resolves when all shards are ready. Siblings that ask meanwhile or later get the same start, with
   * the patience of the first.
   *
   * @param timeout - in ms, -1 or Infinity to not wait
   * @param by - the shard that asks, {@link mayStart}; left out, all ask at once
   */
  spawn(timeout: number, by?: GroupedShard): Promise<void> {
    const { cluster } = this;
    const timeoutMs = patience(timeout);
    if (by !== undefined && this.#start?.join(by)) return this.#start.outcome;
    // The predecessor may still be on its way out; two bots with the same shards would end each other's sessions.
    const isEnding = cluster.child !== undefined && !this.alive;
    const start = new GroupStart({ kind: 'spawn', by, shards: this.shards });
    // Before a listener can throw: that is told to who asked now.
    const { outcome } = start;
    this.#run(start, () => (isEnding ? cluster.respawn({ timeoutMs }) : cluster.spawn({ timeoutMs })));
    return outcome;
  }

  /**
   * Ends the cluster. As with discord.js its shards say so at once, before the process has really gone.
   *
   * @param by - a shard that died with a sibling has nothing to end, even while that sibling starts again
   * @throws what a `death` listener throws; the cluster ends all the same
   */
  kill(by?: GroupedShard): void {
    if (by !== undefined && this.#start?.kind === 'spawn' && !this.alive && this.#start.mayJoin(by)) return;
    throwingFirst((thrown) => this.#kill(thrown));
  }

  /** Ends the cluster and starts it anew; siblings that ask meanwhile get the same restart. Times in ms. */
  respawn(pace: { readonly delay: number; readonly timeout: number }, by?: GroupedShard): Promise<void> {
    const { cluster } = this;
    const { child } = cluster;
    if (this.#start?.kind === 'respawn' && this.#start.underWay) {
      if (by !== undefined) this.#start.join(by);
      return this.#start.outcome;
    }
    if (by !== undefined) this.#loop.restartedBy(by.id);
    const start = new GroupStart({ kind: 'respawn', by, shards: this.shards });
    const { outcome } = start;
    this.#run(start, () => cluster.respawn({ delayMs: pace.delay, timeoutMs: patience(pace.timeout) }));
    if (child !== undefined && child !== this.#buried) this.#bury(child, (error) => start.fail(error));
    return outcome;
  }

  /**
   * Puts a Shard in the place of the one that has its id. What that one ran is ended, unless it runs for a sibling that
   * the new one may join: a second cluster beside it would run the same shards twice.
   *
   * @returns the Shard that was replaced, if any
   */
  adopt(shard: GroupedShard): GroupedShard | undefined {
    const at = this.#shards.findIndex(({ id }) => id === shard.id);
    const old = this.#shards[at];
    if (old === undefined || old === shard) return undefined;
    if (this.busy && this.#start?.mayJoin(old) !== true) this.#kill(uncaught);
    this.#start?.replace(old, shard);
    this.#shards[at] = shard;
    const child = old.process ?? old.worker;
    const { ready } = old;
    Object.assign(old, { ready: false, process: null, worker: null });
    if (child !== null) this.#news.catchUp(shard, { child, ready });
    return old;
  }

  /** Sends a message to the bot, once for all its shards. @throws what Node says of a message that it cannot write, as stock */
  async send(message: unknown): Promise<void> {
    this.#assertAlive();
    const handedOver = this.cluster.send(message).catch(throwStock);
    // Else messages and calls take one road, and keep their order by themselves.
    if (this.isOurs) this.#order.sent(handedOver);
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
    if (before !== undefined && this.isOurs) await before;
    const { line } = this.#lastResort;
    const request = { work, scope, shards };
    try {
      return await (line?.evaluate(request) ?? this.#caller.run(this.cluster.id, request));
    } catch (error) {
      const failure = callError(error, shards[0] ?? 0);
      const isNews = line === undefined && !this.isOurs && this.alive;
      if (failure === error || !isNews) throw failure;
      // It was asked by our own line, at whose far end nobody has read it.
      return this.evaluate(work, scope, shards);
    }
  }

  #assertAlive(shard = this.shards[0]?.id): void {
    if (!this.alive) throw discordError('ShardingNoChildExists', shard);
  }

  #run(start: GroupStart<GroupedShard>, begin: () => Promise<void>): void {
    this.#start = start;
    start.run(begin);
    const over = (): void => {
      // Without a child it has failed; with one it is over when that one dies.
      if (this.#start === start && start.child === undefined) this.#start = undefined;
    };
    start.end.then(over, (error) => {
      over();
      hintAtShards(this.#hints, error, { shards: this.shards, value: this.cluster.launch.env.SHARDS });
    });
  }

  /** The first shard's settings are the cluster's, read at each start: users change them between two starts. */
  #useFirstShard({ environment, mode }: GroupParts): void {
    const ids = this.shards.map((shard) => shard.id);
    // A plain number for one shard, as discord.js has it: some bots read it themselves.
    const SHARDS = ids.length === 1 ? ids[0] : JSON.stringify(ids);
    followShard(this.cluster.launch, {
      shard: () => this.shards[0] as GroupedShard,
      environment: () => ({ SHARDS, ...environment() }),
      mode,
    });
  }

  #relay(): void {
    const { cluster } = this;
    const news = this.#news;
    cluster.on('spawn', (child) => this.#born(child));
    cluster.on('shardReady', (id) => this.alive && news.moved(id, true, 'ready'));
    cluster.on('shardResume', (id) => this.alive && news.moved(id, true, 'resume'));
    cluster.on('shardReconnecting', (id) => this.alive && news.moved(id, false, lineLost));
    cluster.on('shardDisconnect', (id) => this.alive && news.moved(id, false, 'disconnect'));
    cluster.on('message', (message) => {
      const envelope = this.#opened.current;
      if (envelope === undefined && this.#lastResort.take(message)) return;
      // Counted also when a listener throws: the next message must not wait for it.
      this.#fromBot.add();
      news.deliver(message, envelope?.shard);
    });
    cluster.on('death', (_exit, child) => {
      if (child !== this.#buried) this.#bury(child, uncaught);
    });
    cluster.on('failed', (error) => {
      // With `respawn: false` discord.js says `death` and no more.
      if (cluster.state === 'failed') news.failed(error);
    });
  }

  #born(child: ChildProcess | Worker): void {
    this.#order.reset();
    this.#lastResort.reset();
    this.#fromBot = new MessageCount();
    this.#opened.watch(child);
    const start = this.#start;
    if (start !== undefined) start.child = child;
    this.#onChange();
    this.#news.born(child, start === undefined ? asShardError : (error) => start.fail(error));
  }

  #kill(thrown: Thrown): void {
    const { child } = this.cluster;
    this.#start = undefined;
    void this.cluster.kill();
    if (child !== undefined && child !== this.#buried) this.#bury(child, thrown);
  }

  #bury(child: ChildProcess | Worker, thrown: Thrown): void {
    this.#buried = child;
    this.#lastResort.end();
    if (this.#start?.child === child) this.#start = undefined;
    this.#onChange();
    this.#news.died(child, thrown);
  }
}
