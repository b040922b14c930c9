/** test/transport/tick-writer: a lone message leaves at once, a burst leaves in two writes. */
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TickWriter } from '../../src/transport/tick-writer.ts';

function recorder(): { readonly writer: TickWriter; readonly writes: string[] } {
  const writes: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writes.push(chunk.toString());
      done();
    },
  });
  return { writer: new TickWriter(stream), writes };
}

const say = (writer: TickWriter, ...texts: string[]): void => {
  for (const text of texts) writer.write(Buffer.from(text));
};

test('the first message of a turn is written before write returns', () => {
  const { writer, writes } = recorder();
  say(writer, 'a');
  expect(writes).toEqual(['a']);
});

test('the others of the turn follow in one write, in order', async () => {
  const { writer, writes } = recorder();
  say(writer, 'a', 'b', 'c');
  await Promise.resolve();
  say(writer, 'd');
  expect(writes).toEqual(['a']);
  await turn();
  expect(writes).toEqual(['a', 'bcd']);
});

test('after a turn with one message the next starts over', async () => {
  const { writer, writes } = recorder();
  say(writer, 'a');
  await turn();
  say(writer, 'b');
  expect(writes).toEqual(['a', 'b']);
});

test('after a turn with several the next gathers all of its messages, until one comes alone', async () => {
  const { writer, writes } = recorder();
  say(writer, 'a', 'b');
  await turn();
  say(writer, 'c', 'd', 'e');
  expect(writes).toEqual(['a', 'b']);
  await turn();
  say(writer, 'f');
  expect(writes).toEqual(['a', 'b', 'cde']);
  await turn();
  expect(writes).toEqual(['a', 'b', 'cde', 'f']);
  say(writer, 'g');
  expect(writes.at(-1)).toBe('g');
});

test('writers that are used in one turn do not mix', async () => {
  const [one, other] = [recorder(), recorder()];
  say(one.writer, 'a', 'b');
  say(other.writer, '1', '2');
  await turn();
  expect([one.writes, other.writes]).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('flush writes what waits, once', async () => {
  const { writer, writes } = recorder();
  say(writer, 'a', 'b');
  writer.flush();
  expect(writes).toEqual(['a', 'b']);
  await turn();
  expect(writes).toEqual(['a', 'b']);
});
