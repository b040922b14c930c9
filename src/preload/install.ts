/** preload/install: gives every client of a bot its `client.cluster`. */
import type { Client } from 'discord.js';
import { ClusterClient } from '../client.ts';
import { loadAtLogin } from '../login.ts';
import { getCluster } from '../registry.ts';
import { isInherited } from '../transport/inherited.ts';
import type { DiscordExports } from './discord-hook.ts';

// Registered: the preload and the bot's own import are two bundles of this code, and only the first of them patches.
const installed = Symbol.for('shardlift.installed');

/**
 * Patches one copy of discord.js: `client.cluster` is there from the first look on (an assignment by the user wins), and
 * `login` waits for the handlers and tells the manager when it fails for good. A copy that is patched stays as it is.
 */
export function installCluster({ Client }: DiscordExports): void {
  const prototype = Client.prototype as Client;
  if (Object.hasOwn(prototype, installed)) return;
  Object.defineProperty(prototype, installed, { value: true });
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
  // Without a manager a client that nobody asked for its cluster has no use for one: it may be that of a manager's process.
  loadAtLogin(prototype, (client) => getCluster(client) ?? (inCluster() ? new ClusterClient(client) : undefined));
}

/** Hides our own flags from the bot, so that what it starts with `process.execArgv` does not become a cluster. */
export function hidePreloadFlag(file: string): void {
  const at = process.execArgv.lastIndexOf(file);
  if (at > 0 && process.execArgv[at - 1] === '--require') process.execArgv.splice(at - 1, 2);
}

/** True in a process or thread that a manager of ours started. */
export const inCluster = isInherited;
