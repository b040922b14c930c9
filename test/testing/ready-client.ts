/** test/testing/ready-client: an unmodified discord.js client in this process, logged in. */

import { once } from 'node:events';
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import type { LoopbackDiscord } from '../../src/testing/index.ts';

/** A client that `await using` destroys. */
export type DisposableClient = Client<true> & AsyncDisposable;

/** Logs in and waits until the client is ready. */
export async function readyClient(
  discord: LoopbackDiscord,
  options: Partial<ClientOptions> = {},
): Promise<DisposableClient> {
  const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
  const client = new Client({
    intents: [Guilds, GuildMessages, MessageContent],
    rest: { api: discord.rest.url },
    ...options,
  });
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  return Object.assign(client as Client<true>, { [Symbol.asyncDispose]: () => client.destroy() });
}
