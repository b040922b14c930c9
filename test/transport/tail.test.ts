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

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.each(['data', 'readable'])('a reader who comes late, for %s, gets first what was kept', async (event) => {
  const stream = new PassThrough();
  const tail = keepTail(stream, undefined);
  stream.write('early ');
  await turn();
  const got: string[] = [];
  if (event === 'data') stream.on('data', (chunk) => got.push(String(chunk)));
  else stream.on('readable', () => got.push(String(stream.read() ?? '')));
  await turn();
  stream.write('late');
  await turn();
  expect([got.join(''), tail()]).toEqual(['early late', 'early late']);
});

test('a reader who asks for text gets text, and what is kept stays whole', async () => {
  const stream = new PassThrough();
  const tail = keepTail(stream, undefined);
  stream.write('früh ');
  await turn();
  const got: unknown[] = [];
  stream.setEncoding('utf8').on('data', (chunk) => got.push(chunk));
  await turn();
  stream.write('spät');
  await turn();
  expect([got, tail()]).toEqual([['früh ', 'spät'], 'früh spät']);
});

test('a stream that has ended is left alone', async () => {
  const stream = new PassThrough();
  const tail = keepTail(stream, undefined);
  stream.end('all');
  await turn();
  await turn();
  stream.on('data', () => undefined);
  await turn();
  expect(tail()).toBe('all');
});
