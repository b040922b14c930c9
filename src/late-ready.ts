/** late-ready: mends a client of several shards that never becomes ready. */
import type { Client } from 'discord.js';

/** What discord.js 14 keeps of its shards. In 15 there is none of it, and it does not have the fault. */
interface Shards {
  readonly shards?: ReadonlyMap<number, { readonly readyTimeout?: unknown }>;
  checkShardsReady?(): void;
}

/**
 * Looks whether the client has become ready each time a shard has resumed.
 *
 * discord.js looks only when a shard has received its guilds. A shard that was resuming when the last of the others did
 * so counts as not ready then, and nobody looks again: `clientReady` never comes, and all its events wait for it.
 *
 * @see https://github.com/discordjs/discord.js/issues/10485
 */
export function lookForReady(client: Client): void {
  const ws = client.ws as unknown as Shards;
  client.on('shardResume', () => {
    // After all that discord.js does with the packet itself.
    setImmediate(() => {
      // A shard that waits for guilds still looks on its own, at the latest after `waitGuildTimeout`.
      const waits = [...(ws.shards?.values() ?? [])].some(({ readyTimeout }) => Boolean(readyTimeout));
      if (!waits) ws.checkShardsReady?.();
    });
  });
}
