import type { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LoginReport, otherTokenMs } from '../src/login-report.ts';
import type { Peer } from '../src/rpc/peer.ts';

const refusal = Object.assign(new Error('An invalid token was provided.'), { code: 'TokenInvalid' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function report() {
  const told: string[] = [];
  const life = {
    failure: ({ kind, message }: { kind: string; message: string }) => void told.push(`${kind}: ${message}`),
    loginAgain: () => void told.push('again'),
  };
  const peer = { at: () => life } as unknown as Peer;
  return { told, logins: new LoginReport({ token: 'secret-token' } as Client, peer) };
}

test('a refused token is told at once, and is the end when no other is tried', () => {
  const { told, logins } = report();
  logins.begins();
  logins.failed(refusal);
  vi.advanceTimersByTime(otherTokenMs - 1);
  expect(told).toEqual(['refused: An invalid token was provided.']);
  vi.advanceTimersByTime(1);
  expect(told.slice(1)).toEqual(['token: An invalid token was provided.']);
});

test('a further login takes it back, and has its own time when it is refused, too', () => {
  const { told, logins } = report();
  logins.failed(refusal);
  logins.begins();
  vi.advanceTimersByTime(otherTokenMs * 2);
  expect(told.slice(1)).toEqual(['again']);
  logins.failed(refusal);
  vi.advanceTimersByTime(otherTokenMs);
  expect(told.slice(2).map((line) => line.split(':')[0])).toEqual(['refused', 'token']);
});

test('any other failure ends nobody, and does not tell the token', () => {
  const { told, logins } = report();
  logins.failed(new Error('no answer for secret-token'));
  vi.advanceTimersByTime(otherTokenMs * 2);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^login: no answer for /);
  expect(told[0]).not.toContain('secret-token');
});
