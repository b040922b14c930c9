/** results/one-cluster: whether discord-hybrid-sharding gave the answer of one cluster in a list. */
import type { HybridAnswer } from '../project/dependency-version.ts';
import type { CallSite } from '../syntax/call-site.ts';
import { takenFor } from './list-use.ts';

/** How the answer of one cluster is written, and whether anything proves that. */
export interface OneAnswer {
  readonly inList: boolean;
  readonly proven: boolean;
}

/** How discord-hybrid-sharding gave the answer of one cluster; where the bot may have both versions, what takes it tells. */
export function answerOfOne({ file, call }: CallSite, answer: HybridAnswer): OneAnswer {
  if (answer !== 'either') return { inList: answer === 'list', proven: true };
  const taken = takenFor(file, call);
  // The declarations of all of 1.x speak of the value: typed code is written for that.
  const inList = taken === 'list' || (taken !== 'value' && !file.typed);
  return { inList, proven: taken === 'nothing' || taken === 'value' };
}
