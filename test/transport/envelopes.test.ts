/** test/transport/envelopes: our own messages on Node's channel, and the user's beside them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Diversion, divertMail, type Mail, postMail } from '../../src/transport/envelopes.ts';
import { type FakeChannel, fakeChannels } from './fake-channel.ts';

let near: FakeChannel;
let far: FakeChannel;
let diversion: Diversion;
/** What the reader of mail and the user's own listeners were given. */
let mail: Mail[];
let gone: number;
let users: unknown[];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const never = (error: Error): never => {
  throw error;
};
const hear = (message: unknown): void => void users.push(message);

beforeEach(() => {
  [near, far] = fakeChannels();
  [mail, gone, users] = [[], 0, []];
  const reader = {
    take: (one: Mail) => void mail.push(one),
    gone() {
      gone += 1;
    },
  };
  diversion = divertMail(far, reader);
});

describe('mail', () => {
  test('goes to its reader and to nobody else, whatever kind it is of', async () => {
    far.on('message', hear);
    diversion.listen();
    const all: Mail[] = [
      { kind: 'open' },
      { kind: 'frame', content: 'AA==' },
      { kind: 'credit', content: [1, 2] },
      { kind: 'close', content: 'done' },
    ];
    for (const one of all) postMail(near, one, never);
    await turn();
    expect([mail, users]).toStrictEqual([all, []]);
  });

  test('stays hidden from the user after nobody reads it any more', async () => {
    diversion.listen();
    diversion.pause();
    far.on('message', hear);
    postMail(near, { kind: 'open' }, never);
    await turn();
    expect(users).toStrictEqual([]);
  });

  test.each([
    ['another key', { shard: ['shardlift:line', { kind: 'open' }] }],
    ['a key more', { shardlift: ['shardlift:line', { kind: 'open' }], more: 1 }],
    ['another mark', { shardlift: ['line', { kind: 'open' }] }],
    ['no list', { shardlift: 'shardlift:line' }],
    ['a text', 'shardlift:line'],
    ['nothing', null],
  ])('is not what has %s: that is the user’s', async (_, message) => {
    far.on('message', hear);
    near.send(message as object, () => undefined);
    await turn();
    expect([mail, users]).toStrictEqual([[], [message]]);
  });
});

describe('a user’s message', () => {
  test('waits for a listener of the user’s, in order, while only ours is there', async () => {
    diversion.listen();
    for (const n of [1, 2, 3]) near.send({ n }, () => undefined);
    await turn();
    far.on('message', hear);
    await turn();
    expect(users).toStrictEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  test('is heard by one that is added when ours has gone', async () => {
    diversion.listen();
    diversion.pause();
    far.on('message', hear);
    near.send({ n: 1 }, () => undefined);
    await turn();
    expect(users).toStrictEqual([{ n: 1 }]);
  });
});

describe('the end of a channel', () => {
  test('is told once, however often it is announced', () => {
    diversion.listen();
    far.emit('disconnect');
    far.emit('disconnect');
    expect(gone).toBe(1);
  });

  test('that fails to send is told with its error', async () => {
    near.failure = new Error('ERR_IPC_CHANNEL_CLOSED');
    const lost = new Promise((resolve) => postMail(near, { kind: 'open' }, resolve));
    await expect(lost).resolves.toBe(near.failure);
  });

  test('that was never there is told at once', () => {
    const errors: Error[] = [];
    const none = Object.assign(near, { send: undefined as never });
    postMail(none, { kind: 'open' }, (error) => void errors.push(error));
    expect(errors.map(({ message }) => message)).toStrictEqual(['there is no channel']);
  });
});
