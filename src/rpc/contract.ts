/** rpc/contract: one value, shared by both sides, that names calls and casts and carries their types. */
import type { Settled } from './settled.ts';

declare const types: unique symbol;

/** A question with an answer. */
export interface CallSpec<I, O> {
  readonly mode: 'call';
  /** Default deadline of this call in ms, `null` for none; the caller's options go first. */
  readonly timeoutMs?: number | null;
  readonly [types]?: (input: I) => O;
}

/** Something told, with no answer. */
export interface CastSpec<I> {
  readonly mode: 'cast';
  readonly [types]?: (input: I) => void;
}

// The variance of I rules out `unknown` here: `never` input is what every spec accepts.
type Spec = CallSpec<never, unknown> | CastSpec<never>;

/** The calls and casts of a contract by name. */
export type Shape = Readonly<Record<string, Spec>>;

/** A named set of calls and casts. */
export interface Contract<S extends Shape = Shape> {
  readonly name: string;
  readonly shape: S;
  /** Its calls and casts pass a line that is too full for anything else. */
  readonly vital: boolean;
}

// NoInfer: what is not written is `void`, never what the contract around it would take.
/** Declares a call with input `I` and answer `O`. */
export const call = <I = void, O = void>(
  options: { timeoutMs?: number | null } = {},
): CallSpec<NoInfer<I>, NoInfer<O>> => ({
  mode: 'call',
  ...options,
});

/** Declares a cast with input `I`. */
export const cast = <I = void>(): CastSpec<NoInfer<I>> => ({ mode: 'cast' });

/**
 * Declares a contract.
 *
 * `vital` is for what keeps clusters alive (it is never refused for want of room) and must stay rare.
 *
 * @example
 * ```ts
 * const system = contract('system', { ping: call<void, number>(), ready: cast<{ guilds: number }>() });
 * ```
 */
export const contract = <const S extends Shape>(
  name: string,
  shape: S,
  { vital = false }: { readonly vital?: boolean } = {},
): Contract<S> => Object.freeze({ name, shape, vital });

/** What a call or cast takes. */
export type InputOf<T> = T extends CallSpec<infer I, unknown> ? I : T extends CastSpec<infer I> ? I : never;
/** What a call answers; nothing for a cast. */
export type OutputOf<T> = T extends CallSpec<never, infer O> ? O : void;

type Args<I> = [I] extends [void] ? [] : [input: I];

/** A contract as its caller sees it. */
export type ClientOf<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends { mode: 'cast' }
    ? (...args: Args<InputOf<S[K]>>) => void
    : (...args: Args<InputOf<S[K]>>) => Promise<OutputOf<S[K]>>;
};

/** A contract aimed at many nodes: an answer or a failure of each, in the order in which they were named. */
export type GroupClientOf<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends { mode: 'cast' }
    ? (...args: Args<InputOf<S[K]>>) => void
    : (...args: Args<InputOf<S[K]>>) => Promise<readonly Settled<OutputOf<S[K]>>[]>;
};
