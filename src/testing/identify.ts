/** testing/identify: what an IDENTIFY must look like, and the close code for each way it does not. Pure. */

import { GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';
import { integerOf, type JsonObject } from './json.ts';
import type { Identity } from './session.ts';

/** Intents that must be switched on for the bot first. */
const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** What the bot may do, which the IDENTIFY is held against. */
export interface IdentifyPolicy {
  readonly token: string;
  /** Bits of the privileged intents the bot has switched on; -1 for all. */
  readonly privileged: number;
  readonly guildCount: number;
  readonly guildsPerShardMax: number;
}

/** A refused IDENTIFY: the gateway close code and the words Discord sends with it. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Tells whether a token, with or without `Bot `, is the right one. */
export function isToken(sent: unknown, token: string): boolean {
  return typeof sent === 'string' && sent.replace(/^Bot /, '') === token;
}

/**
 * Reads an IDENTIFY.
 *
 * @returns the identity, or the close code: 4004 token, 4010 shard, 4013 unknown intent, 4014 intent not switched on,
 * 4011 too many guilds on one shard
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
export function readIdentify(data: JsonObject, policy: IdentifyPolicy): Identity | Closing {
  if (!isToken(data.token, policy.token))
    return { code: GatewayCloseCodes.AuthenticationFailed, reason: 'Authentication failed.' };
  const [shard, totalShards] = shardArray(data.shard);
  if (shard === undefined || totalShards === undefined || shard < 0 || shard >= totalShards)
    return { code: GatewayCloseCodes.InvalidShard, reason: 'Invalid shard.' };
  const intents = integerOf(data.intents);
  if (intents === undefined || (intents & ~ALL_INTENTS) !== 0)
    return { code: GatewayCloseCodes.InvalidIntents, reason: 'Invalid intent(s).' };
  if ((intents & PRIVILEGED & ~policy.privileged) !== 0)
    return { code: GatewayCloseCodes.DisallowedIntents, reason: 'Disallowed intent(s).' };
  if (Math.ceil(policy.guildCount / totalShards) > policy.guildsPerShardMax)
    return { code: GatewayCloseCodes.ShardingRequired, reason: 'Sharding required.' };
  return { shard, totalShards, intents, largeThreshold: integerOf(data.large_threshold) ?? 50 };
}

/** Without a shard array the bot is one shard of one. */
function shardArray(value: unknown): readonly (number | undefined)[] {
  if (value === undefined) return [0, 1];
  return Array.isArray(value) && value.length === 2 ? value.map(integerOf) : [];
}

/** The shard an IDENTIFY names, whether or not it is a legal one; for the records. */
export function claimedShard(data: JsonObject): number | undefined {
  return shardArray(data.shard)[0];
}
