/** views/shadow: a structure of discord.js's seen with a few properties replaced, such as its client. A plain object. */

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * Shows `target` with some properties replaced, where an overlay cannot: discord.js fixes `client` on its structures for
 * good, so no proxy may show another, and threads clone no proxy.
 *
 * Getters and methods run with the shadow as `this`; assignments reach the target; `instanceof` holds. A clone of it and its
 * JSON are those of the target.
 *
 * @param replaced - as they are to be seen; like `client` not enumerable, so not part of clones
 */
export function shadow<T extends object>(target: T, replaced: Readonly<Record<string, unknown>>): T {
  // What is no property yet is read of the target and written to it as well.
  const behind = new Proxy(target, { set: (real, key, value) => Reflect.set(real, key, value) });
  const shown: T = Object.create(behind);
  for (const key of Object.keys(target)) {
    Object.defineProperty(shown, key, {
      get: () => Reflect.get(target, key),
      set: (value) => void Reflect.set(target, key, value),
      enumerable: true,
      configurable: true,
    });
  }
  for (const [key, value] of Object.entries(replaced)) Object.defineProperty(shown, key, { value });
  return Object.defineProperty(shown, inspect, { value: () => target });
}
