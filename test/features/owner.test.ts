/** test/features/owner: who is asked, in which order, and what is never done twice. */
import { describe, expect, test } from 'vitest';
import { type ErrorCode, ShardliftError } from '../../src/errors.ts';
import { Deadline } from '../../src/features/deadline.ts';
import type { Outcome } from '../../src/features/outcome.ts';
import { outcomeOf } from '../../src/features/outcome.ts';
import { type Errand, Way } from '../../src/features/owner.ts';
import { clusterAt, clusterOfShard, createFleet, plan } from './nodes.ts';

const failures = {
  NO_ROUTE: () => new ShardliftError('NO_ROUTE', { to: 'cluster:1' }),
  UNKNOWN_TARGET: () => new ShardliftError('UNKNOWN_TARGET', { target: 'cluster 1' }),
  OVERLOADED: () => new ShardliftError('OVERLOADED', { peer: 'cluster 1', frames: 5, bytes: 5 }),
  FRAME_TOO_LARGE: () => new ShardliftError('FRAME_TOO_LARGE', { bytes: 9, maxBytes: 8, method: 'channels.send' }),
  NO_METHOD: () => new ShardliftError('NO_METHOD', { method: 'channels.send', on: 'cluster:1' }),
  UNSERIALISABLE: () => new ShardliftError('UNSERIALISABLE', { path: 'message.x', received: 'a function' }),
  TOO_MANY_WAITING: () =>
    new ShardliftError('TOO_MANY_WAITING', { to: 'cluster:1', waiting: 9, max: 9, unit: 'messages' }),
  TOO_MANY_HOPS: () => new ShardliftError('TOO_MANY_HOPS', { to: 'cluster:1', hops: 8 }),
  LINK_CLOSED: () => new ShardliftError('LINK_CLOSED', { peer: 'cluster 1', reason: 'exit 1' }),
  CALL_TIMEOUT: () => new ShardliftError('CALL_TIMEOUT', { method: 'x', to: 'cluster:1', timeoutMs: 5 }),
  CALL_ABORTED: () => new ShardliftError('CALL_ABORTED', { method: 'x', to: 'cluster:1' }),
  UNREADABLE: () => new ShardliftError('UNREADABLE', { method: 'x', from: 'cluster:1', reason: 'torn' }),
  // What the owner did and could not tell of: its answer was too large.
  HANDLER_FAILED: () => new ShardliftError('HANDLER_FAILED', { method: 'x', on: 'cluster:1', message: 'too large' }),
} as const satisfies Partial<Record<ErrorCode, () => ShardliftError>>;
const sure = [
  ...(['NO_ROUTE', 'UNKNOWN_TARGET', 'OVERLOADED', 'FRAME_TOO_LARGE', 'NO_METHOD', 'TOO_MANY_HOPS'] as const),
  ...(['UNSERIALISABLE', 'TOO_MANY_WAITING'] as const),
] as const;
const unsure = ['LINK_CLOSED', 'CALL_TIMEOUT', 'CALL_ABORTED', 'UNREADABLE', 'HANDLER_FAILED'] as const;

/** An errand that notes who was asked. */
function errand(owner: number | undefined, answer: (to: string) => Outcome<string> | Promise<Outcome<string>>) {
  const asked: string[] = [];
  const at = (self: number | undefined) => {
    const { peer } = createFleet().manager.node;
    const way = new Way({ peer, plan: () => plan, clusterOfGuild: () => clusterOfShard(2), self });
    const task: Errand<string> = {
      action: 'a test',
      deadline: new Deadline('a test'),
      owner,
      ask: async (to) => {
        asked.push(to);
        return answer(to);
      },
      here: self === undefined ? undefined : async () => `here, in ${self}`,
    };
    return { read: () => way.read(task), act: () => way.act(task) };
  };
  return { asked, at };
}
const done = (to: string): Outcome<string> => ({ ok: true, value: `done by ${to}` });
const failing = (owner: number | undefined, code: keyof typeof failures) =>
  errand(owner, (to) => {
    if (to === `cluster:${owner}`) throw failures[code]();
    return done(to);
  });

describe('an errand', () => {
  test('of the own cluster is done here, without a message', async () => {
    const { asked, at } = errand(1, done);
    expect([await at(1).read(), await at(1).act()]).toEqual(['here, in 1', 'here, in 1']);
    expect(asked).toEqual([]);
  });

  test('of another cluster is one question to its owner', async () => {
    const { asked, at } = errand(1, done);
    expect([await at(0).act(), await at(undefined).act()]).toEqual(['done by cluster:1', 'done by cluster:1']);
    expect(asked).toEqual(['cluster:1', 'cluster:1']);
  });

  test('without an owner is done here, for the manager by the first that is up', async () => {
    const { asked, at } = errand(undefined, (to) => {
      if (to === 'cluster:0') throw failures.NO_ROUTE();
      return done(to);
    });
    expect(await at(2).act()).toBe('here, in 2');
    expect(await at(undefined).act()).toBe('done by cluster:1');
    expect(asked).toEqual(['cluster:0', 'cluster:1']);
  });

  test("that fails at its owner fails with the owner's error, and nobody else is asked", async () => {
    const refusal = Object.assign(new Error('Missing Permissions'), { code: 50_013, status: 403 });
    const outcome = await outcomeOf<string>(() => {
      throw refusal;
    });
    const { asked, at } = errand(1, () => outcome);
    await expect(at(0).read()).rejects.toMatchObject({ message: 'Missing Permissions', code: 50_013, status: 403 });
    await expect(at(undefined).act()).rejects.toMatchObject({ code: 50_013, status: 403 });
    expect(asked).toEqual(['cluster:1', 'cluster:1']);
  });
});

describe('an action whose owner was surely not asked', () => {
  test.each(sure)('(%s) is done from here, for the manager by another cluster', async (code) => {
    const { asked, at } = failing(1, code);
    expect(await at(0).act()).toBe('here, in 0');
    expect(await at(undefined).act()).toBe('done by cluster:0');
    expect(asked).toEqual(['cluster:1', 'cluster:1', 'cluster:0']);
  });

  test("is the owner's failure when nobody can do it", async () => {
    const { at } = errand(1, (to) => {
      throw to === 'cluster:1' ? failures.FRAME_TOO_LARGE() : failures.NO_ROUTE();
    });
    await expect(at(undefined).act()).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' });
  });
});

describe('an action whose owner may have done it', () => {
  test.each(unsure)('(%s) is not done again: the error says so', async (code) => {
    const { asked, at } = failing(1, code);
    for (const self of [0, undefined]) {
      await expect(at(self).act()).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        message: expect.stringContaining('It may have been done'),
        details: { action: 'a test', by: 'cluster:1' },
        cause: { code },
      });
    }
    expect(asked).toEqual(['cluster:1', 'cluster:1']);
  });
});

test.each([...sure, ...unsure])('a question whose owner fails (%s) goes to somebody else', async (code) => {
  const { asked, at } = failing(1, code);
  expect(await at(2).read()).toBe('here, in 2');
  expect(await at(undefined).read()).toBe('done by cluster:0');
  expect(asked).toEqual(['cluster:1', 'cluster:1', 'cluster:0']);
});

describe('an errand with a deadline', () => {
  const never = new Promise<never>(() => undefined);
  const { peer } = createFleet().manager.node;
  const way = new Way({ peer, plan: () => plan, clusterOfGuild: () => 0, self: 0 });
  const hanging = (deadline: Deadline): Errand<string> => ({
    ...{ action: 'a test', owner: undefined, deadline },
    ask: () => never,
    here: () => never,
  });

  test('that hangs in the own cluster ends with it: a question is late, an action may have been done', async () => {
    await expect(way.read(hanging(new Deadline('a test', { timeoutMs: 20 })))).rejects.toMatchObject({
      code: 'CALL_TIMEOUT',
      details: { method: 'a test', to: 'cluster:0', timeoutMs: 20 },
    });
    await expect(way.act(hanging(new Deadline('a test', { timeoutMs: 20 })))).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { by: 'cluster:0' },
      cause: { code: 'CALL_TIMEOUT' },
    });
  });

  test('is given up here when its signal fires, and the work learns of it', async () => {
    const giveUp = new AbortController();
    let seen: AbortSignal | undefined;
    const here = (signal: AbortSignal) => {
      seen = signal;
      return never;
    };
    const acting = way.act({ ...hanging(new Deadline('a test', { signal: giveUp.signal })), here });
    giveUp.abort(new Error('enough'));
    await expect(acting).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', cause: { code: 'CALL_ABORTED' } });
    expect(seen?.aborted).toBe(true);
  });

  test('spends little of it on the owner of what may be asked twice, and all that is left on the last', async () => {
    const limits: (number | null | undefined)[] = [];
    const asks = (kind: 'read' | 'act', timeoutMs: number | null) => {
      limits.length = 0;
      const ofManager = new Way({ peer, plan: () => plan, clusterOfGuild: () => 0, self: undefined });
      return ofManager[kind]({
        ...{ action: 'a test', owner: 1, deadline: new Deadline('a test', { timeoutMs }), here: undefined },
        ask: async (_to, within) => {
          limits.push(within.timeoutMs);
          throw failures.NO_ROUTE();
        },
      }).catch(() => limits.map((ms) => (typeof ms === 'number' ? Math.ceil(ms / 100) * 100 : ms)));
    };
    expect(await asks('read', null)).toEqual([2_000, 30_000, null]);
    expect(await asks('read', 10_000)).toEqual([2_000, 5_000, 10_000]);
    expect(await asks('read', 1_000)).toEqual([500, 500, 1_000]);
    expect(await asks('act', 10_000)).toEqual([10_000, 10_000, 10_000]);
  });
});

test('the others are all clusters but the own one', () => {
  const { peer } = clusterAt(createFleet(), 1).node;
  const at = (self: number | undefined) => new Way({ peer, plan: () => plan, clusterOfGuild: () => 0, self }).others();
  expect(at(1)).toEqual(['cluster:0', 'cluster:2']);
  expect(at(undefined)).toEqual(['cluster:0', 'cluster:1', 'cluster:2']);
});
