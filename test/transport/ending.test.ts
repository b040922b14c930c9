/** test/transport/ending: which reason a line ends with, when its carrier and its far end tell of it at different moments. */
import { beforeEach, describe, expect, test } from 'vitest';
import { endingOf } from '../../src/transport/ending.ts';
import { type LinkEnd, makeLink } from '../../src/transport/link.ts';

const exit = 'its process ended with exit code 3';

let end: LinkEnd;
let shut: string[];
let exited: (reason: string) => void;
let reason: Promise<string>;
/** Whether the line is down, and why. */
let seen: string | undefined;

beforeEach(() => {
  shut = [];
  seen = undefined;
  const carrier = { peer: 'far', post: () => 0, credit: () => undefined, shut: (why: string) => void shut.push(why) };
  end = makeLink(carrier);
  void end.link.closed.then((why) => {
    seen = why;
  });
  reason = new Promise((resolve) => {
    exited = resolve;
  });
});
/** All that follows at once has happened. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How long it took the line to end, in ms. */
async function untilClosed(): Promise<number> {
  const begunAt = performance.now();
  await end.link.closed;
  return performance.now() - begunAt;
}

/** Timers may fire a millisecond early. */
const graceMs = 249;

test('a line whose far end tells no reason ends with its carrier', async () => {
  endingOf(end, 'the socket closed', undefined)();
  await expect(end.link.closed).resolves.toBe('the socket closed');
});

describe('a line whose far end may tell a reason', () => {
  test('ends with that when it comes a moment after the carrier closed', async () => {
    endingOf(end, 'the socket closed', reason)();
    await turn();
    expect(seen).toBeUndefined();
    exited(exit);
    await turn();
    expect(seen).toBe(exit);
  });

  test('ends with that when it came before the carrier closed', async () => {
    const lost = endingOf(end, 'the socket closed', reason);
    exited(exit);
    await turn();
    // What the far end said last may still be on its way.
    expect(seen).toBeUndefined();
    lost();
    await turn();
    expect(seen).toBe(exit);
  });

  test('waits 250 ms for one that does not come', async () => {
    endingOf(end, 'the socket closed', reason)();
    expect(await untilClosed()).toBeGreaterThanOrEqual(graceMs);
    expect(seen).toBe('the socket closed');
  });

  test('is taken down, also for the far end, when the carrier stays open behind the reason', async () => {
    endingOf(end, 'the socket closed', reason);
    exited(exit);
    expect(await untilClosed()).toBeGreaterThanOrEqual(graceMs);
    expect([seen, shut]).toStrictEqual([exit, [exit]]);
  });
});
