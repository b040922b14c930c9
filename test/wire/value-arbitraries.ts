/** test/wire/value-arbitraries: values of every kind the value language has, tied together at random. */
import fc from 'fast-check';
import { type Recipe, type RefusedThing, refusedThings } from './refused-values.ts';

const giving = (given: unknown): object => ({ secret: 1, toJSON: () => given });

/** What comes out of JSON: it has no -0. */
const json = fc.jsonValue({ maxDepth: 1 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

/** What JSON has, with members of objects that are undefined, and others whose own toJSON gives that or more of the same. */
const { content } = fc.letrec<Record<'content' | 'part' | 'member', unknown>>((tie) => ({
  content: fc.oneof(
    { maxDepth: 3 },
    json,
    fc.array(tie('part'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('member'), { maxKeys: 4 }),
  ),
  part: fc.oneof(tie('content'), tie('content').map(giving)),
  member: fc.oneof(fc.constant(undefined), fc.constant(giving(undefined)), tie('part')),
}));

/** An object with a `toJSON` that gives what JSON has. */
export const withToJson = content.map(giving);

const leaves = [
  fc.constantFrom<unknown>(undefined, null, Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.boolean(),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.bigInt(),
  // Invalid dates have a test of their own: Node's deepStrictEqual takes two of them for different.
  fc.date({ noInvalidDate: true }),
  fc.constantFrom(/a+/giu, /^$/),
  fc.string().map((message) => new RangeError(message)),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  fc.uint8Array(),
  fc.float64Array(),
  fc.uint8Array().map((bytes) => bytes.slice().buffer),
  fc.constantFrom<object>(new Number(4), new Number(Number.NaN), new String('boxed'), new Boolean(false), Object(9n)),
  withToJson,
];

const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '0', 'length'));

const tree = fc.anything({
  values: leaves,
  key,
  maxDepth: 4,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withNullPrototype: true,
});

/** Containers tied together at random: shared objects, cycles, knots. */
export const knots = fc
  .tuple(
    fc.array(fc.constantFrom('object', 'array', 'map', 'set'), { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.oneof(fc.constant('link'), ...leaves)), { maxLength: 16 }),
  )
  .map(([kinds, edges]) => {
    const make = { object: () => ({}), array: () => [], map: () => new Map(), set: () => new Set() };
    const nodes = kinds.map((kind) => make[kind as keyof typeof make]());
    for (const [from, to, what] of edges) {
      const node = nodes[from % nodes.length] as object;
      const item = what === 'link' ? nodes[to % nodes.length] : what;
      if (node instanceof Map) node.set(`k${to}`, item);
      else if (node instanceof Set) node.add(item);
      else if (Array.isArray(node)) node.push(item);
      else (node as Record<string, unknown>)[`k${to}`] = item;
    }
    return nodes;
  });

/** Any value that can travel. */
export const anyValue = fc.oneof(tree, knots);

/** Any place, and any thing that cannot travel. */
export const anyRecipe: fc.Arbitrary<Recipe> = fc.record({
  steps: fc.array(fc.oneof(fc.nat({ max: 3 }), fc.constantFrom('user', '$x', 'a b', '__proto__', '')), {
    maxLength: 6,
  }),
  thing: fc.constantFrom(...(Object.keys(refusedThings) as RefusedThing[])),
});
