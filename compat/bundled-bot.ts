/** compat/bundled-bot: the way into a bot whose discord.js is part of its own file, so that no hook sees it load. */
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Client } from 'discord.js';
import { type DiscordExports, installCluster } from '../src/extend.ts';
import type { Mode } from '../src/index.ts';
import { firstUtil, makeUtilClass, reportedEvents, type UtilSetup } from './shard-client-util.ts';
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
    const result = on.call(this as Channel, event, listener);
    if (event === 'message' && listener.name === stockListener && isOfDiscord(listener))
      adoptThrough(channel, listener, evals);
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
  const holder = globalThis as { [adoptKey]?: (client: Client) => void };
  holder[adoptKey] = (client) =>
    adoptWhenAssigned(client, (stock) => {
      channel.off('message', listener);
      return takeOver({ client, stock, evals });
    });
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
  const Stock = stock.constructor as StockUtilClass;
  // Nobody but the util can have listened by now. Its answer to our own `_eval` must not reach the manager either.
  for (const event of reportedEvents) client.removeAllListeners(event);
  Object.defineProperty(stock, 'send', { value: () => Promise.resolve() });
  installCluster({ Client: clientClassOf(client), ShardClientUtil: Stock });
  const util = firstUtil(() => {
    const Util = makeUtilClass({ Stock, evals });
    return new Util(client, stock.mode as Mode);
  });
  Stock._singleton = util;
  return util;
}

/** The class of discord.js itself, below which the bot's own may lie: the topmost with `_eval`. */
function clientClassOf(client: Client): DiscordExports['Client'] {
  let found: object = Object.getPrototypeOf(client);
  for (let level: object | null = found; level !== null; level = Object.getPrototypeOf(level)) {
    if (Object.hasOwn(level, '_eval')) found = level;
  }
  return { prototype: found };
}
