/** test/remote/comlink: bots that expose nothing do not pay for comlink. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { comlink } from '../../src/remote/comlink.ts';
import { clusterAt, createFleet } from '../features/nodes.ts';
import { remotesOf } from './remotes-of.ts';

test('is loaded by the first object, once, and is the copy that users import', async () => {
  const { cache, resolve } = createRequire(import.meta.url);
  const isLoaded = (): boolean => cache[resolve('comlink')] !== undefined;
  await import('../../src/remote/proxy.ts');
  const remotes = remotesOf(clusterAt(createFleet(), 0).node);
  expect(isLoaded()).toBe(false);
  remotes.expose({});
  expect(isLoaded()).toBe(true);
  expect(comlink()).toBe(comlink());
  expect(comlink().transferHandlers).toBe((await import('comlink')).transferHandlers);
});
