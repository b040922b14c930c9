/** transport/stock-channel: the channel that Node itself leaves between a bot and its manager, from the bot's side. */
import { isMainThread, parentPort } from 'node:worker_threads';
import { ShardliftError } from '../errors.ts';

/**
 * Sends a user's message to the manager, where it is emitted as it is; resolves when it has left.
 *
 * @throws ShardliftError `LINK_CLOSED` when this process has no such channel (any more)
 */
export function postToManager(message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!isMainThread) {
      parentPort?.postMessage(message);
      resolve();
      return;
    }
    if (process.send === undefined || !process.connected) {
      const reason = 'this process has no channel to it';
      reject(new ShardliftError('LINK_CLOSED', { peer: 'the manager', reason }));
      return;
    }
    process.send(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
