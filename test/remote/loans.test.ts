/** test/remote/loans: a loan lasts as long as its borrower has it, whatever happens to the line between. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { proxy } from '../../src/remote/proxy.ts';
import type { Remotes } from '../../src/remote/remotes.ts';
import type { Link } from '../../src/transport/link.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { clusterAddress } from '../../src/wire/address.ts';
import { clusterAt, createFleet, type TestFleet } from '../features/nodes.ts';
import { remotesOf } from './remotes-of.ts';

type Callback = (n: number) => unknown;
interface Keeper {
  keep(callback: unknown): void;
}

let fleet: TestFleet;
let lender: Remotes;
const held: Callback[] = [];

/** A line of their own between clusters 0 and 2. @returns the end of cluster 2 */
function join(): Link {
  const [toTwo, toZero] = memoryPair('cluster 0', 'cluster 2');
  clusterAt(fleet, 0).node.router.attach(clusterAddress(2), toTwo);
  clusterAt(fleet, 2).node.router.attach(clusterAddress(0), toZero);
  return toZero;
}

const lend = (): Promise<void> => lender.remote<Keeper>({ cluster: 2 }).keep(proxy((n: number) => n * 10));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  held.length = 0;
  fleet = createFleet();
  lender = remotesOf(clusterAt(fleet, 0).node);
  remotesOf(clusterAt(fleet, 2).node).expose({ keep: (callback: Callback) => void held.push(callback) });
});
afterEach(() => void vi.useRealTimers());

describe('a lent callback', () => {
  test('outlives a broken line between two that live', async () => {
    const line = join();
    await lend();
    expect(await held[0]?.(1)).toBe(10);
    line.close('the socket closed');
    await line.closed;
    // The borrower's timer is one of node:timers/promises, which is not faked: it comes by itself.
    await expect.poll(() => clusterAt(fleet, 2).node.peer.inFlight, { timeout: 5_000 }).toBe(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await held[0]?.(2)).toBe(20);
    expect(lender.lent).toBe(1);
  });

  test('may be called in the gap between two lines', async () => {
    const line = join();
    await lend();
    line.close('the socket closed');
    await line.closed;
    expect(await held[0]?.(3)).toBe(30);
  });

  test('is let go 10 s after its borrower died, and its line with it', async () => {
    await lend();
    clusterAt(fleet, 2).die();
    await expect.poll(() => clusterAt(fleet, 0).node.peer.inFlight).toBe(0);
    expect(lender.lent).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lender.lent).toBe(0);
  });

  test('is held over a line too full for anything but what is vital', async () => {
    const link = join();
    const send = link.send.bind(link);
    vi.spyOn(link, 'send').mockImplementation((frame) => {
      if (frame.kind === 'call' && frame.vital !== true) {
        throw new ShardliftError('OVERLOADED', { peer: link.peer, frames: 16_384, bytes: 0 });
      }
      send(frame);
    });
    await lend();
    // Held, it is in no hurry; not held, it would be taken back.
    await vi.advanceTimersByTimeAsync(20_000);
    expect(lender.lent).toBe(1);
  });

  test('is held at another try when the manager could not pass the first one on', async () => {
    const { link } = clusterAt(fleet, 0);
    const send = link.send.bind(link);
    let tries = 0;
    vi.spyOn(link, 'send').mockImplementation((frame) => {
      if (frame.kind !== 'call') return send(frame);
      tries += 1;
      if (tries === 1) throw new ShardliftError('OVERLOADED', { peer: link.peer, frames: 16_384, bytes: 0 });
      return send(frame);
    });
    await lend();
    await expect.poll(() => tries, { timeout: 5_000 }).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(lender.lent).toBe(1);
    expect(await held[0]?.(4)).toBe(40);
  });

  test('that is gone says so, and not that nothing is exposed', async () => {
    await lend();
    await vi.advanceTimersByTimeAsync(20_000);
    const { peer } = clusterAt(fleet, 2).node;
    const limits = { timeoutMs: 1_000, signal: undefined, label: undefined, wait: false, vital: false };
    const call = peer.ask({ to: clusterAddress(0), method: 'remote:no-such-key', input: null }, limits);
    await expect(call).rejects.toMatchObject({ code: 'CALLBACK_GONE', details: { on: 'cluster:0' } });
  });
});
