/** transport/tail: the last part of a stream, kept for the error that may follow. */
import type { Readable } from 'node:stream';

const maxBytes = 64 * 1024;

/**
 * Copies a stream to `sink` and remembers its last 64 KiB. Without a sink, whoever else comes to read the stream, however late,
 * gets first what is remembered: what nobody reads would block the writer once the pipe is full.
 */
export function keepTail(stream: Readable | null | undefined, sink: NodeJS.WritableStream | undefined): () => string {
  const tail = new Tail();
  stream?.on('data', (chunk: Buffer | string) => {
    sink?.write(chunk);
    tail.add(Buffer.from(chunk as string, stream.readableEncoding ?? 'utf8'));
  });
  if (sink === undefined && stream) giveToReaders(stream, tail);
  return () => tail.bytes.toString('utf8');
}

class Tail {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that come a second time. */
  #known = 0;

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks).subarray(-maxBytes);
  }

  add(chunk: Buffer): void {
    const fresh = chunk.subarray(this.#known);
    this.#known -= chunk.length - fresh.length;
    this.#chunks.push(fresh);
    this.#length += fresh.length;
    while (this.#length - (this.#chunks[0]?.length ?? 0) > maxBytes) this.#length -= this.#chunks.shift()?.length ?? 0;
  }

  /** All there is, which then comes once more. */
  again(): Buffer {
    const { bytes } = this;
    this.#known += bytes.length;
    return bytes;
  }
}

function giveToReaders(stream: Readable, tail: Tail): void {
  const onListener = (event: string | symbol): void => {
    if (event !== 'data' && event !== 'readable') return;
    stream.off('newListener', onListener);
    // Not before it listens. Once a stream has ended, nothing can be put back into it.
    process.nextTick(() => {
      if (stream.readableEnded || stream.destroyed || tail.bytes.length === 0) return;
      const { readableEncoding: text } = stream;
      stream.unshift(text === null ? tail.again() : tail.again().toString(text));
    });
  };
  stream.on('newListener', onListener);
}
