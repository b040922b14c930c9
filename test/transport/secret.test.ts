import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { errorWithoutSecret, withoutSecret } from '../../src/transport/secret.ts';

const token = 'MTk4NjIy.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs';

describe('a text', () => {
  test('loses every occurrence of the token and nothing else', () => {
    expect(withoutSecret(`${token}, a ${token}${token} z`, token)).toBe('[token], a [token][token] z');
    expect(withoutSecret('nothing of it', token)).toBe('nothing of it');
  });

  test('is searched for the very characters of the token', () => {
    expect(withoutSecret('axb a.b $&', 'a.b')).toBe('axb [token] $&');
  });

  test.each([undefined, ''])('stays as it is where the token is %o', (secret) => {
    expect(withoutSecret('any text', secret)).toBe('any text');
  });
});

describe('an error', () => {
  test('loses the token from message and stack, and keeps its name', () => {
    const told = errorWithoutSecret(new RangeError(`refused: ${token}`), token);
    expect(told.message).toBe('refused: [token]');
    expect(told.name).toBe('RangeError');
    expect(told.stack).toContain('secret.test.ts');
    expect(`${told.stack}${JSON.stringify(Object.getOwnPropertyDescriptors(told))}`).not.toContain(token);
  });

  test('is cleared of a token that only its stack shows', () => {
    const error = new Error('refused');
    error.stack = `Error: refused\n    at login (bot.js?token=${token}:1:1)`;
    const told = errorWithoutSecret(error, token);
    expect(told.stack).toBe('Error: refused\n    at login (bot.js?token=[token]:1:1)');
    expect(told.message).toBe('refused');
  });

  test('loses the token from its causes, the errors it gathers, and whatever else is its cause', () => {
    const deep = new Error('login failed', { cause: new TypeError(`deep ${token}`, { cause: { headers: [token] } }) });
    const many = new AggregateError([new Error(`one ${token}`), `two ${token}`, 3], 'many', { cause: deep });
    const told = errorWithoutSecret(many, token) as AggregateError & { cause: Error & { cause: Error } };
    expect(told.errors.map(String)).toEqual(['Error: one [token]', 'two [token]', '3']);
    expect(told.cause.message).toBe('login failed');
    expect(told.cause.cause).toMatchObject({ name: 'TypeError', message: 'deep [token]' });
    expect(told.cause.cause.cause).toContain('[token]');
    expect(inspect(told, { depth: 9 })).not.toContain(token);
  });

  test('that is its own cause ends somewhere', () => {
    const circle = new Error(`round ${token}`);
    circle.cause = circle;
    expect(inspect(errorWithoutSecret(circle, token), { depth: 20 })).not.toContain(token);
  });

  test('without the token, or without a token to look for, is the same object', () => {
    const error = new Error(`refused: ${token}`);
    expect(errorWithoutSecret(error, 'another token')).toBe(error);
    expect(errorWithoutSecret(error, undefined)).toBe(error);
    expect(errorWithoutSecret(error, '')).toBe(error);
  });

  test('that has no stack is taken too', () => {
    const bare = new Error('nothing of it');
    Object.defineProperty(bare, 'stack', { value: undefined });
    expect(errorWithoutSecret(bare, token)).toBe(bare);
  });
});
