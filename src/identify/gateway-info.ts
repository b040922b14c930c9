/** identify/gateway-info: what Discord says about starting: how many shards, how many side by side. */
import { messageOf, ShardliftError } from '../errors.ts';

/** The answer of GET /gateway/bot, in our words. */
export interface GatewayInfo {
  /** Shards Discord recommends. */
  readonly shards: number;
  /** Identifies left until the limit resets. */
  readonly remaining: number;
  readonly resetAfterMs: number;
  readonly maxConcurrency: number;
}

interface Answer {
  readonly shards: number;
  readonly session_start_limit: { remaining: number; reset_after: number; max_concurrency: number };
}

const what = 'GET /gateway/bot';
const patienceMs = 15_000;

const unreachable = (reason: string, cause?: unknown): ShardliftError =>
  new ShardliftError('DISCORD_UNREACHABLE', { what, reason }, { cause });

/**
 * Asks Discord how to start.
 *
 * @param timeoutMs - how long it may take to answer
 * @throws ShardliftError `TOKEN_REFUSED` on 401, `DISCORD_UNREACHABLE` on anything else that is no answer
 * @see https://docs.discord.com/developers/events/gateway#get-gateway-bot
 */
export async function fetchGatewayInfo(token: string, timeoutMs = patienceMs): Promise<GatewayInfo> {
  const response = await fetch('https://discord.com/api/v10/gateway/bot', {
    headers: { authorization: `Bot ${token}` },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw unreachable(messageOf(cause), cause);
  });
  if (response.status === 401) throw new ShardliftError('TOKEN_REFUSED', { reason: `${what} answered 401` });
  if (!response.ok) throw unreachable(`it answered ${response.status}`);
  const answer = (await response.json().catch((cause: unknown) => {
    throw unreachable('what came is no JSON: a proxy may have answered', cause);
  })) as Partial<Answer> | null;
  if (typeof answer?.shards !== 'number' || answer.session_start_limit === undefined) {
    throw unreachable('the JSON that came is no answer to it');
  }
  const { remaining, reset_after: resetAfterMs, max_concurrency: maxConcurrency } = answer.session_start_limit;
  return { shards: answer.shards, remaining, resetAfterMs, maxConcurrency };
}
