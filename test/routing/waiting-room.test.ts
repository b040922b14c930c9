/** test/routing/waiting-room: calls that would rather wait for a node than be refused. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { afterWait, isCallOf, WaitingRoom } from '../../src/routing/waiting-room.ts';
import { a, b, c, callOf, cancelOf } from './frames.ts';

const most = 4_096;
const ids = (waiting: readonly { readonly frame: { readonly id: number } }[]): number[] =>
  waiting.map(({ frame }) => frame.id);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the room', () => {
  test('gives the calls for a node in order, once', () => {
    const room = new WaitingRoom();
    for (const id of [3, 1, 2]) room.add(callOf(a, b, id), undefined);
    room.add(callOf(a, c, 4), undefined);
    expect(ids(room.take(b))).toStrictEqual([3, 1, 2]);
    expect(room.take(b)).toStrictEqual([]);
    expect(ids(room.takeAll())).toStrictEqual([4]);
    expect(room.takeAll()).toStrictEqual([]);
  });

  test('forgets the calls that a test finds, and leaves the others in order', () => {
    const room = new WaitingRoom();
    for (const id of [1, 2, 3]) room.add(callOf(a, b, id), undefined);
    room.drop(({ frame }) => frame.id === 2);
    expect(ids(room.take(b))).toStrictEqual([1, 3]);
  });

  test('refuses more calls for one node than it has room for, and counts what left; others keep their places', () => {
    const room = new WaitingRoom();
    for (let id = 1; id <= most; id++) room.add(callOf(a, b, id), undefined);
    const details = { to: b, waiting: most, max: most, unit: 'messages' };
    const tooMany = expect.objectContaining({ code: 'TOO_MANY_WAITING', details });
    expect(() => room.add(callOf(a, b), undefined)).toThrow(tooMany);
    room.add(callOf(a, c), undefined);
    room.drop(({ frame }) => frame.id === 1);
    room.add(callOf(a, b, 5_000), undefined);
    expect(() => room.add(callOf(a, b), undefined)).toThrow(tooMany);
    room.take(b);
    room.add(callOf(a, b, 5_001), undefined);
  });

  test('refuses more bytes for one node than it has room for, and counts what left', () => {
    const room = new WaitingRoom();
    const max = 16 * 1024 * 1024;
    const heavy = (id: number) =>
      ({ ...callOf(a, b, id), body: { format: 'v8', data: Buffer.alloc(max / 2) } }) as const;
    room.add(heavy(1), undefined);
    room.add(heavy(2), undefined);
    const details = { to: b, waiting: max, max, unit: 'bytes' };
    expect(() => room.add(callOf(a, b, 3), undefined)).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_WAITING', details }),
    );
    room.drop(({ frame }) => frame.id === 1);
    room.add(callOf(a, b, 3), undefined);
    expect(ids(room.take(b))).toStrictEqual([2, 3]);
  });

  test('keeps what was said, not what becomes of it', () => {
    const room = new WaitingRoom();
    const value = { count: 1 };
    room.add({ ...callOf(a, b), body: { format: 'plain', data: value } }, undefined);
    value.count = 2;
    expect(room.take(b)).toMatchObject([{ frame: { body: { format: 'json', data: '{"count":1}' } } }]);
  });
});

describe('a call after its wait', () => {
  const waited = (budgetMs: number | null, ms: number) => {
    vi.spyOn(performance, 'now').mockReturnValue(1_000 + ms);
    return afterWait({ frame: { ...callOf(a, b), budgetMs, wait: true }, via: undefined, sinceAt: 1_000 });
  };

  test('has what is left of its deadline, and waits no second time', () => {
    expect(waited(500, 120)).toStrictEqual({ ...callOf(a, b), budgetMs: 380 });
  });

  test('has nothing left rather than less', () => {
    expect(waited(500, 900).budgetMs).toBe(0);
  });

  test('that has no deadline has none', () => {
    expect(waited(null, 900)).toStrictEqual({ ...callOf(a, b), budgetMs: null });
  });
});

test('a cancel is about the call of the same caller, incarnation and number', () => {
  const waiting = { frame: callOf(a, b, 4), via: undefined, sinceAt: 0 };
  const cancel = cancelOf(callOf(a, b, 4));
  expect(isCallOf(cancel)(waiting)).toBe(true);
  for (const other of [{ id: 5 }, { incarnation: 9 }, { from: c }] as const) {
    expect(isCallOf({ ...cancel, ...other })(waiting)).toBe(false);
  }
});
