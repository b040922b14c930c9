/** cluster-handlers: what clusters ask each other, and what they tell each other. Typed everywhere by `Register`. */
import { defineHandlers } from 'shardlift';

export const handlers = defineHandlers({
  /** The server with the most members. */
  largestServer: (client) => {
    const [largest] = [...client.guilds.cache.values()].sort((a, b) => b.memberCount - a.memberCount);
    return largest === undefined ? null : { name: largest.name, members: largest.memberCount };
  },

  /** How many channels a server has; the caller knows no more of a server that is not its own. */
  channelCount: (client, { guildId }: { guildId: string }) =>
    client.guilds.cache.get(guildId)?.channels.cache.size ?? 0,
});

declare module 'shardlift' {
  interface Register {
    handlers: typeof handlers;
    events: {
      /** A user chose another language: what was remembered of it is old. */
      languageChanged: { userId: string };
    };
  }
}
