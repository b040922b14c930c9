import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { OwnWords } from '../../compat/own-words.ts';
import { enveloped } from '../../compat/shard-message.ts';

const ready = { _ready: true };
const marked = { __shardlift_shard: null, message: ready };

/** What a process that was just started says, or a thread. */
function started(kind: 'process' | 'worker') {
  const child = new EventEmitter();
  channel(kind === 'process' ? 'child_process' : 'worker_threads').publish({ [kind]: child });
  return child;
}

test('a bot’s own words of discord.js are marked, and nothing else', () => {
  const words = new OwnWords();
  expect(words.marked(ready)).toEqual(marked);
  expect(words.marked({ _sRespawnAll: { timeout: 1 } })).toMatchObject({ message: { _sRespawnAll: { timeout: 1 } } });
  const others = [null, undefined, 'text', { ready: true }, { _ready: true, at: 1 }, { _eval: 'text', _result: 1 }];
  for (const message of others) expect(words.marked(message)).toBe(message);
});

test('a message that has the shape of an envelope is put into one, and one of ours is left as it is', () => {
  const words = new OwnWords();
  const theirs = { __shardlift_shard: 0, message: 'inner' };
  expect(words.marked(theirs)).toEqual({ __shardlift_shard: null, message: theirs });
  const ours = enveloped(1, theirs);
  expect(words.marked(ours)).toBe(ours);
  for (const copy of [structuredClone(ours), JSON.parse(JSON.stringify(ours))]) {
    expect(copy).toEqual({ __shardlift_shard: 1, message: theirs });
    expect(words.marked(copy)).toEqual({ __shardlift_shard: null, message: copy });
  }
  const more = { ...theirs, more: 1 };
  expect(words.marked(more)).toBe(more);
});

test('an envelope of a bot in a further process is passed on as it is', () => {
  const words = new OwnWords();
  const theirs = { __shardlift_shard: 1, message: 'of shard 1' };
  started('process').emit('message', theirs);
  expect(words.marked(theirs)).toBe(theirs);
});

test.each(['process', 'worker'] as const)('the words of a bot in a further %s are passed on as they are', (kind) => {
  const words = new OwnWords();
  const child = started(kind);
  const heard: unknown[] = [];
  child.on('message', (message) => heard.push(words.marked(message)));
  child.emit('message', { note: 1 });
  expect(words.marked(ready)).toEqual(marked);
  child.emit('message', ready);
  expect(heard).toEqual([{ note: 1 }, ready]);
  expect(words.marked({ ...ready })).toEqual(ready);
});

test('a process that has a client of ours passes nothing on', () => {
  const claimed = Symbol.for('shardlift.inheritance-claimed');
  const words = new OwnWords();
  started('process').emit('message', ready);
  const holder = globalThis as { [claimed]?: true };
  holder[claimed] = true;
  try {
    expect(words.marked(ready)).toEqual(marked);
  } finally {
    delete holder[claimed];
  }
});
