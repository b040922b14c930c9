/** cluster/starting: starts that end one way or the other. */

/** Waits for the current start to end one way or the other. */
export interface Starting {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A start under way. */
export function startingPromise(): Starting {
  let settle: Omit<Starting, 'promise'> | undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // spawn() hands the promise out; a restart nobody waits for must not become an unhandled rejection.
  promise.catch(() => undefined);
  return { promise, ...(settle as Omit<Starting, 'promise'>) };
}
