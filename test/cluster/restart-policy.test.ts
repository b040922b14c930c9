/** test/cluster/restart-policy: pauses grow, a budget ends it, a stable run forgives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRestartRules, RestartPolicy, type RestartRules } from '../../src/cluster/restart-policy.ts';

const rulesOf: fc.Arbitrary<RestartRules> = fc.record({
  firstMs: fc.integer({ min: 0, max: 5_000 }),
  factor: fc.integer({ min: 1, max: 5 }),
  maxMs: fc.integer({ min: 0, max: 100_000 }),
  stableAfterMs: fc.integer({ min: 0, max: 100_000 }),
  maxRestarts: fc.integer({ min: 0, max: 20 }),
  windowMs: fc.integer({ min: 1, max: 1_000_000 }),
});
/** Deaths by the time since the one before, and how long the cluster had been ready. */
const deathsOf = fc.array(
  fc.record({ sinceMs: fc.nat({ max: 200_000 }), readyForMs: fc.nat({ max: 200_000 }), random: fc.nat({ max: 100 }) }),
  { maxLength: 100 },
);

/** Deaths by their times, with the verdict on each. */
function play(rules: RestartRules, deaths: readonly { sinceMs: number; readyForMs: number; random: number }[]) {
  let random = 0;
  let at = 0;
  const policy = new RestartPolicy(rules, { random: () => random });
  return deaths.map((death) => {
    at += death.sinceMs;
    random = death.random / 100;
    return { ...death, at, verdict: policy.verdict({ at, readyForMs: death.readyForMs }) };
  });
}

const pauses = (rules: Partial<RestartRules>, readyForMs: readonly number[], random = 0): (number | 'no')[] => {
  const policy = new RestartPolicy({ ...defaultRestartRules, ...rules }, { random: () => random });
  return readyForMs.map((ready, index) => {
    const verdict = policy.verdict({ at: index, readyForMs: ready });
    return verdict.restart ? verdict.delayMs : 'no';
  });
};

describe('the budget', () => {
  test('is never exceeded in any window', () => {
    fc.assert(
      fc.property(rulesOf, deathsOf, (rules, deaths) => {
        const restarts = play(rules, deaths).flatMap(({ at, verdict }) => (verdict.restart ? [at] : []));
        for (const from of restarts) {
          const within = restarts.filter((at) => at >= from && at - from < rules.windowMs);
          expect(within.length).toBeLessThanOrEqual(rules.maxRestarts);
        }
      }),
    );
  });

  test('is used up before a restart is refused', () => {
    fc.assert(
      fc.property(rulesOf, deathsOf, (rules, deaths) => {
        const played = play(rules, deaths);
        for (const { at, verdict } of played) {
          if (verdict.restart) continue;
          const past = played.filter((one) => one.verdict.restart && one.at <= at && at - one.at < rules.windowMs);
          expect(past.length).toBe(rules.maxRestarts);
          expect(verdict.restarts).toBe(rules.maxRestarts);
        }
      }),
    );
  });

  test('of 0 never restarts', () => {
    expect(pauses({ maxRestarts: 0 }, [0])).toEqual(['no']);
  });

  test('comes back once the window has passed', () => {
    const policy = new RestartPolicy({ ...defaultRestartRules, maxRestarts: 1, windowMs: 1_000 }, { random: () => 0 });
    const verdicts = [0, 999, 1_000].map((at) => policy.verdict({ at, readyForMs: 0 }).restart);
    expect(verdicts).toEqual([true, false, true]);
  });
});

describe('the pause', () => {
  test('grows by the factor up to the cap', () => {
    expect(pauses({ firstMs: 500, factor: 2, maxMs: 3_000 }, [0, 0, 0, 0, 0])).toEqual([
      500, 1_000, 2_000, 3_000, 3_000,
    ]);
  });

  test('never shrinks while deaths follow each other, and stays within a quarter of jitter above the cap', () => {
    fc.assert(
      fc.property(rulesOf, deathsOf, (rules, deaths) => {
        const crashes = deaths.map((death) => ({ ...death, readyForMs: 0, random: 0 }));
        const delays = play({ ...rules, stableAfterMs: 1 }, crashes).flatMap(({ verdict }) =>
          verdict.restart ? [verdict.delayMs] : [],
        );
        expect(delays).toEqual([...delays].sort((a, b) => a - b));
        const jittered = play(rules, deaths).flatMap(({ verdict }) => (verdict.restart ? [verdict.delayMs] : []));
        for (const delay of jittered) expect(delay).toBeLessThanOrEqual(Math.round(rules.maxMs * 1.25));
      }),
    );
  });

  test('starts over after a stable run', () => {
    expect(pauses({ firstMs: 100, factor: 3, stableAfterMs: 60_000 }, [0, 0, 59_999, 60_000, 0])).toEqual([
      100, 300, 900, 100, 300,
    ]);
  });

  test('is spread by up to a quarter, so that clusters that died together come back apart', () => {
    expect(pauses({ firstMs: 1_000 }, [0], 1)).toEqual([1_250]);
    expect(pauses({ firstMs: 1_000 }, [0], 0.5)).toEqual([1_125]);
  });
});
