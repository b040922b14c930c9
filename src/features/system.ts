/** features/system: what a cluster tells its manager about its life. */
import { call, cast, contract } from '../rpc/contract.ts';

/** One step in the life of one gateway shard. */
export type ShardStep =
  | { readonly shard: number; readonly step: 'ready' }
  | { readonly shard: number; readonly step: 'disconnect'; readonly code: number }
  | { readonly shard: number; readonly step: 'reconnecting' }
  | { readonly shard: number; readonly step: 'resume'; readonly replayed: number };

/** Why a bot will not come up, however often it is started. */
export interface StartFailure {
  /**
   * `token`: Discord refuses the token. `refused`: the same, and the bot may yet log in with another. `gateway`: it closes with a code that forbids another try. `handlers`: nothing loaded
   * the files named in `message`. `login`: anything else.
   */
  readonly kind: 'token' | 'refused' | 'gateway' | 'handlers' | 'login';
  readonly message: string;
}

/** Served by the manager. */
export const lifeContract = contract(
  'life',
  {
    /** discord.js's client exists and knows us; `shards` are those it will run. */
    attached: cast<{ readonly shards: readonly number[] | 'auto' }>(),
    /** It answers requests from now on; `handlers` are the names that the files of the manager's option hold. */
    listening: cast<{ readonly handlers: readonly string[] }>(),
    step: cast<ShardStep>(),
    failure: cast<StartFailure>(),
    /** The bot that failed with `refused` logs in once more. */
    loginAgain: cast<void>(),
  },
  { vital: true },
);

/** Served by each cluster. */
export const systemContract = contract('system', {
  /** Answers when the event loop gets to it. */
  ping: call<void, null>(),
});

/** What a cluster answers to a heartbeat. */
export interface Heartbeat {
  /** A debugger may hold it: it is not ended however long it stands still. */
  readonly inspected: boolean;
}

/** Served by each cluster. No deadline: who asks counts the time, and asks once only. */
export const heartbeatContract = contract(
  'heartbeat',
  { beat: call<void, Heartbeat>({ timeoutMs: null }) },
  { vital: true },
);

/**
 * Close codes after which Discord does not let the same bot in again.
 *
 * @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
export const fatalCloseCodes: ReadonlyMap<number, string> = new Map([
  [4004, 'Authentication failed: the token is wrong or was reset'],
  [4010, 'Invalid shard: shard id and shard count do not fit'],
  [4011, 'Sharding required: too many guilds for this number of shards'],
  [4012, 'Invalid API version'],
  [4013, 'Invalid intents: a bit is set that does not exist'],
  [4014, 'Disallowed intents: enable the privileged intents of the bot in the developer portal'],
]);
