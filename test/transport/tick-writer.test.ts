/** transport/tick-writer: a lone message leaves at once, a burst leaves in two writes. */
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

test('the next turn starts over', async () => {
  const { writer, writes } = recorder();
  say(writer, 'a', 'b');
  await turn();
  say(writer, 'c');
  expect(writes).toEqual(['a', 'b', 'c']);
});

test('flush writes what waits, once', async () => {
  const { writer, writes } = recorder();
  say(writer, 'a', 'b');
  writer.flush();
  expect(writes).toEqual(['a', 'b']);
  await turn();
  expect(writes).toEqual(['a', 'b']);
});
