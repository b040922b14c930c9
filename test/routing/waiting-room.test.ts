/** test/routing/waiting-room: calls that would rather wait for a node than be refused. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { afterWait, isCallOf, WaitingRoom } from '../../src/routing/waiting-room.ts';
import { a, b, c, callOf, cancelOf } from './frames.ts';

const most = 4_096;
const ids = (waiting: readonly { readonly call: { readonly id: number } }[]): number[] =>
  waiting.map(({ call }) => call.id);

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
    room.drop(({ call }) => call.id === 2);
    expect(ids(room.take(b))).toStrictEqual([1, 3]);
  });

  test('refuses more than it has room for, over all nodes, and counts what left', () => {
    const room = new WaitingRoom();
    for (let id = 1; id <= most; id++) room.add(callOf(a, id % 2 === 0 ? b : c, id), undefined);
    const details = { to: b, waiting: most, max: most, unit: 'messages' };
    const tooMany = expect.objectContaining({ code: 'TOO_MANY_WAITING', details });
    expect(() => room.add(callOf(a, b), undefined)).toThrow(tooMany);
    room.drop(({ call }) => call.id === 1);
    room.add(callOf(a, b, 5_000), undefined);
    expect(() => room.add(callOf(a, b), undefined)).toThrow(tooMany);
    room.take(c);
    room.add(callOf(a, b, 5_001), undefined);
    room.takeAll();
    for (let id = 1; id <= most; id++) room.add(callOf(a, b, id), undefined);
  });

  test('keeps what was said, not what becomes of it', () => {
    const room = new WaitingRoom();
    const value = { count: 1 };
    room.add({ ...callOf(a, b), body: { format: 'plain', data: value } }, undefined);
    value.count = 2;
    expect(room.take(b)).toMatchObject([{ call: { body: { format: 'json', data: '{"count":1}' } } }]);
  });
});

describe('a call after its wait', () => {
  const waited = (budgetMs: number | null, ms: number) => {
    vi.spyOn(performance, 'now').mockReturnValue(1_000 + ms);
    return afterWait({ call: { ...callOf(a, b), budgetMs, wait: true }, via: undefined, waitingSinceAt: 1_000 });
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
  const waiting = { call: callOf(a, b, 4), via: undefined, waitingSinceAt: 0 };
  const cancel = cancelOf(callOf(a, b, 4));
  expect(isCallOf(cancel)(waiting)).toBe(true);
  for (const other of [{ id: 5 }, { incarnation: 9 }, { from: c }] as const) {
    expect(isCallOf({ ...cancel, ...other })(waiting)).toBe(false);
  }
});
