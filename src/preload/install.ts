/** preload/install: gives every client of a bot its `client.cluster`. */
import type { Client } from 'discord.js';
import { ClusterClient } from '../client.ts';
import { loadAtLogin } from '../login.ts';
import { getCluster } from '../registry.ts';
import { isInherited } from '../transport/inherited.ts';
import type { DiscordExports } from './discord-hook.ts';

/**
 * Patches one copy of discord.js: `client.cluster` is there from the first look on (an assignment by the user wins), and
 * `login` waits for the handlers and tells the manager when it fails for good.
 */
export function installCluster({ Client }: DiscordExports): void {
  const prototype = Client.prototype as Client;
  Object.defineProperty(prototype, 'cluster', {
    configurable: true,
    enumerable: false,
    get(this: Client) {
      return this === prototype ? undefined : (getCluster(this) ?? new ClusterClient(this));
    },
    set(this: Client, value: unknown) {
      Object.defineProperty(this, 'cluster', { value, configurable: true, enumerable: true, writable: true });
    },
  });
  loadAtLogin(prototype, (client) => getCluster(client) ?? new ClusterClient(client));
}

/** Hides our own flags from the bot, so that what it starts with `process.execArgv` does not become a cluster. */
export function hidePreloadFlag(file: string): void {
  const at = process.execArgv.lastIndexOf(file);
  if (at > 0 && process.execArgv[at - 1] === '--require') process.execArgv.splice(at - 1, 2);
}

/** True in a process or thread that a manager of ours started. */
export const inCluster = isInherited;
