/** testing/login: READY, then the guilds of the shard one by one. */

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Session, SessionBook } from './session.ts';
import { ownUser } from './user.ts';
import type { World } from './world.ts';

/** Guilds sent before others get a turn. */
const BATCH = 64;

/** Bytes a slow bot may leave unread before the next guild waits for it. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Flags of the application in READY: the three privileged intents, for bots below 100 guilds. */
export const APPLICATION_FLAGS = (1 << 13) | (1 << 15) | (1 << 19);

/** Sends READY. @see https://discord.com/developers/docs/events/gateway-events#ready */
export function sendReady(session: Session, world: World): void {
  const { shard, totalShards } = session.identity;
  const guilds = [...world.guilds.ofShard(shard, totalShards)];
  const ready = {
    v: 10,
    user: ownUser(world.options.bot),
    guilds: guilds.map((index) => ({ id: world.guilds.numbering.guildId(index), unavailable: true })),
    session_id: session.id,
    resume_gateway_url: world.gatewayUrl,
    shard: [shard, totalShards],
    application: { id: world.options.bot.id, flags: APPLICATION_FLAGS },
    session_type: 'normal',
    private_channels: [],
    presences: [],
    relationships: [],
    user_settings: {},
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
    _trace: ['["loopback"]'],
  };
  session.dispatch('READY', JSON.stringify(ready));
  world.timeline.record('ready', { totalShards, guilds: guilds.length }, shard);
}

async function breathe(session: Session, sent: number): Promise<void> {
  if (sent % BATCH !== 0) return;
  await nextTurn();
  while (session.connection !== undefined && session.connection.socket.bufferedAmount > MAX_UNREAD_BYTES)
    await sleep(1);
}

/**
 * Sends a GUILD_CREATE for each guild of the shard. It goes on while the bot is away for a moment, into the session's
 * memory, and stops when the session is gone.
 */
export async function sendGuilds(session: Session, world: World, sessions: SessionBook): Promise<void> {
  const { shard, totalShards, intents, largeThreshold } = session.identity;
  let sent = 0;
  if ((intents & GatewayIntentBits.Guilds) !== 0) {
    const presenceLimit = (intents & GatewayIntentBits.GuildPresences) === 0 ? 0 : largeThreshold;
    for (const index of world.guilds.ofShard(shard, totalShards)) {
      const fault = world.faults.take('guildCreate', { shard });
      if (typeof fault === 'object' && 'delayMs' in fault) await sleep(fault.delayMs);
      if (!sessions.has(session)) return;
      if (fault === 'skip') continue;
      sent += 1;
      if (fault === 'unavailable')
        session.dispatch(
          'GUILD_DELETE',
          JSON.stringify({ id: world.guilds.numbering.guildId(index), unavailable: true }),
        );
      else session.dispatch('GUILD_CREATE', world.guilds.createText(index, presenceLimit));
      await breathe(session, sent);
    }
  }
  session.guildsSent = true;
  world.timeline.record('guildsSent', { totalShards, guilds: sent }, shard);
}
