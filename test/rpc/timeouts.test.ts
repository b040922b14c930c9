/** test/rpc/timeouts: a hundred thousand calls that time out leave nothing behind. */
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNode } from '../../src/node.ts';
import { Peer } from '../../src/rpc/peer.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import { localHost } from '../../src/wire/address.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';
import { late } from '../conformance/work.ts';
import { refdTimers } from './refd-timers.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

/** The timers that were started and have neither fired nor been cleared. */
const live = new Set<unknown>();
beforeEach(() => {
  live.clear();
  const [start, stop] = [setTimeout, clearTimeout];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
    const timer = start(() => {
      live.delete(timer);
      act();
    }, ms);
    live.add(timer);
    return timer;
  }) as typeof setTimeout);
  vi.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => {
    live.delete(timer);
    stop(timer);
  });
});
afterEach(() => void vi.restoreAllMocks());

/** Their cancels, as many, have room behind them. */
const batch = 5_000;

/** Makes calls that are not answered in time. @returns how often each failure came */
async function timeOut(peer: Peer, count: number): Promise<ReadonlyMap<unknown, number>> {
  const ends = new Map<unknown, number>();
  const note = (code: unknown): void => void ends.set(code, (ends.get(code) ?? 0) + 1);
  const far = peer.at(late, 'cluster:1', { timeoutMs: 20 });
  const patient = peer.at(late, 'cluster:1', { timeoutMs: null });
  for (let made = 0; made < count; made += batch) {
    const calls = Array.from({ length: batch }, () =>
      far.wait().then(
        () => note('a value'),
        ({ code }) => note(code),
      ),
    );
    await Promise.all(calls);
    // It has read all that came before.
    await patient.ping();
  }
  return ends;
}

describe.each(Object.entries(launchers))('calls to a %s that answers too late', (_mode, launcher) => {
  const start = (): Launched => programs.launch(launcher, 'answers-late', { line: 'socket' });

  test('time out a hundred thousand times and leave neither calls nor timers, and their answers are counted', async () => {
    const { link } = start();
    const { peer, router } = createNode({ self: localHost, incarnation: 1 });
    router.attach('cluster:1', link);
    await peer.at(late, 'cluster:1', { timeoutMs: null }).ping();
    const timers = refdTimers();

    expect(await timeOut(peer, 100_000)).toStrictEqual(new Map([['CALL_TIMEOUT', 100_000]]));
    expect([peer.inFlight, peer.inFlightTo('cluster:1')]).toStrictEqual([0, 0]);
    expect(live.size).toBe(0);
    expect(refdTimers()).toBeLessThanOrEqual(timers);
    expect(router.dropped).toStrictEqual({ casts: 0, replies: 0 });

    peer.at(late, 'cluster:1').answer();
    await expect.poll(() => router.dropped.replies, { timeout: 20_000 }).toBe(100_000);
    // What the line still held of calls that are given up would be refused now, and come to nobody.
    await timeOut(peer, batch);
    link.close('enough');
    await link.closed;
    expect([router.dropped.replies, peer.dropped]).toStrictEqual([100_000, { late: 0, duplicate: 0, foreign: 0 }]);
  });

  test('have their answers counted as late by a peer that has the line to itself', async () => {
    const { link } = start();
    const peer = new Peer({ self: localHost, incarnation: 1, link });
    expect(await timeOut(peer, 10_000)).toStrictEqual(new Map([['CALL_TIMEOUT', 10_000]]));
    expect(peer.inFlight).toBe(0);
    peer.at(late, 'cluster:1').answer();
    await expect
      .poll(() => peer.dropped, { timeout: 20_000 })
      .toStrictEqual({ late: 10_000, duplicate: 0, foreign: 0 });
  });
});

test('the timer of the deadlines stands still once nothing waits', async () => {
  const { link } = programs.launch(launchers.thread, 'answers-late');
  const peer = new Peer({ self: localHost, incarnation: 1, link });
  const before = live.size;
  const calls = Array.from({ length: 1_000 }, (_, n) =>
    peer.at(late, 'cluster:1', { timeoutMs: 10 + (n % 50) }).wait(),
  );
  expect(live.size).toBe(before + 1);
  await Promise.allSettled(calls);
  expect(live.size).toBe(before);
});
