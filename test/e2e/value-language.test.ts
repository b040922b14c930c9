/** test/e2e/value-language: one meaning of every value, at home, in a thread and in a process, over living far ends. */
import assert from 'node:assert';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isShardliftError } from '../../src/errors.ts';
import { createNode, type Node } from '../../src/node.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { type Address, localHost } from '../../src/wire/address.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';
import { values } from '../conformance/work.ts';
import { refusedPath, refusedValue } from '../wire/refused-values.ts';
import { anyRecipe, anyValue } from '../wire/value-arbitraries.ts';
import { arrives } from '../wire/value-oracle.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

/** Both far ends live as long as this file runs. The manager is at home; cluster 0 reaches them by way of it. */
const manager = createNode({ self: localHost, incarnation: 1 });
manager.peer.serve(values, { echo: (value) => value, refused: refusedValue });
const farEnds = { thread: 'cluster:1', process: 'cluster:2' } as const;
for (const [mode, self] of Object.entries(farEnds)) {
  const launched = programs.launch(launchers[mode as keyof typeof launchers], 'gives-values-back', { facts: { self } });
  manager.router.attach(self, launched.link);
}
const [toCluster, toManager] = memoryPair('cluster 0', 'the manager');
const cluster = createNode({ self: 'cluster:0', incarnation: 1 });
manager.router.attach('cluster:0', toCluster);
cluster.router.attachUplink(localHost, toManager);

/** Who asks whom. */
const roads: readonly (readonly [name: string, asker: Node, to: Address])[] = [
  ['at home', manager, localHost],
  ['to a thread', manager, farEnds.thread],
  ['to a process', manager, farEnds.process],
  ['by way of the manager to a thread', cluster, farEnds.thread],
  ['by way of the manager to a process', cluster, farEnds.process],
];

/** What a value comes back as, road by road. */
const echoes = (value: unknown): Promise<unknown[]> =>
  Promise.all(roads.map(([, asker, to]) => asker.peer.at(values, to).echo(value)));

/** Why something cannot travel, as each road tells it. */
async function refusals(ask: (asker: Node, to: Address) => Promise<unknown>): Promise<unknown[]> {
  const settled = await Promise.allSettled(roads.map(([, asker, to]) => ask(asker, to)));
  return settled.map((one) => (one.status === 'rejected' ? one.reason : `no refusal: ${one.value}`));
}

/** What an error says of where the value is at fault. */
const spotOf = (error: unknown): unknown => (isShardliftError(error, 'UNSERIALISABLE') ? error.details : error);

describe('the value language', () => {
  test('means the same at home, in a thread and in a process', async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, async (value) => {
        const expected = arrives(value);
        for (const [index, echo] of (await echoes(value)).entries()) {
          assert.deepStrictEqual(echo, expected, `${roads[index]?.[0]}`);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('refuses what cannot be asked with by the same code and path everywhere', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecipe, async (recipe) => {
        const errors = await refusals((asker, to) => asker.peer.at(values, to).echo(refusedValue(recipe)));
        const [home, ...others] = errors.map(spotOf);
        expect(home).toMatchObject({ path: refusedPath(recipe) });
        for (const other of others) expect(other).toStrictEqual(home);
      }),
      { numRuns: 200 },
    );
  });

  test('refuses what cannot be answered with by the same code and path everywhere', async () => {
    // A promise by itself is no answer but one to come: a handler may return it.
    const recipes = anyRecipe.filter(({ steps, thing }) => steps.length > 0 || thing !== 'Promise');
    await fc.assert(
      fc.asyncProperty(recipes, async (recipe) => {
        const errors = await refusals((asker, to) => asker.peer.at(values, to).refused(recipe));
        for (const error of errors) expect(error).toMatchObject({ code: 'HANDLER_FAILED' });
        const [home, ...others] = errors.map((error) => spotOf((error as Error).cause));
        expect(home).toMatchObject({ path: refusedPath(recipe) });
        for (const other of others) expect(other).toStrictEqual(home);
      }),
      { numRuns: 200 },
    );
  });
});

describe('one value at a time, at home, in a thread and in a process', () => {
  const own = JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as object;
  const shared = { a: 1 };
  const ring: Record<string, unknown> = { file: Buffer.of(7) };
  ring.self = [ring];

  test.each<[string, unknown, unknown]>([
    ['an own __proto__ key', own, own],
    ['an own __proto__ key beside a Buffer', [own, Buffer.of(1)], [own, Uint8Array.of(1)]],
    ['minus zero, by itself and inside', { zero: -0, list: [-0] }, { zero: -0, list: [-0] }],
    ['an undefined member', { a: undefined, b: [undefined] }, { a: undefined, b: [undefined] }],
    ['nothing at all', undefined, undefined],
    ['a Date in a Map', new Map([['at', new Date(5)]]), new Map([['at', new Date(5)]])],
    ['something with toJSON', { user: { id: 1n, toJSON: () => ({ id: '1' }) } }, { user: { id: '1' } }],
    ['typed arrays', [Float64Array.of(-0, 1.5), Uint16Array.of(9)], [Float64Array.of(-0, 1.5), Uint16Array.of(9)]],
    ['an object met twice', [shared, shared], [shared, shared]],
    ['a proxy', new Proxy({ a: 1 }, {}), { a: 1 }],
    ['a text of half a megabyte', 'zwölf €'.repeat(75_000), 'zwölf €'.repeat(75_000)],
  ])('%s', async (_, value, expected) => {
    for (const echo of await echoes(value)) assert.deepStrictEqual(echo, expected);
  });

  test('an own __proto__ key changes no prototype', async () => {
    for (const echo of await echoes([own, Buffer.of(1)])) {
      const [arrived] = echo as [object];
      expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
      expect('admin' in arrived).toBe(false);
    }
  });

  test('an object met twice is one object, and a cycle is a cycle', async () => {
    for (const echo of await echoes({ twice: [shared, shared], ring })) {
      const { twice, ring: arrived } = echo as { twice: [object, object]; ring: { self: [unknown] } };
      expect(twice[0]).toBe(twice[1]);
      expect(arrived.self[0]).toBe(arrived);
    }
  });

  test('an invalid Date is one, and a Buffer a plain Uint8Array', async () => {
    for (const echo of await echoes([new Date(Number.NaN), Buffer.from('häh')])) {
      const [at, bytes] = echo as [Date, Uint8Array];
      expect(at.getTime()).toBeNaN();
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(Buffer.from(bytes).toString()).toBe('häh');
    }
  });
});
