/** transport/post-failure: why a message of a user's did not get into Node's own channel. */
import { messageOf, ShardliftError } from '../errors.ts';

/**
 * The error of a message that was not written: `UNSERIALISABLE` when it is the message's fault, else `LINK_CLOSED`.
 *
 * @param thrown - by `process.send`, `child.send` (TypeError) or `postMessage` (DataCloneError), or given to their callbacks
 */
export function postFailure(thrown: unknown, peer: string): ShardliftError {
  const isOfMessage = thrown instanceof TypeError || (thrown as Error | null)?.name === 'DataCloneError';
  if (!isOfMessage) return new ShardliftError('LINK_CLOSED', { peer, reason: messageOf(thrown) }, { cause: thrown });
  const received = `nothing that Node can write (${messageOf(thrown)})`;
  return new ShardliftError('UNSERIALISABLE', { path: 'message', received }, { cause: thrown });
}
