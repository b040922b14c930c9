/** cluster/cluster: one cluster as the manager sees it, from start to end. */
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { MessagePort, Worker } from 'node:worker_threads';
import { ShardliftError } from '../errors.ts';
import type { ShardStep, StartFailure } from '../features/system.ts';
import { type Exit, exitText, type Launched } from '../transport/launcher.ts';
import type { Address } from '../wire/address.ts';
import { announce } from './announce.ts';
import { Blame } from './blame.ts';
import { deathError, endsBot, givenUpError, stateAfter, unstartedError } from './death.ts';
import { logFailure, logRestart } from './death-log.ts';
import { NextStart } from './next-start.ts';
import { Patience } from './patience.ts';
import { ReadyShards } from './ready-shards.ts';
import type { ClusterEvents, ClusterLaunch, ClusterSetup, KillOptions, SpawnOptions } from './setup.ts';
import { announceStep, fatalFailure } from './shard-steps.ts';
import { hungGraceMs, limitStart } from './start-limit.ts';
import { Starting } from './starting.ts';
import { assertTransition, type ClusterState } from './state.ts';

/** One process or thread that runs one discord.js client with one or more shards. */
export class Cluster extends EventEmitter<ClusterEvents> {
  readonly id: number;
  /** Gateway shards, ascending. */
  readonly shards: readonly number[];
  readonly launch: ClusterLaunch;
  readonly #setup: ClusterSetup;
  readonly #nextStart: NextStart;
  readonly #readyShards: ReadyShards;
  #state: ClusterState = 'idle';
  #incarnation = 0;
  #launched: Launched | undefined;
  #closeOldLine: (() => void) | undefined;
  #starting: Starting | undefined;
  readonly #blame = new Blame();
  readonly #patience: Patience;

  constructor(setup: ClusterSetup) {
    super();
    this.id = setup.id;
    this.shards = setup.shards;
    this.launch = setup.launch;
    this.#setup = setup;
    this.#patience = new Patience(setup);
    this.#readyShards = new ReadyShards(setup.shards, setup.ownShards === true && setup.shards.length === 1);
    this.#nextStart = new NextStart(setup);
  }

  get state(): ClusterState {
    return this.#state;
  }

  /** All shards became ready since the last start; one that reconnects does not change it, see {@link shardReady}. */
  get ready(): boolean {
    return this.#state === 'ready';
  }

  /** Whether it answers requests, or will again without anybody's doing. */
  get returning(): boolean {
    return this.#nextStart.respawns || !['failed', 'stopped', 'stopping'].includes(this.#state);
  }

  /** The process or thread, while there is one. */
  get child(): ChildProcess | Worker | undefined {
    return this.#launched?.child;
  }

  /** Why the bot that runs can be asked nothing, see {@link unreached}. */
  get unreachable(): string | undefined {
    return this.#starting?.unreachable;
  }

  /** Starts of this cluster so far. */
  get incarnation(): number {
    return this.#incarnation;
  }

  /** Whether one shard is ready. */
  shardReady(shard: number): boolean {
    return this.#readyShards.has(shard);
  }

  /**
   * Starts the cluster and waits until all its shards are ready.
   *
   * @throws ShardliftError `CLUSTER_RUNNING` when it has a child, `MANAGER_STOPPED` after the manager's `stop`,
   * `RESPAWN_CALLED_OFF` when it was killed before a child was started; `CLUSTER_DIED` (exit code, signal, last of stderr),
   * `READY_TIMEOUT`, `TOKEN_REFUSED` or `GATEWAY_REFUSED` when it does not come up
   */
  async spawn({ timeoutMs = this.#setup.readyTimeoutMs }: SpawnOptions = {}): Promise<void> {
    const prepared = this.#nextStart.prepared();
    if (prepared !== undefined) await prepared;
    if (this.#launched !== undefined) throw new ShardliftError('CLUSTER_RUNNING', { cluster: this.id });
    this.#patience.ask(timeoutMs);
    if (this.#state === 'failed') this.#nextStart.forgive();
    await this.#start();
  }

  /** Ends the cluster; resolves when its child is gone for certain. Nothing happens when there is none. */
  async kill({ reason = 'kill was called' }: KillOptions = {}): Promise<void> {
    this.#nextStart.forbid(reason);
    await this.#end(reason);
  }

  /**
   * Ends the cluster and starts it anew, `delayMs` after its end.
   *
   * @throws ShardliftError `RESPAWN_CALLED_OFF` when it was killed, spawned or respawned before its time, and what
   * {@link spawn} throws
   */
  async respawn({ delayMs = 0, ...options }: SpawnOptions & { readonly delayMs?: number } = {}): Promise<void> {
    const assertWanted = this.#nextStart.renew();
    await this.#end('respawn was called');
    assertWanted();
    if (delayMs > 0) {
      if (this.#state === 'failed') this.#nextStart.forgive();
      if (this.#state === 'failed' || this.#state === 'stopped') this.#enter('waiting');
      await this.#nextStart.pause(delayMs);
    }
    await this.spawn(options);
  }

  /** Sends a message to the bot's own `process.on('message')` (or `parentPort`). @throws ShardliftError `LINK_CLOSED` */
  async send(message: unknown): Promise<void> {
    const peer = `cluster ${this.id}`;
    if (this.#launched === undefined) throw new ShardliftError('LINK_CLOSED', { peer, reason: `it is ${this.#state}` });
    await this.#launched.post(message);
  }

  /** A shard of this cluster stands in the identify queue, or left it. */
  identifyQueue(change: 'entered' | 'left', shard: number): void {
    this.#starting?.identifyQueue(change, shard);
  }

  /** The client in the child announced itself. */
  attached(): void {
    this.#starting?.progress('attached');
    announce(this, 'attached');
  }

  /** The handlers of the bot are loaded. */
  listening(): void {
    this.#starting?.progress('listening');
    announce(this, 'listening');
  }

  /** The bot does not know us and never will: its line is for nobody, and who asks it something is to hear why at once. */
  unreached(reason: string): void {
    if (this.#launched === undefined || this.#starting === undefined || this.unreachable !== undefined) return;
    this.#starting.unreachable = reason;
    this.#setup.forsake(this.#launched.link, reason);
    announce(this, 'unreachable', reason);
  }

  /** Hands the bot a port to another cluster. @returns `false` when it has no use for one: it is a process, or down */
  offer(to: Address, port: MessagePort): boolean {
    if (this.#launched?.offer === undefined) return false;
    this.#launched.offer(to, port);
    return true;
  }

  /** A shard moved on. */
  step(step: ShardStep): void {
    if (step.step === 'ready') this.#starting?.progress(`ready ${step.shard}`);
    this.#readyShards.take(step);
    announceStep(this, step);
    const failure = fatalFailure(step);
    if (failure !== undefined) this.failure(failure);
    if (this.#state === 'starting' && this.#readyShards.all) this.#becomeReady();
  }

  /** The bot said that it cannot come up. */
  failure(failure: StartFailure): void {
    this.#blame.add(failure);
    if (endsBot(failure)) void this.#launched?.kill(this.#setup.killGraceMs);
  }

  /** The bot, whose token was refused, logs in once more. */
  loginAgain(): void {
    this.#blame.loginAgain();
  }

  /** Its event loop has not answered for so long: it is ended, and started again as after any death. */
  hung(silentMs: number): void {
    if (this.#state !== 'ready') return;
    this.#blame.add({ kind: 'hang', message: `its event loop did not answer for ${silentMs} ms, so it was ended` });
    announce(this, 'hung', silentMs);
    void this.#launched?.kill(Math.min(this.#setup.killGraceMs, hungGraceMs));
  }

  async #end(reason: string): Promise<void> {
    const launched = this.#launched;
    this.#blame.wish(reason);
    // Without a child it is starting only while listeners hear that it does.
    const isAhead = this.#state === 'waiting' || this.#state === 'starting';
    if (launched === undefined && isAhead) this.#enter('stopped');
    if (launched === undefined) return;
    if (this.#state !== 'stopping') {
      this.#enter('stopping');
      this.#setup.logger.debug(`cluster ${this.id} stops: ${reason}`);
      // Once: to many a bot a second SIGTERM means to drop everything.
      await launched.kill(this.#setup.killGraceMs);
    }
    await launched.exited;
  }

  async #start(): Promise<void> {
    this.#setup.assertMayStart();
    // A spawn during the pause takes the place of the restart; both would start a child each.
    this.#nextStart.callOff('it was spawned meanwhile');
    const assertWanted = this.#nextStart.asked();
    this.#enter('starting');
    assertWanted();
    this.#incarnation++;
    this.#patience.begin();
    this.#blame.clear();
    this.#readyShards.clear();
    // The last words of a child that is gone may still be on their way: they must not count for its successor.
    this.#closeOldLine?.();
    this.#closeOldLine = undefined;
    const starting = new Starting();
    this.#starting = starting;
    this.#launch(starting);
    await starting.promise;
  }

  /** Starts a child. A machine out of memory or processes makes that throw: it is a death like others, tried again later. */
  #launch(starting: Starting): void {
    let launched: Launched;
    try {
      launched = this.#setup.start(this.#incarnation);
    } catch (cause) {
      const error = unstartedError(this.id, cause);
      starting.fail(error);
      this.#enter(this.#setup.respawn() ? 'waiting' : 'stopped');
      this.#goOn(error, 0);
      return;
    }
    this.#launched = launched;
    launched.onMessage((message) => this.emit('message', message));
    void launched.exited.then((exit) => this.#died(exit, launched));
    this.#setup.attach(launched.link);
    announce(this, 'spawn', launched.child);
    const about = { patience: this.#patience, readyShards: this.#readyShards, blame: this.#blame };
    limitStart(starting, { ...about, setup: this.#setup, launched });
  }

  #becomeReady(): void {
    this.#blame.becameReady();
    this.#enter('ready');
    this.#starting?.becameReady();
    announce(this, 'ready');
  }

  #died(exit: Exit, launched: Launched): void {
    if (this.#launched !== launched) return;
    const requested = this.#state === 'stopping';
    const readyForMs = this.#starting?.readyForMs ?? 0;
    this.#launched = undefined;
    this.#closeOldLine = () => this.#setup.detach(launched.link, `it ended with ${exitText(exit)}`);
    this.#readyShards.clear();
    const error = deathError({ cluster: this.id, exit, stderr: launched.stderrTail(), failure: this.#blame.cause });
    this.#starting?.fail(error);
    const next = stateAfter(error, { requested, respawns: this.#setup.respawn() });
    this.#enter(next);
    announce(this, 'death', { ...exit, reason: this.#blame.reason(exit, requested), requested }, launched.child);
    // A listener may have decided otherwise.
    if (!requested && this.#state === next) this.#goOn(error, readyForMs);
  }

  #goOn(error: ShardliftError, readyForMs: number) {
    if (this.#state !== 'waiting') return this.#fail(error);
    const death = { at: Date.now(), readyForMs, hung: this.#blame.cause?.kind === 'hang' };
    // Before anybody hears of it: a listener may call it off.
    const verdict = this.#nextStart.plan(death, () => {
      // A start that fails again is handled where it fails; nobody waits for this promise.
      this.#start().catch((reason: Error) => this.#setup.logger.debug(`cluster ${this.id}: ${reason.message}`));
    });
    if (!verdict.restart) {
      this.#enter('failed');
      this.#fail(givenUpError(this.id, verdict, error));
      return;
    }
    logRestart(this.#setup, { error, delayMs: verdict.delayMs, remark: this.#patience.remark });
    announce(this, 'restarting', verdict.delayMs);
  }

  #fail(error: ShardliftError): void {
    logFailure(this.#setup, error);
    announce(this, 'failed', error);
  }

  #enter(state: ClusterState): void {
    const previous = this.#state;
    assertTransition(this, previous, state);
    this.#state = state;
    announce(this, 'stateChange', state, previous);
  }
}
