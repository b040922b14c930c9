/**
 * compat/stock-bot: what a bot of the last resort is sent to evaluate with: the views of its shards, typed errors, results
 * as they are elsewhere. The manager sends the built file as text; it brings no line of its own.
 */
import type { Client } from 'discord.js';
import { type EvalHost, type EvalOutcome, type EvalRequest, evaluate } from '../src/extend.ts';

/** One evaluation, as it stands in the text that is sent. */
export interface StockOrder extends Pick<EvalHost, 'mode' | 'whole'> {
  readonly request: EvalRequest;
}

/** What the text calls. */
export type StockEvaluator = (
  client: Client,
  order: StockOrder,
) => readonly EvalOutcome[] | Promise<readonly EvalOutcome[]>;

const holder = globalThis as { [key: symbol]: StockEvaluator | undefined };
let first: Client | undefined;

holder[Symbol.for('shardlift.evaluate')] = (client, { request, ...host }) => {
  first ??= client;
  // Each copy of discord.js hears what one is told. Its work is done once, by the first, and nobody waits for the others.
  if (client !== first) return new Promise(() => undefined);
  return evaluate({ client, ...host }, request);
};
