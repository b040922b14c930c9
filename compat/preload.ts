/** compat/preload: what Node loads with `--require` before a bot of our ShardingManager. */
import { isMainThread, workerData } from 'node:worker_threads';
import { endWithManager, hidePreloadFlag, hookDiscord, inCluster, installCluster } from '../src/extend.ts';
import { watchForBundledDiscord } from './bundled-bot.ts';
import { evalsVariable } from './contract.ts';
import { heardMessages } from './heard-messages.ts';
import { sentMessages } from './sent-messages.ts';
import { replaceUtil, type UtilSetup } from './shard-client-util.ts';
import type { StockUtilClass } from './stock.ts';

interface Loaded {
  readonly ShardClientUtil: StockUtilClass;
}

hidePreloadFlag(__filename);
if (inCluster()) {
  // First: the line may take its own messages out of what is counted, and the bot may keep what sends.
  heardMessages();
  sentMessages();
  endWithManager();
  const told = (isMainThread ? process.env : workerData) as Readonly<Record<string, unknown>>;
  const evals = told[evalsVariable] as UtilSetup['evals'];
  hookDiscord((discord) => {
    const { ShardClientUtil: Stock } = discord as unknown as Loaded;
    installCluster(discord);
    replaceUtil({ Stock, evals });
  });
  watchForBundledDiscord(evals);
}
