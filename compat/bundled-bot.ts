/** compat/bundled-bot: the way into a bot whose discord.js is part of its own file, so that no hook sees it load. */
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Client } from 'discord.js';
import { type DiscordExports, installCluster } from '../src/extend.ts';
import { joinOurs } from './first-util.ts';
import { isOfMetUtil, muteReports } from './own-utils.ts';
import { makeUtilClass, type UtilSetup } from './shard-client-util.ts';
import type { StockUtil, StockUtilClass } from './stock.ts';

type Listener = (message: unknown) => unknown;

/** Where discord.js listens for its manager: `process`, or the port of a thread. */
interface Channel {
  on(event: 'message', listener: Listener): unknown;
  off(event: 'message', listener: Listener): unknown;
}

/** Property and method names survive minification, so the bound method is known by its name. */
const stockListener = 'bound _handleMessage';
const adoptKey = Symbol.for('shardlift.adopt');
/** What that method looks for in a message, in this order. */
const stockQuestions = ['_fetchProp', '_eval'];

/**
 * Waits for a discord.js nobody hooked to listen for its manager, and takes its client over.
 *
 * discord.js's util hands any text in `_eval` to its client, in whose scope `this` is the client. That is what its own
 * manager does all day; here it happens once, before the client has logged in.
 */
export function watchForBundledDiscord(evals: UtilSetup['evals']): void {
  const channel = (isMainThread ? process : parentPort) as
    | (Channel & Record<'on' | 'addListener', Channel['on']>)
    | null;
  if (channel === null) return;
  const { on } = channel;
  const watched: Channel['on'] = function watched(this: unknown, event, listener) {
    const isUnmet = event === 'message' && listener.name === stockListener && !isOfMetUtil();
    const result = on.call(this as Channel, event, listener);
    if (isUnmet && isOfDiscord(listener)) adoptThrough(channel, listener, evals);
    return result;
  };
  channel.on = watched;
  channel.addListener = watched;
}

/**
 * Whether a listener is discord.js's: a bot's own class may have a method of that name, which must not be handed our text.
 *
 * It is shown a message in which there is nothing, and gives itself away by what it looks for. Accepted loss: a stranger
 * has heard of an empty message.
 */
function isOfDiscord(listener: Listener): boolean {
  const sought: PropertyKey[] = [];
  const empty = new Proxy(
    {},
    {
      get(_, name) {
        sought.push(name);
        return undefined;
      },
    },
  );
  try {
    // Accepted loss: what a stranger makes of an empty message is its own affair, now and later.
    Promise.resolve(listener(empty)).catch(() => undefined);
  } catch {
    // Accepted loss: what a stranger says of an empty message. discord.js's own would have let it pass.
    return false;
  }
  return sought.join() === stockQuestions.join();
}

function adoptThrough(channel: Channel, listener: Listener, evals: UtilSetup['evals']): void {
  const holder = globalThis as { [adoptKey]?: (client: Client) => Promise<never> };
  holder[adoptKey] = (client) => {
    muteReports(client);
    adoptWhenAssigned(client, (stock) => {
      channel.off('message', listener);
      return takeOver({ client, stock, evals });
    });
    // The answer must not reach the manager: it never comes.
    return new Promise(() => undefined);
  };
  // Runs once, at once, inside of the constructor of the util, which is inside of the constructor of the client.
  void listener({ _eval: "globalThis[Symbol.for('shardlift.adopt')](this)" });
  delete holder[adoptKey];
}

/** The client assigns `client.shard` when the util is complete: that is the moment to put ours in its place. */
function adoptWhenAssigned(client: Client, replace: (stock: StockUtil) => StockUtil): void {
  Object.defineProperty(client, 'shard', {
    configurable: true,
    enumerable: true,
    set(stock: StockUtil) {
      const plain = { configurable: true, enumerable: true, writable: true };
      Object.defineProperty(client, 'shard', { ...plain, value: replace(stock) });
    },
  });
}

function takeOver({
  client,
  stock,
  evals,
}: { client: Client; stock: StockUtil } & Pick<UtilSetup, 'evals'>): StockUtil {
  const Stock = utilClassOf(stock);
  installCluster({ Client: clientClassOf(client), ShardClientUtil: Stock });
  const ours = joinOurs(stock, makeUtilClass({ Stock, evals }));
  // One of a class of the program's own has methods of its own.
  Stock._singleton = stock.constructor === Stock ? ours : stock;
  return Stock._singleton;
}

/** The topmost class on the road from an object up that has a method by this name: the bot's own may lie below. */
function topmost(of: object, method: string): object {
  let found: object = Object.getPrototypeOf(of);
  for (let level: object | null = found; level !== null; level = Object.getPrototypeOf(level)) {
    if (Object.hasOwn(level, method)) found = level;
  }
  return found;
}

const clientClassOf = (client: Client): DiscordExports['Client'] => ({ prototype: topmost(client, '_eval') });

const utilClassOf = (util: StockUtil): StockUtilClass =>
  (topmost(util, '_handleMessage') as { readonly constructor: StockUtilClass }).constructor;
