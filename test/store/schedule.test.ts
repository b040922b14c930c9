/** test/store/schedule: everything in its time, with one timer. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Due, Schedule } from '../../src/store/schedule.ts';

interface Item extends Due {
  readonly name: string;
}

const item = (name: string, dueAt: number): Item => ({ name, dueAt, slot: -1 });

test('gives what is due in order of time, whatever came and went before', () => {
  const ops = fc.array(fc.tuple(fc.constantFrom('add', 'remove', 'sweep'), fc.nat(50)), { maxLength: 200 });
  const property = fc.property(ops, (list) => {
    let now = 0;
    const due: number[] = [];
    const onDue = ({ dueAt, slot }: Item): void => void due.push(slot === -1 ? dueAt : Number.NaN);
    const schedule = new Schedule<Item>({ now: () => now, onDue, graceMs: 1_000 });
    let kept: Item[] = [];
    for (const [op, n] of list) {
      if (op === 'add') {
        const added = item('', now + 1 + n);
        kept.push(added);
        schedule.add(added);
      } else if (op === 'remove') {
        const [gone] = kept.splice(n % Math.max(1, kept.length), 1);
        if (gone !== undefined) schedule.remove(gone);
      } else {
        now += n;
        schedule.sweep();
        const over = kept.filter(({ dueAt }) => dueAt <= now);
        kept = kept.filter(({ dueAt }) => dueAt > now);
        expect(due.splice(0)).toStrictEqual(over.map(({ dueAt }) => dueAt).sort((a, b) => a - b));
      }
      expect(schedule.size).toBe(kept.length);
    }
    schedule.clear();
  });
  fc.assert(property);
});

describe('its timer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const make = (graceMs: number) => {
    const due: string[] = [];
    const now = () => performance.now();
    const start = now();
    return { due, start, schedule: new Schedule<Item>({ now, onDue: ({ name }) => void due.push(name), graceMs }) };
  };

  test('is one, however many wait, and none when nobody does', () => {
    const { schedule, start, due } = make(0);
    expect(vi.getTimerCount()).toBe(0);
    for (let n = 0; n < 1_000; n++) schedule.add(item(String(n), start + 5_000 - n));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(4_001);
    expect(due).toStrictEqual(['999']);
    vi.advanceTimersByTime(10_000);
    expect([due.length, vi.getTimerCount()]).toStrictEqual([1_000, 0]);
  });

  test('wakes once for all that is due within the grace', () => {
    const { schedule, start, due } = make(1_000);
    for (const at of [10, 500, 900, 1_500]) schedule.add(item(String(at), start + at));
    vi.advanceTimersByTime(999);
    expect(due).toStrictEqual([]);
    vi.advanceTimersByTime(1);
    expect(due).toStrictEqual(['10', '500', '900']);
    vi.advanceTimersByTime(1_000);
    expect(due).toStrictEqual(['10', '500', '900', '1500']);
  });

  test('hands out a great many in pieces, one right after the other', () => {
    const { schedule, start, due } = make(1_000);
    for (let n = 0; n < 25_000; n++) schedule.add(item(String(n), start + 1));
    vi.advanceTimersByTime(1_000);
    expect(due).toHaveLength(10_000);
    vi.advanceTimersByTime(2);
    expect([due.length, vi.getTimerCount()]).toStrictEqual([25_000, 0]);
  });

  test('waits for the end of what is further away than a timer reaches', () => {
    const { schedule, start, due } = make(0);
    schedule.add(item('far', start + 2 ** 32));
    vi.advanceTimersByTime(2 ** 31);
    expect([due, vi.getTimerCount()]).toStrictEqual([[], 1]);
    vi.advanceTimersByTime(2 ** 31);
    expect(due).toStrictEqual(['far']);
  });

  test('is not there for what never ends, and is gone after a clear', () => {
    const { schedule, start } = make(0);
    schedule.add(item('never', Number.POSITIVE_INFINITY));
    expect([schedule.size, vi.getTimerCount()]).toStrictEqual([0, 0]);
    schedule.add(item('once', start + 5));
    schedule.clear();
    expect([schedule.size, vi.getTimerCount()]).toStrictEqual([0, 0]);
  });
});

test('keeps no process alive', () => {
  const started = vi.spyOn(globalThis, 'setTimeout');
  const schedule = new Schedule<Item>({ now: () => 0, onDue: () => undefined, graceMs: 0 });
  schedule.add(item('k', 60_000));
  const timer = started.mock.results[0]?.value as NodeJS.Timeout;
  expect(timer.hasRef()).toBe(false);
  schedule.clear();
  started.mockRestore();
});
