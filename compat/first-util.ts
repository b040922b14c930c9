/** compat/first-util: the one util of a process that has the line to the manager, and what it lends to others. */
import { isMainThread } from 'node:worker_threads';
import type { Client } from 'discord.js';
import type { Mode } from '../src/index.ts';
import type { StockUtil, StockUtilClass } from './stock.ts';

export const cluster = Symbol('cluster');
export const botEvals = Symbol('evals');
export const botOrder = Symbol('order');
/** What our methods work with; a util of the program's own is lent them. */
const parts = [cluster, botEvals, botOrder] as const;

// Registered: each copy of discord.js has a class of its own, and the process has one line to its manager.
const utilKey = Symbol.for('shardlift.util');
const holder = globalThis as { [utilKey]?: StockUtil };

/** The util of this process: made for the first client, and that of clients of other copies of discord.js, too. */
export function firstUtil(make: () => StockUtil): StockUtil {
  holder[utilKey] ??= make();
  return holder[utilKey];
}

/** Has the methods of a util that is not ours go the way of the one of this process, which is given back. */
export function joinOurs(util: StockUtil, Util: new (client: Client, mode: Mode) => StockUtil): StockUtil {
  const ours = firstUtil(() => new Util(util.client, isMainThread ? 'process' : 'worker'));
  lend(ours, util);
  return ours;
}

/** Whether a call goes our way. A util that got its mode late, or was made without its constructor, joins ours by its first. */
export function isOurs(util: unknown, Stock: StockUtilClass): boolean {
  if (typeof util !== 'object' || util === null) return false;
  const ours = holder[utilKey];
  if (!(cluster in util) && util instanceof Stock && ours !== undefined) lend(ours, util);
  return cluster in util;
}

function lend(ours: StockUtil, util: object): void {
  for (const part of parts) Reflect.defineProperty(util, part, { value: Reflect.get(ours, part) });
}
