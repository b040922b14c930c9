import { DiscordjsTypeError } from 'discord.js';
import { expect, test } from 'vitest';
import { assertPace } from '../../compat/start-pace.ts';

test.each([{ delay: 0 }, { delay: 5_500, timeout: 30_000 }, { timeout: -1 }, { timeout: Number.POSITIVE_INFINITY }])(
  '%o is a pace',
  (pace) => {
    expect(() => assertPace(pace)).not.toThrow();
  },
);

test.each([
  [{ delay: '5' }, 'The delay option must be a number of milliseconds.'],
  [{ delay: -1 }, 'The delay option must be a number of milliseconds.'],
  [{ timeout: 'soon' }, 'The timeout option must be a number of milliseconds, -1 or Infinity.'],
  [{ timeout: Number.NaN }, 'The timeout option must be a number of milliseconds, -1 or Infinity.'],
  [{ timeout: null }, 'The timeout option must be a number of milliseconds, -1 or Infinity.'],
  [{ shardDelay: -5 }, 'The shardDelay option must be a number of milliseconds.'],
])('%o is refused in the words of discord.js', (pace, message) => {
  expect(() => assertPace(pace)).toThrow(expect.objectContaining({ code: 'ClientInvalidOption', message }));
  expect(() => assertPace(pace)).toThrow(DiscordjsTypeError);
});
