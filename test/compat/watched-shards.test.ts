import { Collection } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { watchShards } from '../../compat/watched-shards.ts';

const watched = () => {
  const changed = vi.fn();
  const manager = { shards: new Collection<number, string>([[0, 'a']]) };
  watchShards(manager, changed);
  return { manager, changed };
};

test('what a user does to the shards of a manager is noticed', () => {
  const { manager, changed } = watched();
  manager.shards.set(1, 'b');
  manager.shards.delete(0);
  manager.shards.clear();
  expect(changed).toHaveBeenCalledTimes(3);
  expect(Object.keys(manager)).toEqual(['shards']);
});

test('another collection in their place is noticed, and watched from then on', () => {
  const { manager, changed } = watched();
  const next = new Collection([[7, 'x']]);
  manager.shards = next;
  expect(manager.shards).toBe(next);
  expect(changed).toHaveBeenCalledTimes(1);
  next.set(8, 'y');
  expect(changed).toHaveBeenCalledTimes(2);
});
