/** preload/imported: `client.cluster` in a bot that imports shardlift, whether a manager started it or not. */
import { hookDiscord, loadedDiscords } from './discord-hook.ts';
import { installCluster } from './install.ts';

/**
 * Patches the copies of discord.js that were loaded before shardlift, and those that will be. It loads none itself: the
 * process of a manager needs none.
 */
export function installOnImport(): void {
  for (const discord of loadedDiscords()) installCluster(discord);
  hookDiscord(installCluster);
}
