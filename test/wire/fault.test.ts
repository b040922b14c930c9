/** test/wire/fault: errors as plain data, and back. */
import { describe, expect, test } from 'vitest';
import { isShardliftError, ShardliftError } from '../../src/errors.ts';
import { type Fault, fromFault, toFault } from '../../src/wire/fault.ts';

/** There and back as a frame carries it: in JSON text. */
const carried = (thrown: unknown): Error => fromFault(JSON.parse(JSON.stringify(toFault(thrown))) as Fault);

class DiscordAPIError extends Error {
  override readonly name = 'DiscordAPIError[50013]';
  readonly code = 50_013;
}

describe('an error that crosses', () => {
  test('keeps name, message, code and stack', () => {
    const thrown = new DiscordAPIError('Missing Permissions');
    const arrived = carried(thrown);
    expect(arrived).toMatchObject({ name: 'DiscordAPIError[50013]', message: 'Missing Permissions', code: 50_013 });
    expect(arrived.stack).toBe(thrown.stack);
    expect(String(arrived)).toBe('DiscordAPIError[50013]: Missing Permissions');
  });

  test('is a plain Error: no class of its name is looked for', () => {
    expect(Object.getPrototypeOf(carried(new TypeError('x')))).toBe(Error.prototype);
  });

  test('keeps its chain of causes', () => {
    const thrown = new Error('a', {
      cause: new TypeError('b', { cause: Object.assign(new Error('c'), { code: 'E' }) }),
    });
    const cause = carried(thrown).cause as Error;
    expect(cause).toMatchObject({ name: 'TypeError', message: 'b' });
    expect(cause.cause).toMatchObject({ message: 'c', code: 'E' });
  });

  test('keeps a cause that is no error', () => {
    expect(carried(new Error('a', { cause: 'a text' })).cause).toMatchObject({ message: 'a text' });
  });

  test('whose causes go in a circle is cut after eight', () => {
    const thrown: Error & { cause?: unknown } = new Error('round');
    thrown.cause = thrown;
    let depth = 0;
    for (let error: unknown = carried(thrown); error instanceof Error; error = error.cause) depth++;
    expect(depth).toBe(9);
  });

  test('that gathers others keeps its members, thirty-two at most', () => {
    const members = Array.from({ length: 40 }, (_, n) => new Error(`no. ${n}`));
    const arrived = carried(new AggregateError(members, 'all failed')) as AggregateError;
    expect(arrived).toBeInstanceOf(AggregateError);
    expect(arrived).toMatchObject({ name: 'AggregateError', message: 'all failed' });
    expect(arrived.errors.map((error: Error) => error.message)).toStrictEqual(
      members.slice(0, 32).map((error) => error.message),
    );
  });

  test('that gathers itself thirty-two times stays small', () => {
    const thrown = new AggregateError([], 'knot');
    thrown.errors.push(...Array(32).fill(thrown));
    const count = (fault: Fault): number => 1 + (fault.errors ?? []).reduce((sum, member) => sum + count(member), 0);
    expect(count(toFault(thrown))).toBe(128);
  });
});

describe('a ShardliftError that crosses', () => {
  const details = { name: 'cuont', on: 'cluster:1', known: ['count'] };

  test('stays one, with code, details and sentence', () => {
    const arrived = carried(new ShardliftError('NO_HANDLER', details, { cause: new Error('why') }));
    expect(isShardliftError(arrived, 'NO_HANDLER')).toBe(true);
    expect(arrived).toMatchObject({ details, message: new ShardliftError('NO_HANDLER', details).message });
    expect(arrived.cause).toMatchObject({ message: 'why' });
  });

  test('stays one as the cause of another', () => {
    const arrived = carried(new Error('outer', { cause: new ShardliftError('NO_ROUTE', { to: 'cluster:9' }) }));
    expect(isShardliftError(arrived.cause, 'NO_ROUTE')).toBe(true);
  });

  test('with a code of another version keeps its text', () => {
    const fault = { name: 'ShardliftError [NEW_ONE]', message: 'Something new.', code: 'NEW_ONE', details: {} };
    const arrived = fromFault(fault as unknown as Fault);
    expect(arrived).toMatchObject({ name: 'ShardliftError [NEW_ONE]', message: 'Something new.', code: 'NEW_ONE' });
  });
});

test('texts of any length are cut: an error passes lines that are full', () => {
  const long = 'x'.repeat(1_000_000);
  const thrown = Object.assign(new Error(long, { cause: long }), { code: long, name: long });
  const fault = toFault(thrown);
  expect(JSON.stringify(fault).length).toBeLessThan(100_000);
  expect(carried(thrown).message).toMatch(/^x{16384}\.\.\. \(983616 more\)$/);
});

test('details that cannot cross are left behind, and the error crosses', () => {
  const received = (() => 1) as unknown as string;
  const thrown = new ShardliftError('INVALID_OPTION', { option: 'a', expected: 'b', received });
  expect(structuredClone(toFault(thrown))).toMatchObject({ code: 'INVALID_OPTION', message: thrown.message });
  expect(toFault(thrown).details).toBeUndefined();
});

describe('what is thrown and is no error', () => {
  test.each([
    ['a text', 'just text', 'just text'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a number', 42, '42'],
    ['a bigint', 1n, '1'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a function', function named() { return 1; }, /named/], // biome-ignore format: one line a row
    ['an object with a message', { message: 'plain' }, 'plain'],
    ['an object with a message that is no text', { message: 404 }, '404'],
  ])('%s becomes an Error with its text', (_, thrown, message) => {
    const arrived = carried(thrown);
    expect(arrived.name).toBe('Error');
    expect(arrived.message).toMatch(message);
  });

  const throwing = () => {
    throw new Error('gotcha');
  };
  const trap = new Proxy(new Error('x'), { get: throwing, has: throwing, getPrototypeOf: throwing });

  test.each([
    ['a toString that throws', { toString: throwing }],
    ['an object without any toString', Object.create(null)],
    ['a function with a toString that throws', Object.assign(() => 1, { toString: throwing })],
    ['a message getter that throws', Object.defineProperty(new Error('x'), 'message', { get: throwing })],
    ['a cause getter that throws', Object.defineProperty(new Error('x'), 'cause', { get: throwing })],
    ['a stack that is a trap', Object.defineProperty(new Error('x'), 'stack', { value: { toString: throwing } })],
    ['members that are no list', Object.assign(new AggregateError([], 'x'), { errors: 5 })],
    ['a proxy whose every trap throws', trap],
  ])('%s is told without throwing', (_, thrown) => {
    expect(carried(thrown)).toBeInstanceOf(Error);
  });
});
