/** test/rpc/thenable: what has to be waited for. */
import { expect, test } from 'vitest';
import { isThenable } from '../../src/rpc/thenable.ts';

const then = (): void => undefined;
/** Values with a member of that name, which some promise libraries give. */
const withThen = (base: object, member: unknown): object => Object.assign(base, { ['then' as string]: member });

test.each([Promise.resolve(1), withThen({}, then), withThen(() => 1, then)])('%o has to be waited for', (value) => {
  expect(isThenable(value)).toBe(true);
});

test.each([undefined, null, 0, 'then', {}, withThen({}, 1), () => 1])('%o is there already', (value) => {
  expect(isThenable(value)).toBe(false);
});
