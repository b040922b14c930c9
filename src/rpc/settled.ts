/** rpc/settled: an outcome as its caller sees it. */
import { ShardliftError } from '../errors.ts';
import type { Address } from '../wire/address.ts';
import { fromFault, toFault } from '../wire/fault.ts';
import type { Member, Outcome } from '../wire/frame.ts';
import { decodeValue } from '../wire/value.ts';

/** How one node's part of a call ended. */
export type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error };

/**
 * Reads the outcome of a call: its value, or its failure as an error.
 *
 * The error is `UNREADABLE`, `HANDLER_FAILED` with the original as its cause, or what the road says of itself.
 */
export function settledOf({ from, outcome }: Member, method: string): Settled<unknown> {
  if (outcome.kind === 'failure') return { ok: false, error: failureOf(from, method, outcome) };
  try {
    return { ok: true, value: decodeValue(outcome.body) };
  } catch (cause) {
    const details = { method, from, reason: toFault(cause).message };
    return { ok: false, error: new ShardliftError('UNREADABLE', details, { cause }) };
  }
}

function failureOf(from: Address, method: string, outcome: Extract<Outcome, { kind: 'failure' }>): Error {
  const error = fromFault(outcome.fault);
  if (outcome.by === 'route') return error;
  return new ShardliftError('HANDLER_FAILED', { method, on: from, message: error.message }, { cause: error });
}
