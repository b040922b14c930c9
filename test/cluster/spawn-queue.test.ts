/** test/cluster/spawn-queue: the order and pace of the first starts, and who decides about them. */
import { describe, expect, test } from 'vitest';
import { type QueueMode, SpawnQueue } from '../../src/cluster/spawn-queue.ts';
import { settled } from './fake-child.ts';

/** Starts that end when the test says so. */
function starts(count: number) {
  const begun: number[] = [];
  const ends = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const list = Array.from({ length: count }, (_none, id) => ({
    id,
    start: () => {
      begun.push(id);
      return new Promise<void>((resolve, reject) => void ends.set(id, { resolve, reject }));
    },
  }));
  const end = (id: number): void => ends.get(id)?.resolve();
  const fail = (id: number): void => ends.get(id)?.reject(new Error(`start ${id} failed`));
  return { list, begun, end, fail };
}

describe('in auto mode', () => {
  test('all start side by side, and the run is over when all have ended', async () => {
    const queue = new SpawnQueue(() => 'auto');
    const { list, begun, end } = starts(3);
    const run = queue.run(list, 0);
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const id of [2, 0, 1]) end(id);
    expect(await run).toBeUndefined();
  });

  test('one that fails, or throws at once, does not keep the others from starting', async () => {
    const queue = new SpawnQueue(() => 'auto');
    const { list, begun, end, fail } = starts(3);
    const thrower = {
      id: 9,
      start: () => {
        throw new Error('a listener threw');
      },
    };
    const run = queue.run([thrower, ...list], 0);
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    fail(1);
    end(0);
    end(2);
    expect(await run).toMatchObject({ message: 'a listener threw' });
  });

  test('nothing starts while it is stopped, and resume goes on where it left off', async () => {
    const queue = new SpawnQueue(() => 'auto');
    const { list, begun, end } = starts(3);
    queue.stop();
    expect(queue.stopped).toBe(true);
    const run = queue.run(list, 0);
    await settled();
    expect(begun).toEqual([]);
    expect(queue.waiting).toEqual([0, 1, 2]);
    queue.resume();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const id of begun) end(id);
    expect(await run).toBeUndefined();
  });

  test('a stop between two starts holds back the rest', async () => {
    const queue = new SpawnQueue(() => 'auto');
    const { list, begun } = starts(3);
    const [first, ...rest] = list;
    const stopping = {
      id: 0,
      start: async () => {
        queue.stop();
        await first?.start();
      },
    };
    void queue.run([stopping, ...rest], 0);
    await settled();
    expect(begun).toEqual([0]);
    queue.resume();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
  });

  test('next is refused: the queue starts them by itself', async () => {
    await expect(new SpawnQueue(() => 'manual').next()).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
    await expect(new SpawnQueue(() => 'auto').next()).rejects.toMatchObject({ code: 'QUEUE_AUTO' });
  });
});

describe('in manual mode', () => {
  test('each next starts one, in their order, and says which when it is ready', async () => {
    const queue = new SpawnQueue(() => 'manual');
    const { list, begun, end } = starts(2);
    const run = queue.run(list, 0);
    await settled();
    expect(begun).toEqual([]);
    const first = queue.next();
    await settled();
    expect([begun, queue.waiting]).toEqual([[0], [1]]);
    end(0);
    expect(await first).toBe(0);
    const second = queue.next();
    await settled();
    end(1);
    expect(await second).toBe(1);
    expect(await queue.next()).toBeUndefined();
    expect(await run).toBeUndefined();
  });

  test('one that fails rejects its own next, and the rest can still be started', async () => {
    const queue = new SpawnQueue(() => 'manual');
    const { list, begun, end, fail } = starts(2);
    const run = queue.run(list, 0);
    const first = queue.next();
    await settled();
    fail(0);
    await expect(first).rejects.toThrow('start 0 failed');
    const second = queue.next();
    await settled();
    expect(begun).toEqual([0, 1]);
    end(1);
    expect(await second).toBe(1);
    expect(await run).toMatchObject({ message: 'start 0 failed' });
  });

  test('next waits while the queue is stopped', async () => {
    const queue = new SpawnQueue(() => 'manual');
    const { list, begun } = starts(1);
    void queue.run(list, 0);
    queue.stop();
    void queue.next();
    await settled();
    expect(begun).toEqual([]);
    queue.resume();
    await settled();
    expect(begun).toEqual([0]);
  });
});

test.each(['auto', 'manual'] as const)('a queue in %s mode that is closed forgets those that wait', async (mode) => {
  const queue = new SpawnQueue(() => mode);
  const { list, begun } = starts(2);
  queue.stop();
  const run = queue.run(list, 60_000);
  const next = mode === 'manual' ? queue.next() : undefined;
  queue.close();
  expect(await run).toBeUndefined();
  expect(await next).toBeUndefined();
  expect([begun, queue.waiting, queue.stopped]).toEqual([[], [], false]);
});

describe('the mode is asked', () => {
  test('until the starts are taken: what it is then counts', async () => {
    let wanted: QueueMode = 'manual';
    const queue = new SpawnQueue(() => wanted);
    expect(queue.mode).toBe('manual');
    wanted = 'auto';
    const { list, begun, end } = starts(2);
    const run = queue.run(list, 0);
    await settled();
    expect(begun).toEqual([0, 1]);
    wanted = 'manual';
    expect(queue.mode).toBe('auto');
    await expect(queue.next()).rejects.toMatchObject({ code: 'QUEUE_AUTO' });
    for (const id of [0, 1]) end(id);
    expect(await run).toBeUndefined();
  });
});
