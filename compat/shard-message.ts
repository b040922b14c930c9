/** compat/shard-message: the envelope of a bot's message that has to say whose it is. Only we make it, only the manager opens it. */

/** A message of the user's for certain: of a shard, when it comes from a call inside of an eval, else (`null`) of the bot. */
export interface ShardMessage {
  readonly __shardlift_shard: number | null;
  readonly message: unknown;
}

/** Registered: a bot may have two copies of this file. Neither of Node's ways of copying takes a symbol along. */
const made = Symbol.for('shardlift.shard-message');

/** Puts a message into an envelope. */
export const enveloped = (shard: number | null, message: unknown): ShardMessage =>
  Object.defineProperty({ __shardlift_shard: shard, message }, made, { value: true });

/** It has the shape of an envelope: of one that was sent, or of a user's message that has to be put into one. */
export function isShardMessage(message: unknown): message is ShardMessage {
  if (typeof message !== 'object' || message === null || !('__shardlift_shard' in message)) return false;
  return 'message' in message && Object.keys(message).length === 2;
}

/** An envelope that was made in this process. */
export const isOwnEnvelope = (message: ShardMessage): boolean => made in message;
