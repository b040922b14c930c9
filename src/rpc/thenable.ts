/** rpc/thenable: tells what has to be waited for. */

/** True for promises and for whatever `await` would wait for, functions with a `then` included. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as { readonly then?: unknown }).then === 'function';
