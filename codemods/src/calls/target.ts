/** calls/target: whom a rewritten call asks. */
import type { Facts } from '../clients/facts.ts';
import type { Made } from '../clients/returned.ts';
import { type Consumer, searches } from '../results/consumer.ts';

/** How the new call asks: every cluster, every shard, or the one that is named. */
export type Target = 'requestAll' | 'requestAllShards' | 'requestToShard' | 'requestTo' | 'requestToGuild';

/** What a function's value has to be made of, so that one per process is as good as one per shard. */
const enough: Readonly<Record<Exclude<Consumer, 'ignored' | 'array'>, readonly Made[]>> = {
  sum: ['sum', 'process'],
  parts: ['process'],
  flat: ['list', 'process'],
  search: ['lookup', 'found', 'process'],
  present: ['lookup', 'found', 'process'],
  pick: ['lookup', 'process'],
};

/** Whether what a function does, and whether it throws, is proven to be the same for all shards of a process together. */
function isSame(consumer: Consumer, { acts, mayAct, looksAtWhole, doesEach, throwsWithout }: Facts): boolean {
  const isDone = acts || (consumer === 'ignored' && mayAct);
  return doesEach && !throwsWithout && !(isDone && looksAtWhole);
}

/** Whom a call asks that used to ask every shard: every shard, or every cluster where that gives the same. */
export function targetOf(consumer: Consumer, facts: Facts): Target {
  // The list is the one of the whole process: compared with the caller's, it has to be asked once per process.
  if (consumer === 'ignored' && facts.shardList) return 'requestAll';
  if (consumer === 'array' || facts.perShard || !isSame(consumer, facts)) return 'requestAllShards';
  if (consumer === 'ignored') return 'requestAll';
  // What is no list is a row of its own, and `false` or a text is found by what looks for anything but `null`.
  if (consumer === 'flat' && !facts.lists) return 'requestAllShards';
  if (consumer === 'present' && !facts.absentNull) return 'requestAllShards';
  if (searches(consumer) && facts.looksUpSeveral) return 'requestAllShards';
  return enough[consumer].includes(facts.made) ? 'requestAll' : 'requestAllShards';
}
