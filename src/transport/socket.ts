/** transport/socket: a link over a byte stream, the line of process mode. */
import { Socket } from 'node:net';
import { messageOf } from '../errors.ts';
import { encodeCredit, encodeFrame, FrameReader } from '../wire/codec.ts';
import { type ByteSource, streamSource } from './byte-source.ts';
import { endingOf } from './ending.ts';
import { type LinkEnd, makeLink } from './link.ts';
import { TickWriter } from './tick-writer.ts';

/** The near end of a socket link. */
export interface SocketEnd extends LinkEnd {
  /** Writes what still waits for the end of this turn of the event loop: the process is about to end. */
  readonly flush: () => void;
}

/**
 * Builds a link over a connected socket.
 *
 * @param from - the socket, or a source that reads from one
 * @param reason - settles with the reason when the far end is gone, see {@link endingOf}
 */
export function socketLink(from: Socket | ByteSource, peer: string, reason?: Promise<string>): SocketEnd {
  const { socket, listen } = from instanceof Socket ? streamSource(from) : from;
  const reader = new FrameReader();
  const writer = new TickWriter(socket);
  const end = makeLink({
    peer,
    post(frame) {
      const bytes = encodeFrame(frame);
      writer.write(bytes);
      return bytes.length;
    },
    credit: (frames, bytes) => writer.write(encodeCredit({ frames, bytes })),
    // end, not destroy: what was written before (a last reply, a bye) still goes out.
    shut() {
      writer.flush();
      socket.end();
    },
  });
  listen((chunk) => {
    try {
      for (const record of reader.push(chunk)) {
        if (record.frame !== undefined) end.deliver(record.frame, record.bytes);
        else end.credited(record.credit.frames, record.credit.bytes);
      }
    } catch (error) {
      end.down(messageOf(error));
      socket.destroy();
    }
  });
  // A reset says the same as a close: the far end is gone. `close` follows every `error`.
  socket.on('error', () => undefined);
  socket.on('close', endingOf(end, 'the socket closed', reason));
  return { ...end, flush: () => writer.flush() };
}
