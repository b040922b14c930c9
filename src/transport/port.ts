/** transport/port: a link over a MessagePort, the line of worker mode. */
import type { MessagePort } from 'node:worker_threads';
import { assertFrameFits } from '../wire/codec.ts';
import type { Frame } from '../wire/frame.ts';
import { type LinkEnd, makeLink } from './link.ts';

/**
 * Builds a link over a port. The port closes when its thread ends.
 *
 * @see https://nodejs.org/api/worker_threads.html#class-messageport
 */
export function portLink(port: MessagePort, peer: string): LinkEnd {
  const end = makeLink({
    peer,
    post(frame) {
      assertFrameFits(frame);
      port.postMessage(frame);
    },
    shut: () => port.close(),
  });
  port.on('message', (frame: Frame) => end.deliver(frame));
  port.on('close', () => end.down('the port closed'));
  port.start();
  return end;
}
