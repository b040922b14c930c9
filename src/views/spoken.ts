/** views/spoken: what a view says to Discord, it says for its shard: else each view would say it for all shards. */
import type { Client } from 'discord.js';
import { following, type Replacements } from './overlay.ts';
import { shardState, shownPresence } from './presence.ts';
import { shadow } from './shadow.ts';

/** `client.ws` of discord.js 15. */
interface Sending {
  send(shard: number, packet: unknown): Promise<void>;
}

/** The user and the presence of a client as one of its shards has them: `user.setActivity` is for that shard alone. */
export function spokenParts(
  client: Client,
  { shard, view }: { readonly shard: number; readonly view: () => Client },
): Replacements {
  const presence = () => Reflect.get(client, 'presence');
  return {
    user: following(
      () => client.user,
      (user) => user && shadow(user, { client: view() }),
    ),
    presence: following(
      () => shardState(presence(), shard),
      (state) => shownPresence(presence(), { shard, state, client: view() }),
    ),
    // discord.js 15 has it in place of `ws.broadcast`.
    ...('_broadcast' in client && {
      _broadcast: () => async (packet: unknown) => [await (client.ws as unknown as Sending).send(shard, packet)],
    }),
  };
}
