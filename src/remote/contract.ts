/** remote/contract: what travels between a node that exposes an object and those that call it. */
import { call, cast, contract } from '../rpc/contract.ts';

/** The methods of exposed objects: `remote:KEY`. They come and go with the objects. */
export const family = 'remote';

/** The method that answers for one object. */
export const methodOf = (key: string): string => `${family}:${key}`;

/** The key of the one object that a node exposes to everybody; those it lends have keys made up for them. */
export const apiKey = 'api';

/** A value on its way. */
export type Packed =
  | { readonly raw: unknown }
  /** An object that stays where it is (`comlink.proxy`): the key to call it by. */
  | { readonly lent: string }
  /** What a transfer handler of the user's made. */
  | { readonly handler: string; readonly value: unknown };

/** Served by every node that may lend. Vital: a loan must not end because a line is full. */
export const remoteContract = contract(
  'remote',
  {
    /**
     * Keeps a lent object where it is for as long as this call lasts. When it ends and nobody said `release`, the line
     * broke or the borrower died: the lender waits for another hold.
     */
    hold: call<string, null>({ timeoutMs: null }),
    /** The borrower has no use for it any more. */
    release: cast<string>(),
  },
  { vital: true },
);
