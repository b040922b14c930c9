/** test/logger: how much the own logger says, and how. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, type LoggingOptions, type LogLevel } from '../src/logger.ts';

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** What a logger wrote when it was told one line of each level. */
function written(options?: LoggingOptions, isTTY = false): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const logger = createLogger(options, stream as unknown as NodeJS.WriteStream);
  for (const level of levels) logger[level](`a line of ${level}`);
  return String(stream.read() ?? '');
}

const said = (options?: LoggingOptions) => levels.filter((level) => written(options).includes(`a line of ${level}`));

test.each([
  [undefined, ['warn', 'error']],
  [{}, ['warn', 'error']],
  [{ colors: false }, ['warn', 'error']],
  [{ enabled: true }, ['info', 'warn', 'error']],
  [{ enabled: true, level: 'debug' }, levels],
  [{ level: 'error' }, ['error']],
  [{ enabled: false, level: 'debug' }, []],
] as const)('told %o it says %o', (options, expected) => {
  expect(said(options)).toEqual(expected);
});

test('lines carry the time of day unless told otherwise', () => {
  expect(written({ level: 'error' })).toMatch(/^\d{4}-\d\d-\d\dT\S+Z \[shardlift\] error: a line of error\n$/);
  expect(written({ level: 'error', timestamps: false })).toBe('[shardlift] error: a line of error\n');
});

test('on a terminal lines look better, unless told otherwise', () => {
  expect(written({}, true)).not.toContain('[shardlift] error:');
  expect(written({ colors: false }, true)).toContain('[shardlift] error: a line of error\n');
});
