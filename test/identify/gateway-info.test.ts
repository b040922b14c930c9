/** test/identify/gateway-info: what Discord's answer means, and what each non-answer does. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchGatewayInfo } from '../../src/identify/gateway-info.ts';

const token = 'very.secret.token';
const limit = { total: 1_000, remaining: 997, reset_after: 14_400_000, max_concurrency: 16 };

function answer(respond: () => Promise<Response>) {
  const fetched = vi.fn<typeof fetch>(respond);
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
afterEach(() => void vi.unstubAllGlobals());

describe('the gateway info', () => {
  test('is asked with the token and told in our words', async () => {
    const fetched = answer(async () => Response.json({ url: 'wss://x', shards: 12, session_start_limit: limit }));
    expect(await fetchGatewayInfo(token)).toEqual({
      shards: 12,
      remaining: 997,
      resetAfterMs: 14_400_000,
      maxConcurrency: 16,
    });
    expect(fetched.mock.calls[0]?.[0]).toBe('https://discord.com/api/v10/gateway/bot');
    expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get('authorization')).toBe(`Bot ${token}`);
    expect(fetched.mock.calls[0]?.[1]?.signal).toBeInstanceOf(AbortSignal);
  });

  test.each([
    ['a refused token', async () => new Response('', { status: 401 }), 'TOKEN_REFUSED', '401'],
    ['an outage', async () => new Response('', { status: 503 }), 'DISCORD_UNREACHABLE', '503'],
    ['a rate limit', async () => new Response('', { status: 429 }), 'DISCORD_UNREACHABLE', '429'],
    ['no network', () => Promise.reject(new TypeError('fetch failed')), 'DISCORD_UNREACHABLE', 'fetch failed'],
    ["a proxy's page", async () => new Response('<html>'), 'DISCORD_UNREACHABLE', 'no JSON'],
    ['JSON of something else', async () => Response.json({ message: 'hi' }), 'DISCORD_UNREACHABLE', 'no answer to it'],
  ])('says of %s what it is, without the token', async (_name, respond, code, words) => {
    answer(respond);
    const error = (await fetchGatewayInfo(token).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(`${error.message} ${error.stack}`).not.toContain(token);
  });
});
