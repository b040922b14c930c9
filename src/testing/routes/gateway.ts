/** testing/routes/gateway: where the gateway is and how fast a bot may log in. */

import type { Route } from './route.ts';

/** Guilds per shard Discord recommends. */
const GUILDS_PER_SHARD = 1_000;

/** GET /gateway and GET /gateway/bot. @see https://discord.com/developers/docs/events/gateway#get-gateway-bot */
export const gatewayRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/gateway',
    auth: false,
    answer: ({ world }) => ({ status: 200, body: { url: world.gatewayUrl } }),
  },
  {
    method: 'GET',
    path: '/gateway/bot',
    answer: ({ world }) => {
      const { total, remaining, resetAfterMs } = world.ledger.limit(Date.now());
      const limit = {
        total,
        remaining,
        reset_after: resetAfterMs,
        max_concurrency: world.options.gateway.maxConcurrency,
      };
      return {
        status: 200,
        body: { url: world.gatewayUrl, shards: world.recommendedShards, session_start_limit: limit },
      };
    },
  },
];

/** The `shards` Discord would recommend for this many guilds. */
export function recommendedShards(guildCount: number): number {
  return Math.max(1, Math.ceil(guildCount / GUILDS_PER_SHARD));
}
