import { expect, test } from 'vitest';
import type { GroupedShard } from '../../compat/grouped-shard.ts';
import { isReplaced, OwnMethods } from '../../compat/own-methods.ts';
import { ManagedShard } from '../../compat/shard.ts';

const fn = { kind: 'function', text: '(c, x) => x', context: '{"a":1}' } as const;
const property = { kind: 'property', path: 'user.id' } as const;

function createCalls({
  perform = false,
  fetch = false,
  shard = {},
}: {
  perform?: boolean;
  fetch?: boolean;
  shard?: object;
}) {
  const asked: unknown[] = [];
  const ours = { _performOnShards: async () => undefined, fetchClientValues: async () => undefined };
  const shards = new Map([[0, Object.assign(Object.create(ManagedShard.prototype) as GroupedShard, shard)]]);
  const manager = { ...ours, mode: 'process' as const, shards: shards as never };
  const take =
    (name: string) =>
    async (...args: unknown[]) =>
      void asked.push([name, ...args]);
  if (perform) manager._performOnShards = take('perform');
  if (fetch) manager.fetchClientValues = take('fetch');
  return { own: new OwnMethods(manager, ours), asked };
}

test('where no method is the program’s own nobody is asked', () => {
  const { own, asked } = createCalls({});
  expect([own.perform(fn, {}), own.ofBot(property, {}), own.replyTo(fn, {}), asked]).toEqual([
    undefined,
    undefined,
    undefined,
    [],
  ]);
});

test('a _performOnShards of its own is asked for every call, in the words of discord.js', async () => {
  const { own, asked } = createCalls({ perform: true });
  await own.perform(fn, { shard: 3 });
  await own.ofBot(property, {});
  await own.ofBot({ kind: 'script', text: 'this.x' }, {});
  expect(asked).toEqual([
    ['perform', 'eval', ['((c, x) => x)(this, {"a":1})'], 3],
    ['perform', 'fetchClientValue', ['user.id'], undefined],
    ['perform', 'eval', ['this.x'], undefined],
  ]);
  expect(own.perform(fn, { perCluster: true })).toBeUndefined();
});

test('a fetchClientValues of its own is asked by bots, and not by itself', async () => {
  const { own, asked } = createCalls({ fetch: true });
  await own.ofBot(property, { shard: 1 });
  expect([own.perform(property, {}), own.ofBot(fn, {})]).toEqual([undefined, undefined]);
  expect(asked).toEqual([['fetch', 'user.id', 1]]);
  expect(await own.replyTo(property, {})).toEqual({ outcomes: [{ ok: true }], whole: true });
});

test('a method that stands on a Shard counts for what goes by it', () => {
  const { own } = createCalls({ shard: { eval: () => undefined } });
  expect([own.perform(property, {}), own.perform(fn, {})]).toEqual([undefined, expect.any(Promise)]);
  expect(isReplaced([Object.create(ManagedShard.prototype) as GroupedShard], 'spawn')).toBe(false);
  expect(isReplaced([{ spawn: () => undefined } as never], 'spawn')).toBe(true);
});
