/** transport/socket: a link over a byte stream, the line of process mode. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeFrame, FrameReader } from '../wire/codec.ts';
import { type LinkEnd, makeLink } from './link.ts';

/** How long the reason for a close may lag behind the close, in ms. */
const reasonGraceMs = 50;

/**
 * Builds a link over a connected socket.
 *
 * @param reason - settles with the reason when the far end is gone (its exit code, say), which may be known only a
 * moment after the socket closed, or a moment before its last bytes arrive
 */
export function socketLink(socket: Socket, peer: string, reason?: Promise<string>): LinkEnd {
  const reader = new FrameReader();
  const end = makeLink({
    peer,
    post: (frame) => void socket.write(encodeFrame(frame)),
    // end, not destroy: what was written before (a last reply, a bye) still goes out.
    shut: () => void socket.end(),
  });
  socket.on('data', (chunk) => {
    try {
      for (const frame of reader.push(chunk)) end.deliver(frame);
    } catch (error) {
      end.down(error instanceof Error ? error.message : String(error));
      socket.destroy();
    }
  });
  // A reset says the same as a close: the far end is gone. `close` follows every `error`.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (reason === undefined) end.down('the socket closed');
    else void Promise.race([reason, sleep(reasonGraceMs, 'the socket closed', { ref: false })]).then(end.down);
  });
  if (reason !== undefined) void reason.then((why) => sleep(reasonGraceMs, why, { ref: false })).then(end.down);
  return end;
}
