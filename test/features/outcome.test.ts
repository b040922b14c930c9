/** test/features/outcome: what Discord's client throws is, after the way through a link, still what users act on. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { type Outcome, outcomeOf, unwrapped } from '../../src/features/outcome.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

/** There and back, through the codec. */
const crossed = async (error: unknown): Promise<unknown> => {
  const outcome = await outcomeOf(() => Promise.reject(error));
  try {
    return unwrapped(decodeValue(encodeValue(outcome)) as Outcome<unknown>);
  } catch (thrown) {
    return thrown;
  }
};
const request = { body: { secret: 'a large body' }, files: undefined };
const url = 'https://discord.com/api/v10/channels/1/messages';
const raw = { code: 50_013, message: 'Missing Permissions' };
const refusal = () => new DiscordAPIError(raw, 50_013, 403, 'POST', url, request);

test('a value arrives', async () => {
  expect(unwrapped(await outcomeOf(() => ({ id: '1' })))).toEqual({ id: '1' });
});

describe("discord.js's error", () => {
  test('of a refusal keeps name, code, status, message and where', async () => {
    const error = await crossed(refusal());
    expect(error).toBeInstanceOf(Error);
    const { name, message, code, status, method, rawError } = refusal();
    expect({ ...(error as object), name: (error as Error).name, message: (error as Error).message }).toEqual({
      ...{ name, message, code, status, method, rawError, url },
    });
    expect(name).toBe('DiscordAPIError[50013]');
    expect((error as Error).stack).toContain('outcome.test');
  });

  test('of a server that fails keeps its status', async () => {
    const error = await crossed(new HTTPError(502, 'Bad Gateway', 'POST', url, request));
    expect(error).toMatchObject({ name: 'HTTPError', message: 'Bad Gateway', status: 502, method: 'POST', url });
  });

  test('of a rate limit keeps how long to wait', async () => {
    const limit = { timeToReset: 1_500, limit: 5, method: 'POST', hash: 'h', url, route: '/channels/:id/messages' };
    const more = { majorParameter: '1', global: false, retryAfter: 1_500, sublimitTimeout: 0, scope: 'user' } as const;
    const error = await crossed(new RateLimitError({ ...limit, ...more }));
    expect(error).toMatchObject({ name: 'RateLimitError[/channels/:id/messages]', ...limit, ...more });
  });

  test('below one of ours keeps its status too', async () => {
    const details = { added: ['1'], removed: [], refused: '2', untried: [], message: 'Missing Permissions' };
    const error = await crossed(new ShardliftError('ROLES_PARTLY_CHANGED', details, { cause: refusal() }));
    expect(error).toBeInstanceOf(ShardliftError);
    expect(error).toMatchObject({ code: 'ROLES_PARTLY_CHANGED', details, cause: { code: 50_013, status: 403 } });
  });
});

test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [new TypeError('x'), 'x'],
])('anything else that is thrown arrives as an error: %s', async (thrown, message) => {
  expect(await crossed(thrown)).toMatchObject({ message });
});
