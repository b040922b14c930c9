/** test/identify/memory-gate: one identify per bucket and window, whatever the shards do. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { IdentifyTurn } from '../../src/identify/gate.ts';
import { MemoryGate } from '../../src/identify/memory-gate.ts';

const windowMs = 5_000;

let gate: MemoryGate;
beforeEach(() => {
  vi.useFakeTimers();
  gate = new MemoryGate(windowMs);
});
afterEach(() => {
  gate.close();
  vi.useRealTimers();
});

/** Grants as they come: shard and time. */
const log: { shard: number; at: number; turn: IdentifyTurn }[] = [];
beforeEach(() => void log.splice(0));

function ask(shard: number, { maxConcurrency = 1, signal = new AbortController().signal } = {}): Promise<void> {
  return gate.wait({ shard, maxConcurrency }, signal).then((turn) => void log.push({ shard, at: Date.now(), turn }));
}

/** Asks and identifies at once when it is the shard's turn. */
const identify = (shard: number, maxConcurrency = 1): Promise<void> =>
  ask(shard, { maxConcurrency }).then(() => log.find((grant) => grant.shard === shard)?.turn.sent());

const shards = (): number[] => log.map(({ shard }) => shard);

describe('a bucket', () => {
  test('lets shards in first come, first served, one per window', async () => {
    const start = Date.now();
    for (const shard of [3, 1, 2]) void identify(shard);
    await vi.advanceTimersByTimeAsync(0);
    expect(shards()).toEqual([3]);
    await vi.advanceTimersByTimeAsync(windowMs);
    expect(shards()).toEqual([3]);
    await vi.advanceTimersByTimeAsync(windowMs * 3);
    expect(shards()).toEqual([3, 1, 2]);
    const gaps = log.map(({ at }, index) => at - (log[index - 1]?.at ?? start));
    expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(windowMs);
  });

  test('starts its window when IDENTIFY has left, not when the turn was given', async () => {
    void ask(0);
    void ask(1);
    await vi.advanceTimersByTimeAsync(windowMs * 4);
    expect(shards()).toEqual([0]);
    const sentAt = Date.now();
    log[0]?.turn.sent();
    await vi.advanceTimersByTimeAsync(windowMs * 2);
    expect(log[1]?.at).toBeGreaterThanOrEqual(sentAt + windowMs);
  });

  test('does not wait for another bucket', async () => {
    const maxConcurrency = 16;
    for (let shard = 0; shard < 32; shard++) void identify(shard, maxConcurrency);
    await vi.advanceTimersByTimeAsync(0);
    expect(shards()).toEqual(Array.from({ length: 16 }, (_none, id) => id));
    await vi.advanceTimersByTimeAsync(windowMs + 1_000);
    expect(shards()).toHaveLength(32);
  });

  test('takes a max_concurrency of 0 for 1', async () => {
    void identify(0, 0);
    void identify(1, 0);
    await vi.advanceTimersByTimeAsync(windowMs / 2);
    expect(shards()).toEqual([0]);
  });
});

describe('a turn', () => {
  test('that is lost costs the window all the same: the shard may have identified', async () => {
    void ask(0);
    void ask(1);
    await vi.advanceTimersByTimeAsync(0);
    log[0]?.turn.lost();
    await vi.advanceTimersByTimeAsync(windowMs - 1);
    expect(shards()).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shards()).toEqual([0, 1]);
  });

  test('that is sent and then lost opens one window, not two', async () => {
    for (const shard of [0, 1, 2]) void ask(shard);
    await vi.advanceTimersByTimeAsync(0);
    log[0]?.turn.sent();
    await vi.advanceTimersByTimeAsync(windowMs / 2);
    log[0]?.turn.lost();
    log[0]?.turn.sent();
    await vi.advanceTimersByTimeAsync(windowMs * 3);
    expect(shards()).toEqual([0, 1]);
  });

  test('that is neither used nor lost is taken back, so that nobody waits for ever', async () => {
    void ask(0);
    void ask(1);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(shards()).toEqual([0, 1]);
  });
});

describe('a shard that gives up', () => {
  test('rejects with the reason of its signal and leaves its place to the next', async () => {
    const control = new AbortController();
    void identify(0);
    const waiting = ask(1, { signal: control.signal });
    void identify(2);
    control.abort(new Error('the cluster died'));
    await expect(waiting).rejects.toThrow('the cluster died');
    await vi.advanceTimersByTimeAsync(windowMs + 1_000);
    expect(shards()).toEqual([0, 2]);
  });

  test('before it asks never enters the queue', async () => {
    await expect(ask(0, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    void identify(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(shards()).toEqual([1]);
  });
});

test('a closed gate leaves no timer behind', async () => {
  void identify(0);
  void identify(1);
  await vi.advanceTimersByTimeAsync(0);
  gate.close();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(windowMs * 10);
  expect(shards()).toEqual([0]);
});

test('no two turns of a bucket are closer than the window, whatever shards send, lose, abort or forget', async () => {
  const end = fc.constantFrom('sent', 'lost', 'forgotten' as const);
  const request = fc.record({
    shard: fc.nat({ max: 7 }),
    maxConcurrency: fc.constantFrom(1, 2, 3),
    afterMs: fc.nat({ max: 20_000 }),
    holdMs: fc.nat({ max: 10_000 }),
    abortAfterMs: fc.option(fc.nat({ max: 30_000 })),
    end,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
      const own = new MemoryGate(windowMs);
      const grants: { key: string; givenAt: number; usedAt: number | undefined }[] = [];
      for (const { shard, maxConcurrency, afterMs, holdMs, abortAfterMs, end } of requests) {
        setTimeout(() => {
          const control = new AbortController();
          if (abortAfterMs !== null) setTimeout(() => control.abort(), abortAfterMs);
          own.wait({ shard, maxConcurrency }, control.signal).then(
            (turn) => {
              const grant = {
                key: `${shard % maxConcurrency}`,
                givenAt: Date.now(),
                usedAt: undefined as number | undefined,
              };
              grants.push(grant);
              if (end === 'forgotten') return;
              setTimeout(() => {
                grant.usedAt = Date.now();
                turn[end as 'sent' | 'lost']();
              }, holdMs);
            },
            // The shard gave up, as some of them are told to.
            () => undefined,
          );
        }, afterMs);
      }
      await vi.advanceTimersByTimeAsync(requests.length * 70_000 + 60_000);
      for (const key of new Set(grants.map((grant) => grant.key))) {
        const line = grants.filter((grant) => grant.key === key);
        for (const [index, grant] of line.entries()) {
          const before = line[index - 1];
          if (before === undefined) continue;
          expect(grant.givenAt - (before.usedAt ?? before.givenAt)).toBeGreaterThanOrEqual(windowMs);
        }
      }
      own.close();
    }),
    { numRuns: 60 },
  );
});
