/** compat/start-pace: checks the times that users give to starts, in the classes and words of discord.js. */
import { discordError } from './discord-errors.ts';

/** Names of discord.js for pauses and patience, all in ms. */
type PaceName = 'delay' | 'timeout' | 'shardDelay' | 'respawnDelay';

const isPause = (ms: unknown): boolean => typeof ms === 'number' && ms >= 0;

/**
 * Checks pauses (0 for none) and timeouts (-1 or Infinity to not wait at all).
 *
 * discord.js takes anything: a timeout it cannot read passes at once, and leaves a bot behind that nobody waits for.
 *
 * @throws discord.js's `ClientInvalidOption`
 */
export function assertPace(pace: Readonly<Partial<Record<PaceName, unknown>>>): void {
  for (const [name, ms] of Object.entries(pace)) {
    if (isPause(ms) || (name === 'timeout' && ms === -1)) continue;
    const must = name === 'timeout' ? 'a number of milliseconds, -1 or Infinity.' : 'a number of milliseconds.';
    throw discordError('ClientInvalidOptionType', name, must);
  }
}
