import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { discordError } from '../../compat/discord-errors.ts';
import { survivable } from '../../compat/lost-call.ts';
import { encodeResult, fromFault, toFault } from '../../src/extend.ts';
import { ShardliftError } from '../../src/index.ts';
import { noteUnhandled } from './unhandled.ts';

const dead = discordError('ShardingNoChildExists', 3);
/** As a bot gets it from its manager. */
const told = Object.assign(new Error(dead.message), { code: 'ShardingNoChildExists' });
const cut = new ShardliftError('LINK_CLOSED', { peer: 'cluster:1', reason: 'it died' });
/** What comes of a result that is neither plain data nor JSON, as the caller gets it. */
const unsent = (): Error => {
  try {
    encodeResult(1n, 'process');
  } catch (error) {
    return fromFault(toFault(error));
  }
  throw new TypeError('A bigint can be sent');
};
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

describe('a call whose result cannot be sent', () => {
  test('ends nobody when nobody waits for it', async () => {
    void failing(unsent());
    await settled();
    expect(unhandled).toEqual([]);
  });

  test('is told to whoever waits for it', async () => {
    await expect(failing(unsent())).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
  });
});

test('a function that cannot be sent stays loud', async () => {
  const error = new ShardliftError('UNSERIALISABLE', { path: 'The function', received: 'bound or native' });
  void failing(error);
  await settled();
  expect(unhandled).toEqual([error]);
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
