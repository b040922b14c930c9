/** test/features/events: who hears what, in which order, and who is said to have heard it. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EventListener } from '../../src/features/event-listeners.ts';
import { Events, type ListenerFailure } from '../../src/features/events.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';
import { clusterAt, createFleet, plan, type TestFleet } from './nodes.ts';

let fleet: TestFleet;
let manager: Events;
let clusters: Events[];
/** What was logged, by whom. */
let warned: string[];

beforeEach(() => {
  fleet = createFleet();
  warned = [];
  const members = () => [localHost, ...plan.map((_shards, id) => clusterAddress(id))];
  const eventsOf = (peer: TestFleet['manager']['node']['peer']) =>
    new Events({ peer, members, warn: (message) => void warned.push(`${peer.self}: ${message}`) });
  manager = eventsOf(fleet.manager.node.peer);
  clusters = fleet.clusters.map(({ node }) => eventsOf(node.peer));
});

const of = (id: number): Events => clusters[id] as Events;
const everybody = (): [string, Events][] => [
  ['manager', manager],
  ...clusters.map((events, id): [string, Events] => [String(id), events]),
];
/** Lets everything that is on its way arrive: an answer comes behind all that was said before. */
const settle = async (): Promise<void> => {
  for (const [, events] of everybody()) await events.broadcastAndWait('nobody listens');
};
const kill = async (id: number): Promise<void> => {
  clusterAt(fleet, id).die();
  await new Promise((resolve) => setImmediate(resolve));
};
/** Notes who heard what from whom. */
const note = (name: string): string[] => {
  const heard: string[] = [];
  for (const [who, events] of everybody()) {
    events.on(name, ((data, source) => heard.push(`${who} <- ${source}: ${JSON.stringify(data)}`)) as EventListener);
  }
  return heard;
};

describe('a broadcast', () => {
  test('reaches all others, the manager included, once, with its data and its source', async () => {
    const heard = note('settings');
    of(1).broadcast('settings', { guildId: '5' });
    await settle();
    expect(heard.sort()).toEqual(['0', '2', 'manager'].map((who) => `${who} <- 1: {"guildId":"5"}`));
  });

  test('of the manager reaches every cluster', async () => {
    const heard = note('settings');
    manager.broadcast('settings');
    await settle();
    expect(heard.sort()).toEqual(['0', '1', '2'].map((who) => `${who} <- manager: undefined`));
  });

  test('reaches the sender too when asked to, as a copy', async () => {
    const heard = note('settings');
    const data = { at: new Date(0), names: new Map([[1n, 'one']]) };
    let seen: unknown;
    of(0).on('settings', ((given: unknown) => (seen = given)) as EventListener);
    of(0).broadcast('settings', data, { sendSelf: true });
    await settle();
    expect(heard).toHaveLength(4);
    expect(seen).toEqual(data);
    expect(seen).not.toBe(data);
  });

  test('passes over clusters that are down', async () => {
    const heard = note('settings');
    await kill(1);
    expect(() => of(0).broadcast('settings')).not.toThrow();
    await settle();
    expect(heard.sort()).toEqual(['2 <- 0: undefined', 'manager <- 0: undefined']);
  });

  test('that nobody listens to does nothing', async () => {
    of(0).broadcast('unheard', 1);
    await settle();
    expect(warned).toEqual([]);
  });

  test('with data that cannot travel is refused, and nobody hears it', async () => {
    const heard = note('settings');
    expect(() => of(0).broadcast('settings', { call: () => 1 })).toThrow(
      expect.objectContaining({ code: 'UNSERIALISABLE' }),
    );
    await settle();
    expect(heard).toEqual([]);
  });
});

describe('an event for one', () => {
  test('reaches that cluster only, or the manager, or the own cluster', async () => {
    const heard = note('reload');
    of(0).emitTo(2, 'reload', { x: 1 });
    of(0).emitTo('manager', 'reload');
    of(0).emitTo(0, 'reload');
    manager.emitTo(1, 'reload');
    await settle();
    expect(heard.sort()).toEqual([
      '0 <- 0: undefined',
      '1 <- manager: undefined',
      '2 <- 0: {"x":1}',
      'manager <- 0: undefined',
    ]);
  });

  test.each([3, -1, 0.5, Number.NaN])('for cluster %d, which there is not, is refused', (id) => {
    expect(() => of(0).emitTo(id, 'reload')).toThrow(expect.objectContaining({ code: 'UNKNOWN_TARGET' }));
  });

  test('keeps its place among broadcasts, waited for or not, of the same sender', async () => {
    const heard: number[] = [];
    of(2).on('n', ((n: number) => heard.push(n)) as EventListener);
    const waits: Promise<unknown>[] = [];
    for (let n = 0; n < 300; n++) {
      if (n % 3 === 0) of(0).broadcast('n', n);
      else if (n % 3 === 1) of(0).emitTo(2, 'n', n);
      else waits.push(of(0).broadcastAndWait('n', n));
    }
    await Promise.all(waits);
    expect(heard).toEqual(Array.from({ length: 300 }, (_none, n) => n));
  });
});

describe('listeners', () => {
  test('hear once, or until they listen no more', async () => {
    const heard: string[] = [];
    const often = (): unknown => heard.push('often');
    const once = (): unknown => heard.push('once');
    const never = (): unknown => heard.push('never');
    of(1).on('x', often).once('x', once).once('x', never).off('x', never).off('y', never);
    expect(of(1).listenerCount('x')).toBe(2);
    await manager.broadcastAndWait('x');
    await manager.broadcastAndWait('x');
    of(1).off('x', often);
    await manager.broadcastAndWait('x');
    expect(heard).toEqual(['often', 'once', 'often']);
    expect(of(1).listenerCount('x')).toBe(0);
  });

  test('that come or go while an event is heard do not change who hears it', async () => {
    const heard: string[] = [];
    const second = (): unknown => heard.push('second');
    of(1).on('x', () => {
      heard.push('first');
      of(1)
        .off('x', second)
        .on('x', () => heard.push('late'));
    });
    of(1).on('x', second);
    await manager.broadcastAndWait('x');
    expect(heard).toEqual(['first', 'second']);
  });

  test('are functions', () => {
    expect(() => of(0).on('x', 5 as never)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => of(0).once('x', undefined as never)).toThrow(/listener of 'x'/);
  });

  test.each([
    [
      'throws',
      () => {
        throw new RangeError('no cache');
      },
    ],
    [
      'rejects',
      async () => {
        throw new RangeError('no cache');
      },
    ],
  ])('one of which %s is reported and does not stop the others', async (_how, fails) => {
    const failures: ListenerFailure[] = [];
    const heard: string[] = [];
    of(1).onError((failure) => failures.push(failure));
    of(1)
      .on('x', fails)
      .on('x', () => heard.push('next'));
    of(0).broadcast('x');
    await settle();
    expect(heard).toEqual(['next']);
    expect(warned).toEqual(["cluster:1: a listener of the event 'x', told by cluster 0, failed: no cache"]);
    expect(failures).toEqual([{ name: 'x', source: 0, error: expect.any(RangeError) }]);
  });

  test('that fail are told to a hook until it is taken back', async () => {
    const hook = vi.fn<(failure: ListenerFailure) => void>();
    const [remove] = [of(1).onError(hook), of(1).onError(hook)];
    of(1).on('x', () => Promise.reject('just text'));
    await manager.broadcastAndWait('x');
    expect(hook).toHaveBeenCalledTimes(2);
    remove();
    remove();
    await manager.broadcastAndWait('x');
    expect(hook).toHaveBeenCalledTimes(3);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('hook');
      },
    ],
    ['rejects', () => Promise.reject(new Error('hook'))],
  ])('that fail with an error hook that %s too leave both in the log', async (_how, fails) => {
    const hook = vi.fn(fails);
    of(1).onError(hook);
    of(1).on('x', () => Promise.reject('just text'));
    await manager.broadcastAndWait('x');
    expect(hook).toHaveBeenCalledOnce();
    expect(warned.map((line) => line.slice('cluster:1: '.length))).toEqual([
      "a listener of the event 'x', told by the manager, failed: just text",
      "the error hook for the event 'x' failed: hook",
    ]);
  });
});

describe('a broadcast that is waited for', () => {
  test('is acknowledged by all others, with or without listeners, when these are done', async () => {
    let done = false;
    of(2).on('x', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done = true;
    });
    const { acknowledged, failed, missing, allOk } = await of(0).broadcastAndWait('x', 1);
    expect(done).toBe(true);
    expect({ acknowledged, failed, missing, allOk }).toEqual({
      acknowledged: ['manager', 1, 2],
      failed: [],
      missing: [],
      allOk: true,
    });
    expect((await manager.broadcastAndWait('x')).acknowledged).toEqual([0, 1, 2]);
    expect((await of(1).broadcastAndWait('x', 1, { sendSelf: true })).acknowledged).toEqual(['manager', 0, 1, 2]);
  });

  test('says who failed, with what was thrown', async () => {
    of(1).on('x', () => {
      throw Object.assign(new TypeError('bad'), { code: 'E_BAD' });
    });
    of(2).on('x', () => {
      throw new Error('one');
    });
    of(2).on('x', async () => {
      throw new Error('two');
    });
    const { acknowledged, failed, missing, allOk } = await of(0).broadcastAndWait('x');
    expect([acknowledged, missing, allOk]).toEqual([['manager'], [], false]);
    expect(failed).toMatchObject([
      {
        node: 1,
        error: { code: 'HANDLER_FAILED', details: { method: 'x' }, cause: { name: 'TypeError', code: 'E_BAD' } },
      },
      {
        node: 2,
        error: { cause: { message: '2 listeners failed', errors: [{ message: 'one' }, { message: 'two' }] } },
      },
    ]);
  });

  test('says who is down, who died with it, and who is late', async () => {
    const reached = new Promise<void>((resolve) => of(1).on('x', () => resolve()));
    of(1).on('x', () => new Promise(() => undefined));
    of(0).on('x', () => new Promise(() => undefined));
    await kill(2);
    const asked = manager.broadcastAndWait('x', undefined, 200);
    await reached;
    await kill(1);
    const { acknowledged, failed, missing, allOk } = await asked;
    expect([acknowledged, failed, allOk]).toEqual([[], [], false]);
    expect(missing.map(({ node, error }) => [node, (error as { code?: string }).code])).toEqual([
      [0, 'CALL_TIMEOUT'],
      [1, 'LINK_CLOSED'],
      [2, 'NO_ROUTE'],
    ]);
  });

  test('is given up by its signal', async () => {
    of(1).on('x', () => new Promise(() => undefined));
    const signal = AbortSignal.timeout(20);
    await expect(of(0).broadcastAndWait('x', 1, { signal })).rejects.toMatchObject({ code: 'CALL_ABORTED' });
  });

  test('with nobody else there is acknowledged by nobody, at once', async () => {
    const { node } = createFleet().manager;
    const alone = new Events({ peer: node.peer, members: () => [localHost], warn: () => undefined });
    expect(await alone.broadcastAndWait('x')).toEqual({ acknowledged: [], failed: [], missing: [], allOk: true });
    expect(() => alone.broadcast('x')).not.toThrow();
  });
});
