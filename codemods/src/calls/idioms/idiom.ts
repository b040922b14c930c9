/** calls/idioms/idiom: the methods of a cluster that do what some broadcasts do by hand. */
import { guildCount } from './count.ts';
import type { DirectPlan, Understanding } from './direct.ts';
import { guildFetch } from './fetch.ts';
import { channelSend } from './send.ts';

const idioms = [guildCount, guildFetch, channelSend] as const;

/** The method that does the same as a call, or `null` when nothing proves that one does. */
export function idiomOf(given: Understanding): DirectPlan | null {
  for (const find of idioms) {
    const found = find(given);
    if (found !== null) return found;
  }
  return null;
}
