/** test/rpc/settled: an outcome as its caller sees it. */
import { expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { settledOf } from '../../src/rpc/settled.ts';
import { toFault } from '../../src/wire/fault.ts';
import type { Outcome } from '../../src/wire/frame.ts';
import { ok } from './peers.ts';

const settled = (outcome: Outcome) => settledOf({ from: 'cluster:1', outcome }, 'math.double');

test('a value is what the handler returned', () => {
  const value = { at: new Date(0), big: 7n };
  expect(settled(ok(value))).toStrictEqual({ ok: true, value });
});

test('what a handler threw is HANDLER_FAILED with the original as its cause', () => {
  const fault = toFault(new RangeError('no such user'));
  const error = expect.objectContaining({
    code: 'HANDLER_FAILED',
    details: { method: 'math.double', on: 'cluster:1', message: 'no such user' },
    cause: expect.objectContaining({ name: 'RangeError', message: 'no such user' }),
  });
  expect(settled({ kind: 'failure', by: 'handler', fault })).toStrictEqual({ ok: false, error });
});

test('what a handler threw is no word of the road, also when it looks like one', () => {
  const fault = toFault(new ShardliftError('LINK_CLOSED', { peer: 'cluster 9', reason: 'gone' }));
  const { error } = settled({ kind: 'failure', by: 'handler', fault }) as { error: Error };
  expect(error).toMatchObject({ code: 'HANDLER_FAILED', cause: { code: 'LINK_CLOSED' } });
});

test('what the road says of itself arrives as it is', () => {
  const fault = toFault(new ShardliftError('NO_ROUTE', { to: 'cluster:1' }));
  const { error } = settled({ kind: 'failure', by: 'route', fault }) as { error: Error };
  expect(error).toMatchObject({ code: 'NO_ROUTE', details: { to: 'cluster:1' } });
});

test('an answer that cannot be read is a failure that names who sent it', () => {
  const body = { format: 'json', data: Buffer.from('{"cut') } as const;
  const { error } = settled({ kind: 'value', body }) as { error: Error };
  expect(error).toMatchObject({ code: 'UNREADABLE', details: { method: 'math.double', from: 'cluster:1' } });
  expect(error.cause).toBeInstanceOf(SyntaxError);
});
