/** transport/byte-source: where the bytes of a line come from: any socket, or one that reads into a single buffer. */
import { connect, Socket } from 'node:net';

/** A connected socket, and the one way to hear what it brings. */
export interface ByteSource {
  readonly socket: Socket;
  /** Sets the only listener; what came before it waits. A chunk is the listener's to keep. */
  readonly listen: (take: (chunk: Buffer) => void) => void;
}

/** As much as Node itself reads at once. */
const readBytes = 64 * 1024;

/** Any socket as a source. */
export const streamSource = (socket: Socket): ByteSource => ({
  socket,
  listen: (take) => void socket.on('data', take),
});

/**
 * A socket of a file descriptor or a path that reads into one buffer: Node otherwise makes 64 KiB for each message, and
 * sends it through the machinery of its streams.
 *
 * @see https://nodejs.org/api/net.html#new-netsocketoptions
 */
export function bufferSource(at: { readonly fd: number } | { readonly path: string }): ByteSource {
  let take: ((chunk: Buffer) => void) | undefined;
  let early: Buffer[] = [];
  const onread = {
    buffer: Buffer.allocUnsafeSlow(readBytes),
    callback(bytes: number, buffer: Uint8Array): boolean {
      // The next read overwrites it, and a body is a view into its chunk.
      const chunk = Buffer.from(buffer.subarray(0, bytes));
      if (take === undefined) early.push(chunk);
      else take(chunk);
      return true;
    },
  };
  // Named first, because the types of the constructor leave `onread` out; its documentation has it.
  const options = { readable: true, writable: true, onread };
  const socket = 'fd' in at ? new Socket(Object.assign(options, at)) : connect(Object.assign(options, at));
  return {
    socket,
    listen(next) {
      take = next;
      const waiting = early;
      early = [];
      for (const chunk of waiting) next(chunk);
    },
  };
}
