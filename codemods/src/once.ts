/** once: work that is done when its result is first asked for, and not again. */

/** Keeps the first result. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
