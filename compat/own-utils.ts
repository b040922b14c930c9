/** compat/own-utils: utils that a program makes of discord.js's class by itself, and what of theirs is ours to do. */
import type { EventEmitter } from 'node:events';
import type { StockUtil, StockUtilClass } from './stock.ts';

/** What discord.js's util reports of each shard; here the cluster does that, with the shard's id. */
const reportedEvents = ['shardReady', 'shardDisconnect', 'shardReconnecting', 'shardResume'] as const;

const isReported = (event: unknown): boolean => reportedEvents.some((reported) => reported === event);

let aboutToListen = false;

/**
 * Shows each util of a class that is given a mode, while it is being made: it has its client and its mode, and listens to
 * nothing yet. Its reports of shards are taken off its client again.
 *
 * A class cannot be asked when it is extended, but its constructor assigns `mode` right after `client`, and then listens.
 */
export function meetUtils({ prototype }: StockUtilClass, meet: (util: StockUtil) => void): void {
  Reflect.defineProperty(prototype, 'mode', {
    configurable: true,
    set(this: StockUtil, mode: StockUtil['mode'] | undefined) {
      Object.defineProperty(this, 'mode', { value: mode, configurable: true, enumerable: true, writable: true });
      if (mode === undefined) return;
      meet(this);
      aboutToListen = true;
      muteReports(this.client);
    },
  });
}

/** Whether the util that is just about to listen to the manager was met; says so once. */
export function isOfMetUtil(): boolean {
  const isMet = aboutToListen;
  aboutToListen = false;
  return isMet;
}

/** Takes the reports of the util whose constructor is running off its client: of each event, the first listener from now on. */
export function muteReports(client: EventEmitter): void {
  const added = new Map<string | symbol, (...args: unknown[]) => void>();
  const note = (event: string | symbol, listener: (...args: unknown[]) => void): void => {
    if (isReported(event) && !added.has(event)) added.set(event, listener);
  };
  client.on('newListener', note);
  queueMicrotask(() => {
    client.off('newListener', note);
    for (const [event, listener] of added) client.off(event, listener);
  });
}
