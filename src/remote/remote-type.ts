/** remote/remote-type: what an object looks like from another node. */
import type { Arriving } from '../wire/arriving.ts';

// Comlink's own declarations need those of a browser, which a bot does not have.
declare const stays: unique symbol;
declare const releases: unique symbol;

/** The key of the method of a remote object that gives it back: `remote[releaseProxy]()`. */
export type ReleaseProxy = typeof releases;

/** Something marked by `proxy`: it stays where it is, and others get a remote one. */
export type Proxied<T> = T & Stays;

interface Stays {
  readonly [stays]?: true;
}

type Callable = (...args: never) => unknown;

/** Sent as they are, methods or not. */
type Value =
  | readonly unknown[]
  | Date
  | RegExp
  | Error
  | Uint8Array
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>;

type Methods<T> = { [K in keyof T]: T[K] extends Callable ? K : never }[keyof T];

/** `any` and `unknown` are not known to stay. */
type Marked<T> = unknown extends T ? false : typeof stays extends keyof T ? true : false;

/** What a result comes as. */
type Came<T> = Marked<T> extends true ? Remote<T> : Arriving<T>;

type Member<T> = T extends Callable
  ? Remote<T>
  : Marked<T> extends true
    ? Remote<T>
    : T extends Value
      ? Promise<Arriving<T>>
      : T extends object
        ? [Methods<T>] extends [never]
          ? Promise<Arriving<Awaited<T>>>
          : Remote<T> & PromiseLike<Arriving<Awaited<T>>>
        : Promise<Arriving<T>>;

/**
 * An object of another node: each property is a promise of its value, each method one of its result. What was marked by
 * `proxy` comes as a remote object; anything else as it arrives everywhere.
 */
export type Remote<T> = { readonly [K in keyof T as K extends typeof stays ? never : K]: Member<T[K]> } & {
  /** Gives it back: calls under way end with `CALL_ABORTED`, and what it stands for may go. */
  readonly [releases]: () => void;
} & (T extends (...args: infer A) => infer R ? (...args: A) => Promise<Came<Awaited<R>>> : unknown) &
  (T extends new (...args: infer A) => infer I ? new (...args: A) => Promise<Remote<I>> : unknown);
