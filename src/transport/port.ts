/** transport/port: a link over a MessagePort, the line of worker mode. */
import type { MessagePort } from 'node:worker_threads';
import { assertFrameFits } from '../wire/codec.ts';
import { type FlatFrame, flatten, unflatten } from '../wire/flat.ts';
import { endingOf } from './ending.ts';
import { type LinkEnd, makeLink } from './link.ts';

/**
 * Builds a link over a port. The port closes when its thread ends.
 *
 * @param reason - settles with the reason when the far end is gone, see {@link endingOf}
 * @see https://nodejs.org/api/worker_threads.html#class-messageport
 */
export function portLink(port: MessagePort, peer: string, reason?: Promise<string>): LinkEnd {
  const end = makeLink({
    peer,
    post(frame) {
      assertFrameFits(frame);
      port.postMessage(flatten(frame));
    },
    shut: () => port.close(),
  });
  port.on('message', (flat: FlatFrame) => end.deliver(unflatten(flat)));
  port.on('close', endingOf(end, 'the port closed', reason));
  port.start();
  return end;
}
