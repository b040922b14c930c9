/** test/wire/refused-values: values that cannot travel, from a recipe that can: a far end makes its own by it. */

/** What cannot travel, by name. */
export const refusedThings = {
  function: () => () => 1,
  symbol: () => Symbol('s'),
  Promise: () => Promise.resolve(1),
  WeakMap: () => new WeakMap(),
  WeakSet: () => new WeakSet(),
  WeakRef: () => new WeakRef({}),
  SharedArrayBuffer: () => new SharedArrayBuffer(1),
  'boxed symbol': () => Object(Symbol('boxed')) as object,
} as const satisfies Record<string, () => unknown>;

/** The name of something that cannot travel. */
export type RefusedThing = keyof typeof refusedThings;

/** What cannot travel, and the steps to its place: items of arrays by number, properties of objects by name. */
export interface Recipe {
  readonly steps: readonly (number | string)[];
  readonly thing: RefusedThing;
}

/** The value of a recipe. */
export const refusedValue = ({ steps, thing }: Recipe): unknown =>
  steps.reduceRight<unknown>((inner, at) => {
    if (typeof at === 'number') return [...Array<number>(at).fill(0), inner];
    // By entries: an own `__proto__` is a property like any other.
    return Object.fromEntries([
      ['beside', 1],
      [at, inner],
    ]);
  }, refusedThings[thing]());

/** The path an error names for it. */
export const refusedPath = ({ steps }: Recipe): string => {
  const path = steps.map((at) => {
    if (typeof at === 'number') return `[${at}]`;
    return /^[a-z_$]+$/.test(at) ? `.${at}` : `["${at}"]`;
  });
  return `value${path.join('')}`;
};
