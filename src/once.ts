/** once: what is done once, however often it is asked for. */

/** The act as a function that does it at the first call; later ones get the same promise. After a failure it is done anew. */
export function once<T>(act: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= act().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
