import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EndingProcess, endOrphan, watchEndings } from '../src/orphan.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A bot's process whose manager is gone, and what becomes of it. */
function orphan() {
  const log: string[] = [];
  const stderr = new PassThrough();
  const target = Object.assign(new EventEmitter(), {
    exit: (code: number) => log.push(`exit ${code}`),
    stdout: new PassThrough(),
    stderr,
  });
  const wasAsked = watchEndings(target as unknown as EndingProcess);
  const listen = (signal: string): void => void target.on(signal, () => log.push(signal));
  const end = (): void => {
    endOrphan(target as unknown as EndingProcess, { id: 3, reason: 'it closed', graceMs: 5_000 }, wasAsked);
  };
  return { target, log, stderr, listen, end };
}

test('a bot that listens to no signal ends at once, and says why', () => {
  const { log, stderr, end } = orphan();
  end();
  expect(log).toEqual(['exit 1']);
  expect(String(stderr.read())).toBe('[shardlift] cluster 3 ends: its manager is gone (it closed).\n');
});

test('a bot that listens to SIGTERM is asked to end, once, and ended by force when it does not', () => {
  const { log, listen, end } = orphan();
  listen('SIGTERM');
  end();
  vi.advanceTimersByTime(4_999);
  expect(log).toEqual(['SIGTERM']);
  vi.advanceTimersByTime(1);
  expect(log).toEqual(['SIGTERM', 'exit 1']);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])(
  'a bot that was sent %s before its manager went is not asked again',
  (signal) => {
    const { target, log, listen, end } = orphan();
    listen('SIGTERM');
    target.once(signal, () => log.push('saves'));
    target.emit(signal, signal);
    log.length = 0;
    end();
    vi.advanceTimersByTime(4_999);
    expect(log).toEqual([]);
  },
);

test('a signal that is read after the news that the manager is gone is not doubled', () => {
  const { target, log, listen, end } = orphan();
  listen('SIGTERM');
  end();
  target.emit('SIGTERM', 'SIGTERM');
  vi.advanceTimersByTime(4_999);
  expect(log).toEqual(['SIGTERM']);
});

test('a bot that listens to other signals alone ends soon when none of them comes', () => {
  const { log, listen, end } = orphan();
  listen('SIGINT');
  end();
  vi.advanceTimersByTime(100);
  expect(log).toEqual(['exit 1']);
});

test('what it writes to a pipe that nobody reads any more is no error', () => {
  const { target, listen, end } = orphan();
  listen('SIGTERM');
  end();
  expect(() => target.stderr.emit('error', new Error('write EPIPE'))).not.toThrow();
});
