/** transport/burst-reader: hears a port, many messages for one event. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/** Messages taken for one event at most. */
const burst = 64;
/** After a look that found nothing, so many messages come alone before the next look. */
const lull = 8;
/** So many messages go in bursts before the event loop has had its turn. */
const maxInARow = 1_024;

/**
 * Hears a port. Where messages come in bursts, those that wait behind the first are taken at once: an event for each costs
 * as much as the message itself.
 *
 * Node gives as many events in one turn of the event loop as messages waited at its start. With a burst for each of them
 * a sender that goes on would keep all else waiting for as long as it likes, so bursts end when a turn is long.
 */
export function readInBursts<M>(port: MessagePort, take: (message: M) => void): void {
  let alone = 0;
  let inARow = 0;
  const turn = (): void => {
    inARow = 0;
  };
  port.on('message', (message: M) => {
    take(message);
    if (alone > 0) alone -= 1;
    else if (inARow < maxInARow) {
      const more = takeBurst(port, take);
      if (more === 0) alone = lull;
      inARow += more;
      if (inARow >= maxInARow) setImmediate(turn);
    }
  });
}

/** Takes what waits at a port, up to a burst. @returns how much that was */
function takeBurst<M>(port: MessagePort, take: (message: M) => void): number {
  for (let taken = 0; taken < burst; taken++) {
    const next = receiveMessageOnPort(port) as { readonly message: M } | undefined;
    if (next === undefined) return taken;
    take(next.message);
  }
  return burst;
}
