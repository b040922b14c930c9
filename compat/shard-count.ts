/** compat/shard-count: how many shards Discord recommends, and whether those that are to start may identify today. */
import { fetchGatewayInfo, type GatewayInfo } from '../src/extend.ts';
import { isShardliftError, type Logger, ShardliftError } from '../src/index.ts';
import { causedError, discordError } from './discord-errors.ts';

/** How long a start waits to hear what it could do without, in ms. */
const patienceMs = 3_000;

/**
 * What Discord says of a fleet that is to have as many shards as it recommends.
 *
 * @throws discord.js's `TokenMissing` and `TokenInvalid`, ShardliftError `DISCORD_UNREACHABLE`
 */
export async function recommendedFleet(token: string | null): Promise<GatewayInfo> {
  if (!token) throw discordError('TokenMissing');
  return fetchGatewayInfo(token).catch((error: unknown) => {
    throw isShardliftError(error, 'TOKEN_REFUSED') ? causedError(error, 'TokenInvalid') : error;
  });
}

/** Who is to start. */
export interface Budget {
  /** What Discord has said already; left out, it is asked. */
  readonly told: GatewayInfo | undefined;
  readonly token: string | null;
  /** Shards that are to identify. */
  readonly needed: number;
  readonly logger: Logger;
}

/**
 * Checks that as many shards may identify: one too many resets the token.
 *
 * @throws ShardliftError `IDENTIFY_EXHAUSTED`
 */
export async function assertIdentifies({ told, token, needed, logger }: Budget): Promise<void> {
  const info = told ?? (token ? await lookUp(token, logger) : undefined);
  if (info === undefined || info.remaining >= needed) return;
  const { remaining, resetAfterMs } = info;
  throw new ShardliftError('IDENTIFY_EXHAUSTED', { remaining, needed, resetAfterMs });
}

/** A start whose number of shards is known goes on without an answer: discord.js does not ask, and the bot may log in otherwise. */
const lookUp = (token: string, logger: Logger): Promise<GatewayInfo | undefined> =>
  fetchGatewayInfo(token, patienceMs).catch((error: Error) => {
    logger.debug(`How many shards may identify today is not known. ${error.message}`);
    return undefined;
  });
