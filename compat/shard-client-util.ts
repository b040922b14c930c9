/** compat/shard-client-util: `client.shard` in a bot: discord.js's interface over the line to our manager. */
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Client } from 'discord.js';
import { evalContract, evalHandlers, localHost, onShardStep, postToManager, shardOfView } from '../src/extend.ts';
import { ClusterClient, type Mode, ShardliftError } from '../src/index.ts';
import { BotEvals } from './bot-evals.ts';
import { BotOrder } from './bot-order.ts';
import { callSite } from './call-site.ts';
import { compatContract, type EvalTarget, type RespawnPace } from './contract.ts';
import { botEvals, botOrder, cluster, firstUtil, isOurs, joinOurs } from './first-util.ts';
import { type AnyFunction, sourceOf, workOf } from './function-text.ts';
import { survivable } from './lost-call.ts';
import type { HybridOptions } from './options.ts';
import { meetUtils } from './own-utils.ts';
import { throwStock } from './post-error.ts';
import { sentMessages } from './sent-messages.ts';
import { enveloped } from './shard-message.ts';
import type { StockUtil, StockUtilClass } from './stock.ts';

/** Our members of `client.shard`. */
export interface HybridUtil extends StockUtil {
  send(message: unknown): Promise<void>;
  broadcastEval(fn: unknown, options?: EvalTarget & { readonly context?: unknown }): Promise<unknown>;
  fetchClientValues(prop: string, shard?: number): Promise<unknown>;
  respawnAll(pace?: Partial<RespawnPace>): Promise<void>;
}

/** What the util of one copy of discord.js is made from. */
export interface UtilSetup {
  /** discord.js's own class: ours extends it, so that `instanceof` holds. */
  readonly Stock: StockUtilClass;
  /** The manager's option `hybrid.evals`. */
  readonly evals: HybridOptions['evals'];
}

type UtilClass = new (client: Client, mode: Mode) => HybridUtil;

/** The one line of this process is not for what a program has made up in the place of a client. */
const isClient = (client: Client): boolean => '_eval' in client;

/** What Node's channel between processes takes. @see https://nodejs.org/api/process.html#processsendmessage-sendhandle-options-callback */
const writable: ReadonlySet<string> = new Set(['string', 'object', 'number', 'boolean']);
/** What programs call, and may wrap. */
const offered = ['send', 'broadcastEval', 'fetchClientValues', 'respawnAll'] as const;

/**
 * Makes the class of `client.shard` for one copy of discord.js, whose own class has our methods from then on: what the
 * program makes of that, too, goes our way.
 */
export function makeUtilClass({ Stock, evals }: UtilSetup): UtilClass {
  const refuse = refusalOf(Stock);
  const Util = class ShardClientUtil extends Stock implements HybridUtil {
    readonly [cluster]: ClusterClient;
    readonly [botEvals]: BotEvals;
    readonly [botOrder]: BotOrder;
    /** Only in an eval: the shard whose view is asked. */
    declare readonly [shardOfView]: number | undefined;

    constructor(client: Client, mode: Mode) {
      // Without a mode discord.js's constructor listens to nothing and reports nothing: the cluster does both.
      super(client, undefined);
      this.mode = mode;
      this.parentPort = isMainThread ? null : parentPort;
      listenInVain(this.parentPort ?? process);
      this[cluster] = new ClusterClient(client);
      this[botOrder] = keepOrder(this[cluster]);
      this[botEvals] = new BotEvals(this[cluster], { evals, order: this[botOrder] });
      serveEvals(this[cluster], { evalsOff: evals === 'off', order: this[botOrder] });
    }

    /** Sends a message to the manager; it is emitted on one Shard there. */
    send(message: unknown): Promise<void> {
      const order = this[botOrder];
      const isWritable = this.mode === 'worker' || writable.has(typeof message);
      const own = order.isBehind ? copied(message, this.mode) : message;
      // Within an envelope Node would leave out what it refuses by itself.
      const posted = isWritable ? addressed(own, this[shardOfView], this[cluster].shards) : own;
      return order.post(() => postToManager(posted)).catch(throwStock);
    }

    /** Calls a function with every shard's client; one result per shard. */
    override broadcastEval(fn: unknown, options: EvalTarget & { readonly context?: unknown } = {}): Promise<unknown> {
      try {
        if (typeof fn !== 'function') return refuse.call(this, fn, options);
        if (evals === 'off') throw new ShardliftError('EVALS_OFF', { call: 'broadcastEval' });
        const site = evals === 'warn' ? callSite(this.broadcastEval as AnyFunction) : undefined;
        const work = workOf(sourceOf(fn as AnyFunction), options.context);
        return survivable(() => this[botEvals].values({ work, target: targetOf(options), site }));
      } catch (error) {
        return Promise.reject(error);
      }
    }

    /** Reads a property of every shard's client. */
    fetchClientValues(prop: string, shard?: number): Promise<unknown> {
      return survivable(async () => {
        const target = typeof shard === 'number' ? { shard } : {};
        if (evals === 'off') throw new ShardliftError('EVALS_OFF', { call: 'fetchClientValues' });
        const site = evals === 'warn' ? callSite(this.fetchClientValues as AnyFunction) : undefined;
        return this[botEvals].values({ work: { kind: 'property', path: prop }, target, site });
      });
    }

    /** Asks the manager to start every cluster anew; resolves when it has been asked. Times in ms. */
    async respawnAll({ shardDelay = 5_000, respawnDelay = 500, timeout = 30_000 }: Partial<RespawnPace> = {}) {
      const manager = this[cluster].node.peer.at(compatContract, localHost);
      // The round ends this bot too: what it has said so far is to be heard before.
      await this[botOrder].before;
      manager.respawnAll({ shardDelay, respawnDelay, timeout });
    }
  };
  for (const name of offered) offer(name, { Stock, Util });
  meetUtils(Stock, (util) => {
    if (isClient(util.client)) joinOurs(util, Util);
  });
  return Util;
}

/** Moves a method of ours to discord.js's class: a program that wraps it there finds ours, and is asked. */
function offer(
  name: (typeof offered)[number],
  { Stock, Util }: { readonly Stock: StockUtilClass; readonly Util: UtilClass },
): void {
  const ours = Util.prototype as Partial<Record<typeof name, AnyFunction>>;
  const own = ours[name] as AnyFunction;
  const stock = Stock.prototype[name] as AnyFunction;
  const both = {
    [name](this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(isOurs(this, Stock) ? own : stock, this, args);
    },
  };
  const place = { value: both[name], configurable: true, writable: true, enumerable: false };
  // Of a class that the program has frozen, ours goes on overriding theirs.
  if (Reflect.defineProperty(Stock.prototype, name, place)) delete ours[name];
}

/**
 * What refuses an argument in the words and the class of the discord.js that is loaded. A program that is bundled with it
 * may have put its own method there by now, which must not be asked for that: it is known by the protocol, which it lacks.
 */
function refusalOf({ prototype: { broadcastEval } }: StockUtilClass): StockUtil['broadcastEval'] {
  const text = Function.prototype.toString.call(broadcastEval);
  if (['_sEval', '_sEvalShard'].every((word) => new RegExp(`\\b${word}\\b`).test(text))) return broadcastEval;
  const code = 'ShardingInvalidEvalBroadcast';
  const about = { name: `DiscordjsTypeError [${code}]`, code };
  return () => Promise.reject(Object.assign(new TypeError('Script to evaluate must be a function'), about));
}

/**
 * Listens as discord.js does from the time a client is made. Else Node keeps whatever the bot does not listen for: for
 * ever, or for a listener that comes later and waits for something else.
 *
 * @see https://nodejs.org/api/process.html#event-message
 */
function listenInVain(channel: { on(event: 'message', listener: () => void): unknown }): void {
  channel.on('message', () => undefined);
}

/**
 * Puts ours in the place of discord.js's util: from now on it is what `client.shard` becomes.
 *
 * The first client of the process has it made; those of other copies of discord.js get the same.
 */
export function replaceUtil(setup: UtilSetup): void {
  const { Stock } = setup;
  const Util = makeUtilClass(setup);
  Stock.singleton = function singleton(this: StockUtilClass, client: Client, mode: Mode): StockUtil {
    if (this._singleton === undefined) {
      // Of a class of the program's own discord.js makes one, too.
      this._singleton = this === Stock ? firstUtil(() => new Util(client, mode)) : new this(client, mode);
    } else
      client.emit(
        'warn',
        'Multiple clients created in child process/worker; only the first will handle sharding helpers.',
      );
    return this._singleton;
  };
}

/** discord.js has one line for all a bot says; what it reports of its shards is heard before the messages that follow. */
function keepOrder({ client, node }: ClusterClient): BotOrder {
  const { peer } = node;
  const sent = sentMessages();
  const heard = (count: number) => peer.at(compatContract, localHost).heard(count);
  const order = new BotOrder({ sent: () => sent.count, heard });
  onShardStep(client, () => order.news());
  // Like discord.js's, a message is not lost by a process.exit() right after it.
  process.once('exit', () => order.flush());
  return order;
}

function serveEvals(
  { client, mode, node, shards }: ClusterClient,
  { evalsOff, order }: { readonly evalsOff: boolean; readonly order: BotOrder },
): void {
  const host = { client, mode, whole: shards.length === 1 };
  const { run, known } = evalHandlers(() => host);
  const refuse = (): never => {
    throw new ShardliftError('EVALS_OFF', { call: 'An evaluation' });
  };
  node.peer.serve(evalContract, {
    run: evalsOff ? refuse : (request, context) => afterMessages(order, run(request, context)),
    known: evalsOff ? refuse : (request, context) => afterMessages(order, known(request, context)),
  });
}

/** Holds an answer back until the manager has heard the messages that were sent before it. */
function afterMessages<T>(order: BotOrder, answer: T | Promise<T>): T | Promise<T> {
  if (answer instanceof Promise) {
    return answer.then(async (value) => {
      await order.before;
      return value;
    });
  }
  return order.before?.then(() => answer) ?? answer;
}

/** A message as it is now: it leaves later, and the bot may change it meanwhile. */
function copied(message: unknown, mode: Mode): unknown {
  try {
    return mode === 'worker' ? structuredClone(message) : JSON.parse(JSON.stringify(message));
  } catch {
    // What cannot be copied cannot be sent either: Node says so, in its own words.
    return message;
  }
}

const targetOf = ({ shard, perCluster }: EvalTarget): EvalTarget => ({
  ...(typeof shard === 'number' ? { shard } : {}),
  ...(perCluster === true ? { perCluster } : {}),
});

/** Inside an eval `client.shard` is of one shard: the message is that shard's. Else it is the lowest one's, as it comes. */
function addressed(message: unknown, id: number | undefined, shards: readonly number[]): unknown {
  if (id === undefined || id === shards[0]) return message;
  return enveloped(id, message);
}
