/** bench/soak/random: numbers that look random and come again with the same seed. Pure. */

/** Mulberry32: small, and even enough for a soak. @returns a function that gives the next number, from 0 up to 1 */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** One of a list of things that each have a `weight`. */
export function weighted(random, list) {
  let left = random() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const one of list) {
    left -= one.weight;
    if (left < 0) return one;
  }
  return list.at(-1);
}

/** One of a list. */
export const oneOf = (random, list) => list[Math.floor(random() * list.length)];
