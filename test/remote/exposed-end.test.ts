/** test/remote/exposed-end: deeds that cannot be read leave nothing behind. */
import { expect, test } from 'vitest';
import { Exchange } from '../../src/remote/exchange.ts';
import { ExposedEnd } from '../../src/remote/exposed-end.ts';
import { clusterAddress } from '../../src/wire/address.ts';
import { clusterAt, createFleet } from '../features/nodes.ts';

test('a deed with a value of a transfer handler that is not there is refused and forgotten', async () => {
  const exchange = new Exchange(clusterAt(createFleet(), 0).node.peer);
  const end = new ExposedEnd(exchange);
  const { expose } = await import('comlink');
  expose({ echo: (value: unknown) => value }, end);
  const context = { from: clusterAddress(1), signal: new AbortController().signal, budgetMs: null };
  for (const args of [[{ handler: 'no such one', value: 1 }], [null]]) {
    await expect(end.answer({ type: 'APPLY', path: ['echo'], args } as never, context)).rejects.toThrow();
    expect(end.busy).toBe(0);
  }
  expect(await end.answer({ type: 'APPLY', path: ['echo'], args: [{ raw: 1 }] }, context)).toEqual({ raw: 1 });
});
