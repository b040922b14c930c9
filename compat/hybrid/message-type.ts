/** hybrid/message-type: what discord-hybrid-sharding's `_type` says of a message, as far as bots look at it. */

/** The kinds of messages, under the names and numbers of discord-hybrid-sharding. */
export const messageType = {
  MISSING_TYPE: 0,
  /** A question: `message.reply(...)` answers it. */
  CUSTOM_REQUEST: 1,
  /** A message of a user's own. */
  CUSTOM_MESSAGE: 2,
  /** An answer. It is never seen: it settles the promise of `request`. */
  CUSTOM_REPLY: 3,
} as const;

/** One of {@link messageType}. */
export type messageType = (typeof messageType)[keyof typeof messageType];
