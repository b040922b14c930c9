import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { keepTail } from '../../src/transport/tail.ts';

const maxBytes = 64 * 1024;

test('the last 64 KiB are kept, to the byte, however they came', () => {
  const stream = new PassThrough();
  const tail = keepTail(stream, undefined);
  for (let i = 0; i < 30; i++) stream.emit('data', Buffer.from(`${i % 10}`.repeat(10_000)));
  expect(tail()).toBe(
    Array.from({ length: 30 }, (_none, i) => `${i % 10}`.repeat(10_000))
      .join('')
      .slice(-maxBytes),
  );
  stream.emit('data', Buffer.from(`${'x'.repeat(maxBytes)}last`));
  expect(tail()).toBe(`${'x'.repeat(maxBytes - 4)}last`);
});

test('a sink gets all of it', () => {
  const [stream, sink] = [new PassThrough(), new PassThrough()];
  keepTail(stream, sink);
  for (const text of ['one ', 'two']) stream.emit('data', Buffer.from(text));
  expect(sink.read()?.toString()).toBe('one two');
});

test.each([null, undefined])('of %o there is nothing to tell', (stream) => {
  expect(keepTail(stream, undefined)()).toBe('');
});
