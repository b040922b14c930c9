import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { discordError } from '../../compat/discord-errors.ts';
import { survivable } from '../../compat/lost-call.ts';
import { ShardliftError } from '../../src/index.ts';
import { noteUnhandled } from './unhandled.ts';

const dead = discordError('ShardingNoChildExists', 3);
/** As a bot gets it from its manager. */
const told = Object.assign(new Error(dead.message), { code: 'ShardingNoChildExists' });
const cut = new ShardliftError('LINK_CLOSED', { peer: 'cluster:1', reason: 'it died' });
const unhandled = noteUnhandled();

const failing = (error: unknown) => survivable(() => Promise.reject(error));
const settled = async () => {
  await nextTurn();
  await nextTurn();
};

describe('a call whose bot dies', () => {
  test.each([
    ['the error of discord.js', dead],
    ['the same as a bot is told it', told],
    ['a line that was cut', cut],
  ])('ends nobody when nobody waits for it: %s', async (_, error) => {
    void failing(error);
    await settled();
    expect(unhandled).toEqual([]);
  });

  test('is told to whoever waits for it', async () => {
    await expect(failing(dead)).rejects.toBe(dead);
    const late = failing(dead);
    await settled();
    await expect(late).rejects.toBe(dead);
  });

  test('is a rejection to catch for whoever goes on with it', async () => {
    void failing(dead).then(() => undefined);
    await settled();
    expect(unhandled).toEqual([dead]);
  });
});

test('another failure of a call that nobody waits for stays loud', async () => {
  const error = new RangeError('over the top');
  void failing(error);
  await settled();
  expect(unhandled).toEqual([error]);
});

test('a call that succeeds gives its value', async () => {
  await expect(survivable(async () => 7)).resolves.toBe(7);
});
