import { expect, test, vi } from 'vitest';
import { answerOf, timeoutOf } from '../../../compat/hybrid/asked.ts';
import type { IPCMessage } from '../../../compat/hybrid/ipc-message.ts';

const end = { send: vi.fn(async () => undefined), request: vi.fn(async () => undefined) };
const { signal } = new AbortController();

test.each(['process', 'worker'] as const)('an answer travels like a message in %s mode', async (mode) => {
  const reply = { at: new Date(0) };
  const tell = (message: IPCMessage): boolean => {
    void message.reply(reply);
    return true;
  };
  const answer = await answerOf({}, { end, tell, on: 'the manager', mode, signal });
  expect(answer).toEqual(mode === 'process' ? { at: '1970-01-01T00:00:00.000Z' } : reply);
});

test('where nobody listens the error says what to add', async () => {
  const asked = answerOf({}, { end, tell: () => false, on: 'cluster 2', mode: 'process', signal });
  await expect(asked).rejects.toMatchObject({ code: 'NO_LISTENER', message: expect.stringContaining('message.reply') });
});

test.each([
  [{}, {}],
  [{ options: null }, {}],
  [{ options: { timeout: 'soon' } }, {}],
  [{ options: { timeout: 5 } }, { timeoutMs: 5 }],
  [{ options: { timeout: 0 } }, { timeoutMs: null }],
  [{ options: { timeout: null } }, { timeoutMs: null }],
])('the message %o sets the limit %o', (message, limit) => {
  expect(timeoutOf(message)).toEqual(limit);
});
