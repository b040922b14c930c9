/** transport/stock-channel: the channel that Node itself leaves between a bot and its manager, from the bot's side. */
import { isMainThread, parentPort } from 'node:worker_threads';
import { ShardliftError } from '../errors.ts';
import { postFailure } from './post-failure.ts';

/**
 * Sends a user's message to the manager, where it is emitted as it is; resolves when it has left.
 *
 * @throws ShardliftError `LINK_CLOSED` when this process has no such channel (any more); `UNSERIALISABLE`
 */
export function postToManager(message: unknown): Promise<void> {
  const peer = 'the manager';
  return new Promise((resolve, reject) => {
    if (isMainThread && (process.send === undefined || !process.connected)) {
      reject(new ShardliftError('LINK_CLOSED', { peer, reason: 'this process has no channel to it' }));
      return;
    }
    try {
      if (isMainThread) {
        process.send?.(message, (error: Error | null) =>
          error === null ? resolve() : reject(postFailure(error, peer)),
        );
        return;
      }
      parentPort?.postMessage(message);
      resolve();
    } catch (error) {
      reject(postFailure(error, peer));
    }
  });
}
