/** transport/ending: says why a line ended, when the carrier and the child tell it at different moments. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LinkEnd } from './link.ts';

/** How far apart the end of the line and the news of the child's end may be, in ms. */
const graceMs = 250;

/**
 * Takes a link down once its carrier is lost, with the best reason known by then.
 *
 * @param reason - settles with the reason when the far end is gone (its exit code, say): known a moment after the carrier
 * closed, or a moment before its last bytes arrive
 * @returns to be called when the carrier closes
 */
export function endingOf(end: LinkEnd, lost: string, reason: Promise<string> | undefined): () => void {
  if (reason === undefined) return () => end.down(lost);
  // Closed, not only down: what the far end is connected to must not look like a line for ever.
  void reason.then((why) => sleep(graceMs, why, { ref: false })).then((why) => end.link.close(why));
  return () => void Promise.race([reason, sleep(graceMs, lost, { ref: false })]).then(end.down);
}
