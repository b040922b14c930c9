import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { GroupedShard } from '../../compat/grouped-shard.ts';
import { OpenedMessages } from '../../compat/opened-messages.ts';
import { OwnWords } from '../../compat/own-words.ts';
import { enveloped } from '../../compat/shard-message.ts';
import { ShardNews } from '../../compat/shard-news.ts';

/** What two Shards of one process, and a listener on that process, hear of a message that its bot sends. */
function heardOf(message: unknown): [number | 'child', unknown][] {
  const heard: [number | 'child', unknown][] = [];
  const shards = [4, 5].map((id) => {
    const shard = Object.assign(new EventEmitter(), { id }) as unknown as GroupedShard;
    return shard.on('message', (one) => heard.push([id, one]));
  });
  const sent = JSON.stringify(new OwnWords().marked(message));
  const child = new EventEmitter() as ChildProcess;
  const opened = new OpenedMessages();
  const news = new ShardNews(() => shards);
  child.on('message', (one) => news.deliver(one, opened.current?.shard));
  child.on('message', (one) => heard.push(['child', one]));
  opened.watch(child);
  child.emit('message', JSON.parse(sent), undefined);
  return heard;
}

test('a message of the bot is that of its first shard, one of a shard is that shard’s', () => {
  expect(heardOf({ note: 1 })).toEqual([
    [4, { note: 1 }],
    ['child', { note: 1 }],
  ]);
  expect(heardOf(enveloped(5, 'of 5'))).toEqual([
    [5, 'of 5'],
    ['child', 'of 5'],
  ]);
});

test.each([
  { __shardlift_shard: 5, message: 'inner' },
  { __shardlift_shard: 5, message: 'inner', more: 1 },
  { __shardlift_shard: 5 },
  { _ready: true },
])('a user’s message arrives whole, whatever it looks like: %o', (message) => {
  expect(heardOf(message)).toEqual([
    [4, message],
    ['child', message],
  ]);
  expect(heardOf(enveloped(5, message))).toEqual([
    [5, message],
    ['child', message],
  ]);
});

test('a listener that throws leaves nothing of one message to the next', () => {
  const child = new EventEmitter() as ChildProcess;
  const opened = new OpenedMessages();
  opened.watch(child);
  child.once('message', () => {
    throw new Error('of a listener');
  });
  expect(() => child.emit('message', { __shardlift_shard: 5, message: 1 }, undefined)).toThrow('of a listener');
  expect(opened.current).toBeUndefined();
});
