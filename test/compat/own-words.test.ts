import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { OwnWords } from '../../compat/own-words.ts';

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
