/** test/cluster/cluster: the states of one cluster, walked with a child that is no process. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { defaultReadyTimeoutMs, perShardMs } from '../../src/cluster/ready-deadline.ts';
import type { ShardliftError } from '../../src/errors.ts';
import { fakeCluster, settled } from './fake-child.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a promise rejected with, or that it did not. */
const failureOf = (promise: Promise<unknown>): Promise<ShardliftError> =>
  promise.then(
    () => expect.unreachable('it resolved'),
    (error: unknown) => error as ShardliftError,
  );

describe('a start', () => {
  test('is over when every shard is ready, not before', async () => {
    const { cluster, events } = fakeCluster();
    const spawned = cluster.spawn();
    cluster.attached();
    cluster.step({ shard: 0, step: 'ready' });
    expect(cluster.state).toBe('starting');
    cluster.step({ shard: 1, step: 'ready' });
    await spawned;
    expect(cluster.ready).toBe(true);
    expect(events).toEqual(['spawn', 'attached', 'shardReady', 'shardReady', 'ready']);
  });

  test('counts a shard that disconnects as not ready again', async () => {
    const { cluster } = fakeCluster();
    const spawned = cluster.spawn();
    cluster.step({ shard: 0, step: 'ready' });
    cluster.step({ shard: 0, step: 'disconnect', code: 1006 });
    cluster.step({ shard: 1, step: 'ready' });
    expect(cluster.state).toBe('starting');
    cluster.step({ shard: 0, step: 'resume', replayed: 3 });
    await spawned;
  });

  test('of a running cluster is refused', async () => {
    const { cluster, becomeReady } = fakeCluster();
    void cluster.spawn();
    becomeReady();
    await expect(cluster.spawn()).rejects.toMatchObject({ code: 'CLUSTER_RUNNING' });
  });

  test('that dies fails with the exit code and the last of stderr', async () => {
    const { cluster, last } = fakeCluster();
    const spawned = failureOf(cluster.spawn());
    await last().die({ code: 3 });
    const error = await spawned;
    expect(error).toMatchObject({ code: 'CLUSTER_DIED', details: { cluster: 0, code: 3, signal: null } });
    expect(error.message).toContain('exit code 3');
    expect(error.message).toContain('stderr of start 1');
  });

  test('without progress fails with the missing shards, ends the child and tries again', async () => {
    const { cluster, last, children, logged } = fakeCluster();
    const spawned = failureOf(cluster.spawn({ timeoutMs: 1_000 }));
    cluster.step({ shard: 0, step: 'ready' });
    await vi.advanceTimersByTimeAsync(1_000 + perShardMs);
    expect(await spawned).toMatchObject({
      code: 'READY_TIMEOUT',
      details: { missing: [1], timeoutMs: 1_000 + perShardMs },
    });
    expect(last().kills).toEqual([5_000]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(children).toHaveLength(2);
    expect(logged.join('\n')).toContain(`it was ended, as it made no progress for ${1_000 + perShardMs} ms`);
  });

  test('that took too long is followed by ones with twice the patience each, up to eight times, until one comes up', async () => {
    const rules = { firstMs: 10, factor: 1, maxRestarts: 100 };
    const { cluster, last, children, logged } = fakeCluster({ shards: [0], rules });
    const spawned = failureOf(cluster.spawn({ timeoutMs: 1_000 }));
    for (const [start, patienceMs] of [1_000, 2_000, 4_000, 8_000, 8_000].entries()) {
      await vi.advanceTimersByTimeAsync(patienceMs - 100);
      expect([children.length, last().kills]).toEqual([start + 1, []]);
      await vi.advanceTimersByTimeAsync(112);
    }
    await vi.advanceTimersByTimeAsync(20);
    expect(await spawned).toMatchObject({ code: 'READY_TIMEOUT', details: { timeoutMs: 1_000 } });
    expect(logged.join('\n')).toContain('That start was given up after 1 s; the next one may take 2 s.');
    cluster.step({ shard: 0, step: 'ready' });
    await last().die();
    await vi.advanceTimersByTimeAsync(20);
    expect([children.length, logged.at(-1)]).toEqual([7, expect.not.stringContaining('given up')]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(children.at(6)?.kills).toHaveLength(1);
    await cluster.kill();
  });

  test('that somebody asks for has the patience it is asked for, whatever took too long before', async () => {
    const { cluster, last, settings } = fakeCluster({ shards: [0] });
    settings.respawn = false;
    for (let start = 1; start <= 2; start++) {
      const spawned = failureOf(cluster.spawn({ timeoutMs: 1_000 }));
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await spawned).toMatchObject({ code: 'READY_TIMEOUT', details: { timeoutMs: 1_000 } });
      expect(last().kills).toHaveLength(1);
    }
  });

  test('in the identify queue has all the time it needs', async () => {
    const { cluster, becomeReady } = fakeCluster();
    const spawned = cluster.spawn({ timeoutMs: 1_000 });
    cluster.identifyQueue('entered', 0);
    await vi.advanceTimersByTimeAsync(3_600_000);
    cluster.identifyQueue('left', 0);
    becomeReady();
    await spawned;
  });

  test('with a timeout of null resolves at once and never times out', async () => {
    const { cluster } = fakeCluster();
    await cluster.spawn({ timeoutMs: null });
    await vi.advanceTimersByTimeAsync(defaultReadyTimeoutMs * 100);
    expect(cluster.state).toBe('starting');
  });
});

test('a cluster that cannot be reached says why once, becomes ready all the same, and starts anew like any other', async () => {
  const { cluster, becomeReady, last } = fakeCluster();
  const told: string[] = [];
  cluster.on('unreachable', (reason) => told.push(reason));
  cluster.unreached('nobody runs there');
  const started = cluster.spawn();
  cluster.unreached('it knows nobody');
  cluster.unreached('it still knows nobody');
  becomeReady();
  await started;
  expect([told, cluster.unreachable, cluster.ready]).toEqual([['it knows nobody'], 'it knows nobody', true]);
  await last().die();
  await vi.waitFor(() => expect(cluster.incarnation).toBe(2));
  expect(cluster.unreachable).toBeUndefined();
  await cluster.kill();
});

describe('a death', () => {
  test('of a ready cluster starts it again after a pause, as a new incarnation', async () => {
    const { cluster, last, logged, events, becomeReady } = fakeCluster({ rules: { firstMs: 100 } });
    void cluster.spawn();
    becomeReady();
    await last().die({ code: null, signal: 'SIGKILL' });
    expect(cluster.state).toBe('waiting');
    // Callers learn of it first: a logger may take its time.
    expect(logged).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(logged.join('\n')).toMatch(/warn: cluster 0 died and starts again in \d+ ms.*signal SIGKILL/);
    expect(cluster.incarnation).toBe(2);
    becomeReady();
    expect(cluster.ready).toBe(true);
    expect(events).toEqual([
      ...['spawn', 'shardReady', 'shardReady', 'ready', 'death', 'restarting'],
      ...['spawn', 'shardReady', 'shardReady', 'ready'],
    ]);
  });

  test('is final when respawn is off, and announced as such', async () => {
    const { cluster, last, settings, logged, becomeReady } = fakeCluster();
    const failed = vi.fn<(error: ShardliftError) => void>();
    cluster.on('failed', failed);
    void cluster.spawn();
    becomeReady();
    settings.respawn = false;
    await last().die();
    await vi.advanceTimersByTimeAsync(1e7);
    expect(cluster.state).toBe('stopped');
    expect(cluster.incarnation).toBe(1);
    expect(failed.mock.calls).toEqual([[expect.objectContaining({ code: 'CLUSTER_DIED' })]]);
    expect(logged).toEqual([expect.stringMatching(/^error: Cluster 0 died/)]);
  });

  test('too many stop it for good and say how many, with the last one as cause', async () => {
    const { cluster, last, children, logged } = fakeCluster({ rules: { maxRestarts: 3, firstMs: 10, maxMs: 10 } });
    const failed = vi.fn<(error: ShardliftError) => void>();
    cluster.on('failed', failed);
    cluster.spawn().catch(() => undefined);
    for (let death = 0; death < 4; death++) {
      await last().die({ code: death });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    await vi.advanceTimersByTimeAsync(1e7);
    expect(children).toHaveLength(4);
    expect(cluster.state).toBe('failed');
    expect(failed.mock.calls).toHaveLength(1);
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: 'RESTART_LIMIT', details: { restarts: 3 } });
    expect(failed.mock.calls[0]?.[0].cause).toMatchObject({ code: 'CLUSTER_DIED', details: { code: 3 } });
    const [given] = logged.filter((line) => line.startsWith('error: '));
    expect(given).toMatch(/too often.*\nCluster 0 died: exit code 3.*\n {2}stderr of start 4/s);
  });

  test('of a thread is logged with the stack of what it died of', async () => {
    const { cluster, last, logged } = fakeCluster();
    cluster.spawn().catch(() => undefined);
    const error = Object.assign(new Error('boom'), { stack: 'Error: boom\n    at shuffle (/bot/cards.js:3:7)' });
    await last().die({ error });
    await vi.advanceTimersByTimeAsync(1);
    expect(logged.join('\n')).toContain('at shuffle (/bot/cards.js:3:7)');
  });

  test.each([
    ['token', 'TOKEN_REFUSED'],
    ['gateway', 'GATEWAY_REFUSED'],
  ] as const)('after a failure of the %s is final: %s, no second start', async (kind, code) => {
    const { cluster, children, logged } = fakeCluster();
    const spawned = failureOf(cluster.spawn());
    cluster.failure({ kind, message: 'the reason' });
    await settled();
    expect(await spawned).toMatchObject({ code, message: expect.stringContaining('the reason') });
    await vi.advanceTimersByTimeAsync(1e7);
    expect(children).toHaveLength(1);
    expect(cluster.state).toBe('failed');
    expect(logged).toEqual([expect.stringContaining('the reason')]);
  });

  test.each([4004, 4010, 4011, 4012, 4013, 4014])('after the close code %i is final', async (code) => {
    const { cluster, children, last, becomeReady } = fakeCluster();
    void cluster.spawn();
    becomeReady();
    cluster.step({ shard: 1, step: 'disconnect', code });
    await settled();
    await vi.advanceTimersByTimeAsync(1e7);
    expect(cluster.state).toBe('failed');
    expect(children).toHaveLength(1);
    expect(last().kills).toHaveLength(1);
  });

  test('after a token that was refused is final, unless the bot logged in with another meanwhile', async () => {
    const first = fakeCluster();
    const spawned = failureOf(first.cluster.spawn());
    first.cluster.failure({ kind: 'refused', message: 'the reason' });
    await settled();
    expect(first.last().kills).toEqual([]);
    await first.last().die({ code: 1 });
    expect(await spawned).toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(first.cluster.state).toBe('failed');

    const second = fakeCluster();
    const died = failureOf(second.cluster.spawn());
    second.cluster.failure({ kind: 'refused', message: 'the reason' });
    second.cluster.loginAgain();
    await second.last().die({ code: 1 });
    expect(await died).toMatchObject({ code: 'CLUSTER_DIED' });
    expect(second.cluster.state).toBe('waiting');
  });

  test('of a failed login says what login said', async () => {
    const { cluster, last } = fakeCluster();
    const spawned = failureOf(cluster.spawn());
    cluster.failure({ kind: 'login', message: 'Used disallowed thing' });
    await last().die({ code: 1 });
    expect(await spawned).toMatchObject({
      code: 'CLUSTER_DIED',
      details: { reason: 'Used disallowed thing', code: 1 },
    });
  });

  test('long after a login that failed and then succeeded is not blamed on that login', async () => {
    const { cluster, last, logged, becomeReady } = fakeCluster({ rules: { firstMs: 100 }, maxHangs: 0 });
    void cluster.spawn();
    cluster.failure({ kind: 'login', message: 'Discord answered 503' });
    becomeReady();
    await last().die({ code: 1 });
    await vi.advanceTimersByTimeAsync(200);
    expect(logged.join('\n')).toContain('exit code 1');
    cluster.failure({ kind: 'login', message: 'Discord answered 503' });
    becomeReady();
    cluster.hung(16_000);
    await settled();
    // With no restart for clusters that hang: the hang was counted as one.
    expect(cluster.state).toBe('failed');
  });

  test('of a cluster that became ready while it was being ended says why it was', async () => {
    const { cluster, last, logged, becomeReady } = fakeCluster({ stubborn: true });
    cluster.spawn({ timeoutMs: 1_000 }).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000 + perShardMs);
    becomeReady();
    await last().die({ code: null, signal: 'SIGKILL' });
    await vi.advanceTimersByTimeAsync(1);
    expect(logged.join('\n')).toContain(`it was ended, as it made no progress`);
  });

  test('of an earlier child is nothing to the present one', async () => {
    const { cluster, children, becomeReady } = fakeCluster({ stubborn: true });
    void cluster.spawn();
    becomeReady();
    const killed = cluster.kill();
    await children[0]?.die();
    await killed;
    void cluster.spawn();
    becomeReady();
    await children[0]?.die();
    expect(cluster.ready).toBe(true);
  });
});

describe('a start that gives no child', () => {
  const refusal = new Error('spawn ENOMEM');

  test('fails with its reason and is tried again after a pause', async () => {
    const { cluster, children, settings, logged, becomeReady } = fakeCluster({ rules: { firstMs: 100 } });
    settings.refusal = refusal;
    const error = await failureOf(cluster.spawn());
    expect(error).toMatchObject({ code: 'CLUSTER_DIED', cause: refusal, details: { code: null, signal: null } });
    expect(error.message).toContain('could not be started (spawn ENOMEM)');
    expect(cluster.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(logged.join('\n')).toMatch(/warn: cluster 0 died and starts again in \d+ ms.*spawn ENOMEM/);
    settings.refusal = undefined;
    await vi.advanceTimersByTimeAsync(200);
    becomeReady();
    expect(cluster.ready).toBe(true);
    expect(children).toHaveLength(1);
  });

  test('in the background uses up the budget like any other death, and throws nowhere', async () => {
    const { cluster, last, settings, becomeReady } = fakeCluster({ rules: { maxRestarts: 2, firstMs: 10 } });
    void cluster.spawn();
    becomeReady();
    settings.refusal = refusal;
    await last().die();
    await vi.advanceTimersByTimeAsync(1e4);
    expect(cluster.state).toBe('failed');
  });

  test('is the end when respawn is off, and may be tried again by hand', async () => {
    const { cluster, settings, becomeReady } = fakeCluster();
    Object.assign(settings, { respawn: false, refusal });
    expect(await failureOf(cluster.spawn())).toMatchObject({ code: 'CLUSTER_DIED' });
    expect(cluster.state).toBe('stopped');
    settings.refusal = undefined;
    const spawned = cluster.spawn();
    becomeReady();
    await spawned;
  });

  test('because none may start any more leaves the cluster as it is', async () => {
    const { cluster, children, settings, becomeReady } = fakeCluster();
    void cluster.spawn();
    becomeReady();
    const respawned = failureOf(cluster.respawn());
    settings.stopped = refusal;
    expect(await respawned).toBe(refusal);
    expect(cluster.state).toBe('stopped');
    expect(children).toHaveLength(1);
  });
});

test('a respawn that waits for its time ends when the manager stops', async () => {
  const { cluster, children, settings, stopping, becomeReady } = fakeCluster();
  void cluster.spawn();
  becomeReady();
  const respawned = failureOf(cluster.respawn({ delayMs: 3_600_000 }));
  await settled();
  settings.stopped = new Error('the manager was stopped');
  stopping.abort();
  expect(await respawned).toBe(settings.stopped);
  expect([children.length, vi.getTimerCount()]).toEqual([1, 0]);
});

test.each<[string, (cluster: Cluster) => Promise<unknown>, string]>([
  ['killed', (cluster) => cluster.kill({ reason: 'the owner said so' }), 'the owner said so'],
  ['respawned again', (cluster) => cluster.respawn(), 'respawn was called'],
  ['spawned', (cluster) => cluster.spawn(), 'it was spawned meanwhile'],
])('a respawn that waits for its time is called off when the cluster is %s', async (_how, act, reason) => {
  const { cluster, children, becomeReady } = fakeCluster();
  void cluster.spawn();
  becomeReady();
  const respawned = failureOf(cluster.respawn({ delayMs: 3_600_000 }));
  await settled();
  // Those that may wait for it do so.
  expect([cluster.state, cluster.returning]).toEqual(['waiting', true]);
  act(cluster).catch(() => undefined);
  expect(await respawned).toMatchObject({ code: 'RESPAWN_CALLED_OFF', details: { cluster: 0, reason } });
  await settled();
  becomeReady();
  await vi.advanceTimersByTimeAsync(1e7);
  const started = reason === 'the owner said so' ? 1 : 2;
  expect([children.length, cluster.returning]).toEqual([started, started === 2]);
});

test('a respawn by a listener that hears of a start takes the place of that start', async () => {
  const { cluster, children, becomeReady } = fakeCluster();
  let respawned: Promise<void> | undefined;
  cluster.once('stateChange', () => {
    respawned = cluster.respawn();
  });
  expect(await failureOf(cluster.spawn())).toMatchObject({ code: 'RESPAWN_CALLED_OFF' });
  await settled();
  becomeReady();
  await respawned;
  expect([cluster.state, children.length]).toEqual(['ready', 1]);
});

test.each([0, 3_600_000])('a respawn after %i ms is called off by a kill while its child ends', async (delayMs) => {
  const { cluster, children, last, becomeReady } = fakeCluster({ stubborn: true });
  void cluster.spawn();
  becomeReady();
  const respawned = failureOf(cluster.respawn({ delayMs }));
  await settled();
  expect(cluster.returning).toBe(true);
  const killed = cluster.kill({ reason: 'the owner said so' });
  // From now on nobody waits for it, though its child has not ended yet; that is not asked a second time either.
  expect([cluster.returning, last().kills.length]).toEqual([false, 1]);
  await last().die();
  await killed;
  expect(await respawned).toMatchObject({ code: 'RESPAWN_CALLED_OFF', details: { reason: 'the owner said so' } });
  expect([cluster.state, children.length, vi.getTimerCount()]).toEqual(['stopped', 1, 0]);
});

test('a start is called off by a kill while it is prepared', async () => {
  const { cluster, children, settings } = fakeCluster();
  settings.prepared = Promise.resolve();
  const spawned = failureOf(cluster.spawn());
  await cluster.kill();
  expect(await spawned).toMatchObject({ code: 'RESPAWN_CALLED_OFF', details: { reason: 'kill was called' } });
  expect([cluster.state, children.length]).toEqual(['idle', 0]);
});

test('a start is called off by a kill of a listener that hears of it, and may be tried again', async () => {
  const { cluster, children, becomeReady } = fakeCluster();
  cluster.once('stateChange', () => void cluster.kill());
  expect(await failureOf(cluster.spawn())).toMatchObject({ code: 'RESPAWN_CALLED_OFF' });
  expect([cluster.state, children.length]).toEqual(['stopped', 0]);
  const spawned = cluster.spawn();
  becomeReady();
  await spawned;
});

test('of two respawns that wait for their time the later one counts, and a kill calls it off', async () => {
  const { cluster, children, last, becomeReady } = fakeCluster({ stubborn: true });
  void cluster.spawn();
  becomeReady();
  const first = failureOf(cluster.respawn({ delayMs: 1_000 }));
  const second = failureOf(cluster.respawn({ delayMs: 2_000 }));
  await last().die();
  expect(await first).toMatchObject({ code: 'RESPAWN_CALLED_OFF' });
  await cluster.kill({ reason: 'the owner said so' });
  expect(await second).toMatchObject({ code: 'RESPAWN_CALLED_OFF', details: { reason: 'the owner said so' } });
  await vi.advanceTimersByTimeAsync(1e7);
  expect([cluster.state, children.length]).toEqual(['stopped', 1]);
});

test('a respawn whose child ends after the stop of the manager leaves nothing waiting', async () => {
  const { cluster, last, settings, stopping, becomeReady } = fakeCluster({ stubborn: true });
  void cluster.spawn();
  becomeReady();
  const respawned = failureOf(cluster.respawn({ delayMs: 1_000 }));
  await settled();
  settings.stopped = new Error('the manager was stopped');
  stopping.abort();
  const killed = cluster.kill();
  await last().die();
  await killed;
  expect(await respawned).toBe(settings.stopped);
  expect(cluster.state).toBe('stopped');
});

test('a start waits for what prepares it', async () => {
  const { cluster, children, settings, becomeReady } = fakeCluster();
  let go: () => void = () => undefined;
  settings.prepared = new Promise<void>((resolve) => {
    go = resolve;
  });
  const spawned = cluster.spawn();
  await settled();
  expect(children).toHaveLength(0);
  go();
  await settled();
  becomeReady();
  await spawned;
  expect(children).toHaveLength(1);
});

describe('a listener that throws is an uncaught exception, and', () => {
  const uncaught: unknown[] = [];
  let others: NodeJS.UncaughtExceptionListener[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  beforeEach(() => {
    // What is faked here is the time of the cluster, not Node's own turns.
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    uncaught.length = 0;
    others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', note);
  });
  afterEach(() => {
    process.removeAllListeners('uncaughtException');
    for (const listener of others) process.on('uncaughtException', listener);
  });
  const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('keeps no cluster from its start, its restart or its end', async () => {
    const { cluster, last, children, events, becomeReady } = fakeCluster({ rules: { firstMs: 100 } });
    const thrown: string[] = [];
    const names = ['spawn', 'stateChange', 'shardReady', 'ready', 'death', 'restarting', 'hung'] as const;
    for (const name of names) {
      cluster.prependListener(name, () => {
        thrown.push(name);
        throw new Error(name);
      });
    }
    const spawned = cluster.spawn();
    becomeReady();
    await spawned;
    await last().die();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(children).toHaveLength(2);
    becomeReady();
    expect(cluster.ready).toBe(true);
    cluster.hung(16_000);
    expect(last().kills).toHaveLength(1);
    await cluster.kill();
    await nextTurn();
    expect(new Set(thrown)).toEqual(new Set(names));
    expect(uncaught.map((error) => (error as Error).message)).toEqual(thrown);
    // The others hear of it all the same.
    expect(events.slice(0, 6)).toEqual(['spawn', 'shardReady', 'shardReady', 'ready', 'death', 'restarting']);
  });
});

test('the line of a child that is gone is closed before its successor starts', async () => {
  const { cluster, children, becomeReady } = fakeCluster();
  void cluster.spawn();
  becomeReady();
  void cluster.respawn();
  await settled();
  expect(children).toHaveLength(2);
  await expect(children[0]?.launched.link.closed).resolves.toBe('it ended with signal SIGTERM');
});

describe('a cluster that hung', () => {
  test('is ended, and starts again as after any death', async () => {
    const { cluster, last, logged, becomeReady } = fakeCluster({ rules: { firstMs: 100 } });
    const deaths: unknown[] = [];
    const silences: number[] = [];
    cluster.on('death', ({ reason, requested }) => void deaths.push([reason, requested]));
    cluster.on('hung', (silentMs) => void silences.push(silentMs));
    void cluster.spawn();
    becomeReady();
    cluster.hung(16_000);
    expect(last().kills).toEqual([5_000]);
    await settled();
    expect(cluster.state).toBe('waiting');
    expect(deaths).toEqual([['its event loop did not answer for 16000 ms, so it was ended', false]]);
    expect(silences).toEqual([16_000]);
    await vi.advanceTimersByTimeAsync(200);
    expect(logged.join('\n')).toContain('did not answer for 16000 ms');
    expect(cluster.incarnation).toBe(2);
  });

  test('too often stays down, though it may die of other things more often', async () => {
    const { cluster, last, becomeReady } = fakeCluster({ rules: { firstMs: 10 }, maxHangs: 1 });
    void cluster.spawn();
    for (const hangs of [true, false, false]) {
      becomeReady();
      if (hangs) cluster.hung(1);
      else await last().die();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    becomeReady();
    expect(cluster.ready).toBe(true);
    const failed = vi.fn<(error: ShardliftError) => void>();
    cluster.on('failed', failed);
    cluster.hung(1);
    await settled();
    expect(cluster.state).toBe('failed');
    expect(failed.mock.calls[0]?.[0].message).toContain('Cluster 0 hung too often (1 restarts for it)');
  });

  test('is no news while it starts', () => {
    const { cluster, last } = fakeCluster();
    void cluster.spawn();
    cluster.hung(1);
    expect(last().kills).toEqual([]);
  });
});

test('a death says why: what it was killed for, else how it ended', async () => {
  const { cluster, last, becomeReady } = fakeCluster();
  const deaths: unknown[] = [];
  cluster.on('death', ({ code, signal, reason, requested }) => void deaths.push([code, signal, reason, requested]));
  void cluster.spawn();
  becomeReady();
  await cluster.kill({ reason: 'maintenance' });
  void cluster.spawn();
  becomeReady();
  await last().die({ code: 3 });
  expect(deaths).toEqual([
    [null, 'SIGTERM', 'maintenance', true],
    [3, null, 'exit code 3', false],
  ]);
});

describe('an end on request', () => {
  test('resolves when the child is gone, and nothing starts it again', async () => {
    const { cluster, last, becomeReady } = fakeCluster({ stubborn: true });
    void cluster.spawn();
    becomeReady();
    const gone = vi.fn<() => void>();
    const killed = cluster.kill().then(gone);
    await settled();
    expect(cluster.state).toBe('stopping');
    expect(gone).not.toHaveBeenCalled();
    await last().die();
    await killed;
    expect(cluster.state).toBe('stopped');
    await vi.advanceTimersByTimeAsync(1e7);
    expect(cluster.incarnation).toBe(1);
  });

  test('while it waits to be started again keeps it down', async () => {
    const { cluster, last, becomeReady } = fakeCluster();
    void cluster.spawn();
    becomeReady();
    await last().die();
    await cluster.kill();
    await vi.advanceTimersByTimeAsync(1e7);
    expect(cluster.state).toBe('stopped');
    expect(cluster.incarnation).toBe(1);
  });

  test('by a listener that hears of the restart keeps it down as well', async () => {
    const { cluster, last, children, becomeReady } = fakeCluster({ rules: { firstMs: 100 } });
    cluster.on('restarting', () => void cluster.kill());
    void cluster.spawn();
    becomeReady();
    await last().die();
    await vi.advanceTimersByTimeAsync(1e7);
    expect(cluster.state).toBe('stopped');
    expect(children).toHaveLength(1);
  });

  test('of a cluster that never started is nothing', async () => {
    const { cluster } = fakeCluster();
    await cluster.kill();
    expect(cluster.state).toBe('idle');
  });

  test('and a new start make a respawn', async () => {
    const { cluster, becomeReady } = fakeCluster();
    void cluster.spawn();
    becomeReady();
    const respawned = cluster.respawn();
    await settled();
    becomeReady();
    await respawned;
    expect(cluster.incarnation).toBe(2);
    expect(cluster.ready).toBe(true);
  });
});

test('a spawn of a cluster that waits for its restart replaces that restart', async () => {
  const { cluster, last, children, becomeReady } = fakeCluster({ rules: { firstMs: 500 } });
  void cluster.spawn();
  becomeReady();
  await last().die();
  expect(cluster.state).toBe('waiting');
  const spawned = cluster.spawn();
  becomeReady();
  await spawned;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(children).toHaveLength(2);
  expect(cluster.ready).toBe(true);
});

test('a failed cluster that is respawned by hand has its whole budget again', async () => {
  const { cluster, last, children } = fakeCluster({ rules: { maxRestarts: 1, firstMs: 10 } });
  const crash = async (): Promise<void> => {
    await last().die();
    await vi.advanceTimersByTimeAsync(1_000);
  };
  cluster.spawn().catch(() => undefined);
  await crash();
  await crash();
  expect(cluster.state).toBe('failed');
  cluster.respawn().catch(() => undefined);
  await settled();
  await crash();
  expect(cluster.state).toBe('starting');
  expect(children).toHaveLength(4);
});

test("a bot's own messages come out of the message event", async () => {
  const { cluster, last } = fakeCluster();
  const heard: unknown[] = [];
  cluster.on('message', (message) => void heard.push(message));
  void cluster.spawn({ timeoutMs: null });
  last().say({ _ready: true, hello: 'world' });
  expect(heard).toEqual([{ _ready: true, hello: 'world' }]);
});

test('a message to a cluster without a child is refused', async () => {
  const { cluster } = fakeCluster();
  await expect(cluster.send('hello')).rejects.toMatchObject({
    code: 'LINK_CLOSED',
    message: expect.stringContaining('it is idle'),
  });
});
