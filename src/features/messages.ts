/** features/messages: a bot's message to the bots of all clusters, by the channel that Node itself leaves between them. */
import { call, contract } from '../rpc/contract.ts';

/** A message for many bots. */
export interface Broadcast {
  readonly message: unknown;
  /** The bot that sends it gets it too. */
  readonly sendSelf: boolean;
}

/** Served by the manager: it alone has such a channel to every bot. */
export const messagesContract = contract('messages', {
  /** Answers when the message has been handed over for every bot that is running. */
  broadcast: call<Broadcast, null>(),
});
