/** views/overlay: an object seen with a few of its properties replaced. Everything else, and every write, is the real object's. */

/** What an overlay shows instead of the real property; asked on every read. */
export type Replacements = Readonly<Record<string, () => unknown>>;

/** A replacement that is made on first use and then kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A replacement that is made anew when what it is made from is another. */
export function following<S, T>(source: () => S, make: (source: S) => T): () => T {
  let made: { readonly of: S; readonly value: T } | undefined;
  return () => {
    const of = source();
    if (made === undefined || made.of !== of) made = { of, value: make(of) };
    return made.value;
  };
}

/**
 * Shows `target` with some properties replaced.
 *
 * Getters and methods run with the overlay as `this`, so they see the replacements too; assignments reach the target, and
 * `instanceof` holds. Members named in `onTarget` run with the target as `this`.
 */
export function overlay<T extends object>(
  target: T,
  replacements: Replacements,
  onTarget: ReadonlySet<PropertyKey> = new Set(),
): T {
  return new Proxy(target, {
    get(real, key, receiver) {
      const replacement = typeof key === 'string' && Object.hasOwn(replacements, key) ? replacements[key] : undefined;
      if (replacement !== undefined) return replacement();
      if (!onTarget.has(key)) return Reflect.get(real, key, receiver);
      const member: unknown = Reflect.get(real, key, real);
      return typeof member === 'function' ? member.bind(real) : member;
    },
    set: (real, key, value) => Reflect.set(real, key, value),
  });
}
