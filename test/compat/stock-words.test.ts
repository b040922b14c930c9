import { expect, test } from 'vitest';
import { errorOf, isFirstWord, plainError, stockMessage } from '../../compat/stock-words.ts';

const isFirst = (message: unknown): boolean => {
  const stock = stockMessage(message);
  return stock !== undefined && isFirstWord(stock);
};

test.each([
  { _ready: true },
  { _disconnect: true },
  { _reconnecting: true },
  { _resume: true },
  { _sEval: '(f)(this)' },
  { _sEval: '(f)(this)', _sEvalShard: 1 },
  { _sFetchProp: 'guilds.cache.size', _sFetchPropShard: 0 },
  { _sRespawnAll: { shardDelay: 1, respawnDelay: 1, timeout: 1 } },
])('%j is what the util of discord.js says of itself', (message) => {
  expect(isFirst(message)).toBe(true);
});

test.each([
  null,
  'text',
  7,
  {},
  { ready: true },
  { _ready: 1 },
  { _ready: true, at: 5 },
  { _sEval: 'text', note: 1 },
  { _eval: 'text', _result: 1 },
])('%j may be a message of the user', (message) => {
  expect(isFirst(message)).toBe(false);
});

test('a message is known by the key that discord.js looks at first', () => {
  expect(stockMessage({ _eval: 'text', _ready: true })?.word).toBe('_ready');
  expect(stockMessage({ _sEval: 'text', _sFetchProp: 'x' })?.word).toBe('_sFetchProp');
});

test('errors cross with name, message and stack, whatever was thrown', () => {
  const error = new RangeError('far');
  expect(errorOf(plainError(error))).toMatchObject({ name: 'RangeError', message: 'far', stack: error.stack });
  expect([plainError(null), plainError('just text')]).toEqual([
    { name: 'Error', message: 'null' },
    { name: 'Error', message: 'just text' },
  ]);
});
