/** test/rpc/gathering: the answers of a call to many. */
import { expect, test } from 'vitest';
import { Gathering } from '../../src/rpc/gathering.ts';
import type { Settled } from '../../src/rpc/settled.ts';

const ok = (value: unknown): Settled<unknown> => ({ ok: true, value });

test('keeps the order in which the members were named, whoever answers first', () => {
  const gathering = new Gathering(['cluster:2', 'cluster:0', 'cluster:1']);
  for (const id of [0, 1, 2] as const) gathering.take(`cluster:${id}`, ok(id));
  expect(gathering.results()).toStrictEqual([ok(2), ok(0), ok(1)]);
});

test('is complete with the last answer, and at once when nobody is asked', () => {
  const gathering = new Gathering(['cluster:0', 'cluster:1']);
  gathering.take('cluster:0', ok(0));
  expect(gathering.complete).toBe(false);
  gathering.take('cluster:1', ok(1));
  expect(gathering.complete).toBe(true);
  expect(new Gathering([]).complete).toBe(true);
});

test('takes a member’s first answer only, also when it is a failure', () => {
  const gathering = new Gathering(['cluster:0']);
  const failed: Settled<unknown> = { ok: false, error: new Error('no') };
  expect(gathering.take('cluster:0', failed)).toBe('taken');
  expect(gathering.take('cluster:0', ok('late'))).toBe('duplicate');
  expect(gathering.results()).toStrictEqual([failed]);
});

test('takes nothing of a node that was not asked', () => {
  const gathering = new Gathering(['cluster:0']);
  expect(gathering.take('cluster:7', ok('forged'))).toBe('foreign');
  expect(gathering.complete).toBe(false);
});

test('a member that is named twice answers once, and both places have its answer', () => {
  const gathering = new Gathering(['cluster:0', 'cluster:1', 'cluster:0']);
  gathering.take('cluster:0', ok('once'));
  gathering.take('cluster:1', ok('other'));
  expect(gathering.complete).toBe(true);
  expect(gathering.results()).toStrictEqual([ok('once'), ok('other'), ok('once')]);
});

test('failing the rest leaves the answers that came, and names each member', () => {
  const gathering = new Gathering(['cluster:0', 'cluster:1', 'cluster:2']);
  gathering.take('cluster:1', ok('here'));
  gathering.failRest((member) => new Error(`${member} is late`));
  const late = (id: number): Settled<unknown> => ({ ok: false, error: new Error(`cluster:${id} is late`) });
  expect(gathering.results()).toStrictEqual([late(0), ok('here'), late(2)]);
  expect(gathering.complete).toBe(true);
});
