/** calls/limit: how long a request waits that stands in for a call without a limit. */
import { isUnattended } from '../results/dropped-results.ts';
import type { AccessedCall } from '../syntax/call-site.ts';
import { isUndefined } from './options.ts';
import type { Understood } from './understood.ts';

/** Limits of discord-hybrid-sharding that are none. */
const noLimit = /^(?:0|null)$/;

/**
 * The limit of a request. discord.js waits for ever, and so does every version of discord-hybrid-sharding whose broadcast
 * is given no limit (`src/ClusterClient.js` of 1.3.1 and 1.4.3, `PromiseHandler` from 1.6 on).
 */
export function limitOf({ file, call }: AccessedCall, { options, facts: { effects } }: Understood): string | null {
  const written = options.timeout === null || isUndefined(options.timeout) ? null : options.timeout.getText();
  if (written !== null) return noLimit.test(written) ? '{ timeoutMs: null }' : written;
  // Where nobody catches it, the end of the limit would be the first error there is.
  const isOpen = effects.lasts || (effects.neverFails && isUnattended(file, call));
  return isOpen ? '{ timeoutMs: null }' : null;
}
