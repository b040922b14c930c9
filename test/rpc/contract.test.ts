/** test/rpc/contract: what a contract says about types, and what is left of it at run time. */
import { expect, expectTypeOf, test } from 'vitest';
import { type ClientOf, call, cast, contract, type InputOf, type OutputOf } from '../../src/rpc/contract.ts';
import type { HandlersOf } from '../../src/rpc/peer.ts';
import type { CallContext } from '../../src/rpc/served.ts';

const bank = contract('bank', {
  pay: call<{ to: string; coins: bigint }, Date>({ timeoutMs: 5_000 }),
  ping: call(),
  wait: call<number>({ timeoutMs: null }),
  told: cast<string>(),
  nudge: cast(),
});
type Bank = typeof bank.shape;

test('a contract is a frozen value with its name, its modes and its deadlines', () => {
  expect(bank).toStrictEqual({
    name: 'bank',
    vital: false,
    shape: {
      pay: { mode: 'call', timeoutMs: 5_000 },
      ping: { mode: 'call' },
      wait: { mode: 'call', timeoutMs: null },
      told: { mode: 'cast' },
      nudge: { mode: 'cast' },
    },
  });
  expect(Object.isFrozen(bank)).toBe(true);
});

test('input and output types are read off a contract', () => {
  expectTypeOf<InputOf<Bank['pay']>>().toEqualTypeOf<{ to: string; coins: bigint }>();
  expectTypeOf<OutputOf<Bank['pay']>>().toEqualTypeOf<Date>();
  expectTypeOf<InputOf<Bank['told']>>().toEqualTypeOf<string>();
  expectTypeOf<OutputOf<Bank['told']>>().toEqualTypeOf<void>();
});

test('the caller’s side takes the input, if there is one, and promises the output of calls', () => {
  expectTypeOf<ClientOf<Bank>['pay']>().toEqualTypeOf<(input: { to: string; coins: bigint }) => Promise<Date>>();
  expectTypeOf<ClientOf<Bank>['ping']>().toEqualTypeOf<() => Promise<void>>();
  expectTypeOf<ClientOf<Bank>['told']>().toEqualTypeOf<(input: string) => void>();
  expectTypeOf<ClientOf<Bank>['nudge']>().toEqualTypeOf<() => void>();
  expectTypeOf<ClientOf<Bank>>().not.toHaveProperty('steal');
});

test('the server’s side answers every method, at once or later', () => {
  type Pay = (input: { to: string; coins: bigint }, context: CallContext) => Date | Promise<Date>;
  expectTypeOf<HandlersOf<Bank>['pay']>().toEqualTypeOf<Pay>();
  // @ts-expect-error a handler is missing
  const incomplete: HandlersOf<Bank> = { pay: () => new Date() };
  expect(Object.keys(incomplete)).toStrictEqual(['pay']);
});
