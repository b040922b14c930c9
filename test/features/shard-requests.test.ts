import { expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { answersOf, copies, entriesOf, type ShardAnswer, shardValue } from '../../src/features/shard-requests.ts';
import { toFault } from '../../src/wire/fault.ts';

const failed = (shard: number, error: unknown): ShardAnswer => ({ shard, ok: false, fault: toFault(error) });

test('a shard that throws does not keep the next one from its turn', async () => {
  const order: string[] = [];
  const run = async ({ shard }: { readonly shard: number }) => {
    order.push(`in ${shard}`);
    await null;
    order.push(`out ${shard}`);
    if (shard === 4) throw new RangeError('none of four');
    return shard * 10;
  };
  const answers = await answersOf([{ shard: 4 }, { shard: 5 }], { run, signal: new AbortController().signal });
  expect(order).toEqual(['in 4', 'out 4', 'in 5', 'out 5']);
  expect(answers).toMatchObject([
    { shard: 4, ok: false, fault: { name: 'RangeError', message: 'none of four' } },
    { shard: 5, ok: true, value: 50 },
  ]);
});

test('a shard has no turn any more when the caller is gone', async () => {
  const gone = new AbortController();
  const ran: number[] = [];
  const run = ({ shard }: { readonly shard: number }) => {
    ran.push(shard);
    gone.abort();
  };
  await answersOf([{ shard: 4 }, { shard: 5 }], { run, signal: gone.signal });
  expect(ran).toEqual([4]);
});

test('only the data that somebody else still needs is copied', () => {
  const data = { list: [1] };
  const next = copies(data, 3);
  const given = [next(), next(), next()];
  expect(given).toEqual([data, data, data]);
  expect(given.map((one) => one === data)).toEqual([false, false, true]);
  expect(copies(data, 1)()).toBe(data);
});

test('a failed shard is HANDLER_FAILED with its own error as the cause', () => {
  expect(() => shardValue(failed(3, new TypeError('odd')), 'count')).toThrow(
    expect.objectContaining({
      code: 'HANDLER_FAILED',
      details: { method: 'count', on: 'shard 3', message: 'odd' },
      cause: expect.objectContaining({ name: 'TypeError' }),
    }),
  );
});

test('a name nobody answers is told as it is, an error that only bears its code is not', () => {
  const unknown = new ShardliftError('NO_HANDLER', { name: 'x', on: 'cluster:1', known: [] });
  expect(() => shardValue(failed(3, unknown), 'count')).toThrow(expect.objectContaining({ code: 'NO_HANDLER' }));
  const lookalike = Object.assign(new Error('mine'), { code: 'NO_HANDLER' });
  expect(() => shardValue(failed(3, lookalike), 'count')).toThrow(expect.objectContaining({ code: 'HANDLER_FAILED' }));
});

test('entries stand in shard order, also when the plan does not, and a lost cluster has one for each of its shards', () => {
  const gone = new Error('gone');
  const entries = entriesOf(
    [
      { ok: true, value: [2, 0].map((shard) => ({ shard, ok: true, value: `of ${shard}` })) },
      { ok: false, error: gone },
    ],
    {
      plan: [
        [2, 0],
        [3, 1],
      ],
      name: 'count',
      starting: new Set([0, 1]),
    },
  );
  expect(entries).toEqual([
    { id: 0, ok: true, value: 'of 0', starting: true },
    { id: 1, ok: false, clusterId: 1, error: gone },
    { id: 2, ok: true, value: 'of 2', starting: true },
    { id: 3, ok: false, clusterId: 1, error: gone },
  ]);
});

test('a shard that its cluster did not answer for is missing, with its reason', () => {
  const answer: ShardAnswer = { shard: 1, ok: true, value: 'one' };
  const error = expect.objectContaining({ code: 'UNKNOWN_TARGET' });
  const missing = (id: number) => ({ id, clusterId: 0, ok: false, error });
  const asked = { plan: [[0, 1, 2]], name: 'count', starting: new Set<number>() };
  expect(entriesOf([{ ok: true, value: [answer] }], asked)).toEqual([
    missing(0),
    { id: 1, ok: true, value: 'one' },
    missing(2),
  ]);
});
