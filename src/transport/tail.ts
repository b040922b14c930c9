/** transport/tail: the last part of a stream, kept for the error that may follow. */
import type { Readable } from 'node:stream';

const maxBytes = 64 * 1024;

/** Copies a stream to `sink` (when given) and remembers its last 64 KiB. */
export function keepTail(stream: Readable | null | undefined, sink: NodeJS.WritableStream | undefined): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    sink?.write(chunk);
    chunks.push(chunk);
    length += chunk.length;
    while (length - (chunks[0]?.length ?? 0) > maxBytes) length -= chunks.shift()?.length ?? 0;
  });
  return () => Buffer.concat(chunks).subarray(-maxBytes).toString('utf8');
}
