/** test/cluster/heartbeat: who hangs is found; who starts, is debugged or was kept waiting by the manager is left alone. */
import { describe, expect, test } from 'vitest';
import { HeartbeatWatch } from '../../src/cluster/heartbeat.ts';
import { ShardliftError } from '../../src/errors.ts';
import { settled } from './fake-child.ts';

const rules = { intervalMs: 2_000, timeoutMs: 8_000, maxMissed: 2, maxRestarts: null };
type Answer = 'answers' | 'silent' | 'inspected' | Error;

/** A watch over clusters that behave as `behaviour` says, in a time that goes by when the test lets it. */
function ward(...ids: readonly number[]) {
  let at = 0;
  const behaviour = new Map<number, Answer>(ids.map((id) => [id, 'answers']));
  const news: string[] = [];
  let beats = 0;
  const watch = new HeartbeatWatch({
    rules,
    now: () => at,
    beat: (id) => {
      beats++;
      const answer = behaviour.get(id) ?? 'silent';
      if (answer instanceof Error) return Promise.reject(answer);
      return answer === 'silent'
        ? new Promise(() => undefined)
        : Promise.resolve({ inspected: answer === 'inspected' });
    },
    missed: (id, silentMs) => void news.push(`${id} missed ${silentMs}`),
    hung: (id, silentMs) => void news.push(`${id} hung ${silentMs}`),
  });
  for (const id of ids) watch.watch(id);
  /** The manager's timer fires every `intervalMs`. */
  const pass = async (ms: number): Promise<void> => {
    for (const end = at + ms; at < end; ) {
      at += rules.intervalMs;
      watch.look();
      await settled();
    }
  };
  /** The manager's own event loop is blocked: its timer fires once, late. */
  const stall = async (ms: number): Promise<void> => {
    at += ms;
    watch.look();
    await settled();
  };
  return { watch, behaviour, news, pass, stall, beats: () => beats };
}

describe('a cluster', () => {
  test('that answers is asked every interval and left alone', async () => {
    const { news, pass, beats } = ward(0);
    await pass(60_000);
    expect([news, beats()]).toEqual([[], 30]);
  });

  test('that hangs is reported at its first miss and ended at its last, once, and asked once', async () => {
    const { behaviour, news, pass, beats } = ward(0, 1);
    await pass(10_000);
    behaviour.set(1, 'silent');
    const before = beats();
    await pass(8_000);
    expect(news).toEqual([]);
    await pass(60_000);
    expect(news).toEqual(['1 missed 8000', '1 hung 16000']);
    expect(beats() - before).toBe(34 + 1);
  });

  test('that comes round in time is left alone, and its next silence counts from its own start', async () => {
    const { behaviour, news, pass } = ward(0);
    // Refused at once: as good as silent, and asked again at each look.
    behaviour.set(0, new ShardliftError('NO_ROUTE', { to: 'cluster:0' }));
    await pass(14_000);
    behaviour.set(0, 'answers');
    await pass(4_000);
    behaviour.set(0, 'silent');
    await pass(14_000);
    expect(news).toEqual(['0 missed 8000', '0 missed 8000']);
  });

  test('whose line is gone while it stays is ended', async () => {
    const { behaviour, news, pass } = ward(0);
    behaviour.set(0, new ShardliftError('NO_ROUTE', { to: 'cluster:0' }));
    await pass(20_000);
    expect(news).toEqual(['0 missed 8000', '0 hung 16000']);
  });

  test.each([
    new ShardliftError('NO_METHOD', { method: 'heartbeat.beat', on: 'cluster:0' }),
    new ShardliftError('HANDLER_FAILED', { method: 'heartbeat.beat', on: 'cluster:0', message: 'no memory' }),
    new ShardliftError('UNREADABLE', { method: 'heartbeat.beat', from: 'cluster:0', reason: 'no JSON' }),
  ])('that answers with $code has answered', async (answer) => {
    const { behaviour, news, pass } = ward(0);
    behaviour.set(0, answer);
    await pass(60_000);
    expect(news).toEqual([]);
  });

  test('that is debugged is reported, and never ended', async () => {
    const { behaviour, news, pass } = ward(0);
    behaviour.set(0, 'inspected');
    await pass(4_000);
    behaviour.set(0, 'silent');
    await pass(600_000);
    expect(news).toEqual(['0 missed 8000']);
  });

  test('that is not ready is not looked at, and starts over when it is', async () => {
    const { watch, behaviour, news, pass } = ward(0);
    behaviour.set(0, 'silent');
    await pass(14_000);
    watch.forget(0);
    await pass(60_000);
    watch.watch(0);
    await pass(14_000);
    expect(news).toEqual(['0 missed 8000', '0 missed 8000']);
  });
});

test('a manager that stood still itself blames nobody for it', async () => {
  const { behaviour, news, pass, stall } = ward(0, 1);
  await pass(4_000);
  behaviour.set(0, 'silent');
  await pass(4_000);
  await stall(3_600_000);
  expect(news).toEqual([]);
  await pass(16_000);
  expect(news).toEqual(['0 missed 8000', '0 hung 16000']);
});

test('of many that fall silent together one is ended at a time, and those that come round are kept', async () => {
  const { behaviour, news, pass } = ward(0, 1, 2);
  await pass(4_000);
  for (const id of [0, 1, 2]) behaviour.set(id, new ShardliftError('NO_ROUTE', { to: `cluster:${id}` }));
  await pass(18_000);
  const ended = () => news.filter((line) => line.includes('hung'));
  expect(ended()).toEqual(['0 hung 16000']);
  behaviour.set(2, 'answers');
  await pass(60_000);
  expect(ended()).toEqual(['0 hung 16000', '1 hung 24000']);
});
