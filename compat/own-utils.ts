/** compat/own-utils: utils that a program makes of discord.js's class by itself, and what of theirs is ours to do. */
import type { EventEmitter } from 'node:events';
import type { StockUtil, StockUtilClass } from './stock.ts';

type Listener = (...args: unknown[]) => void;

/** What discord.js's util reports of each shard, and the word it says; here the cluster does that, with the shard's id. */
const reports: Readonly<Record<string, string>> = {
  shardReady: '_ready',
  shardDisconnect: '_disconnect',
  shardReconnecting: '_reconnecting',
  shardResume: '_resume',
};

/** Property names survive minification, so discord.js's own listeners are known by what they say. */
const isReport = (event: string | symbol, listener: Listener): boolean => {
  const word = typeof event === 'string' && Object.hasOwn(reports, event) ? reports[event] : undefined;
  return word !== undefined && new RegExp(`\\b${word}\\b`).test(Function.prototype.toString.call(listener));
};

/** The modes in which discord.js's constructor listens. With any other it only notes its client. */
const isHeard = (mode: unknown): boolean => mode === 'process' || mode === 'worker';

let aboutToListen = false;

/**
 * Shows each util of a class that is given a mode, while it is being made: it has its client and its mode, and listens to
 * nothing yet. Its reports of shards are taken off its client again.
 *
 * A class cannot be asked when it is extended, but its constructor assigns `mode` right after `client`, and then listens.
 * What has no client or no mode by then is not shown.
 */
export function meetUtils({ prototype }: StockUtilClass, meet: (util: StockUtil) => void): void {
  Reflect.defineProperty(prototype, 'mode', {
    configurable: true,
    set(this: Partial<StockUtil>, mode: StockUtil['mode'] | undefined) {
      Object.defineProperty(this, 'mode', { value: mode, configurable: true, enumerable: true, writable: true });
      const { client } = this;
      if (mode === undefined || client === undefined || client === null) return;
      meet(this as StockUtil);
      if (!isHeard(mode)) return;
      aboutToListen = true;
      // Its constructor has listened by then; without it nobody listens at all.
      queueMicrotask(isOfMetUtil);
      muteReports(client);
    },
  });
}

/** Whether the util that is just about to listen to the manager was met; says so once. */
export function isOfMetUtil(): boolean {
  const isMet = aboutToListen;
  aboutToListen = false;
  return isMet;
}

/**
 * Takes the reports of the util whose constructor is running off its client: of each event, the first listener from now on
 * that is discord.js's. A client that is no emitter of Node's, as one that a program has made up, keeps them.
 */
export function muteReports(client: EventEmitter): void {
  if (typeof client.off !== 'function') return;
  const added = new Map<string | symbol, Listener>();
  const note = (event: string | symbol, listener: Listener): void => {
    if (!added.has(event) && isReport(event, listener)) added.set(event, listener);
  };
  client.on('newListener', note);
  queueMicrotask(() => {
    client.off('newListener', note);
    for (const [event, listener] of added) client.off(event, listener);
  });
}
