import type { ChildProcess } from 'node:child_process';
import { DiscordjsError, DiscordjsErrorCodes, Shard as StockShard } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Shard, ShardingManager } from '../../compat/index.ts';
import { Fleet, fixture, heard } from './fleet.ts';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.start();
});
afterEach(() => fleet.close());

const nothing = (): undefined => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing } as const;
const restarts = { firstMs: 10 };
const pid = (shard: Shard | undefined): number | undefined => shard?.process?.pid;
const at = (manager: ShardingManager, id: number): Shard => manager.shards.get(id) as Shard;
const isAlive = (child: number): boolean => {
  try {
    return process.kill(child, 0);
  } catch {
    return false;
  }
};

/** Notes every event of every shard, as `2 ready`. */
function journal(manager: ShardingManager): string[] {
  const lines: string[] = [];
  manager.on('shardCreate', (shard) => {
    lines.push(`${shard.id} create`);
    for (const event of ['spawn', 'ready', 'death', 'error', 'disconnect'] as const) {
      shard.on(event, () => void lines.push(`${shard.id} ${event}`));
    }
  });
  return lines;
}

describe('spawn', () => {
  test('creates all shards of a cluster before it starts, and tells each of its child', async () => {
    const manager = fleet.manager({ hybrid: { shardsPerCluster: 2 } });
    const lines = journal(manager);
    expect(await manager.spawn({ delay: 0 })).toBe(manager.shards);
    expect(lines.slice(0, 4)).toEqual(['0 create', '1 create', '0 spawn', '1 spawn']);
    expect(lines.indexOf('2 create')).toBeLessThan(lines.indexOf('2 spawn'));
    expect(lines.filter((line) => line.endsWith('ready')).sort()).toEqual(['0 ready', '1 ready', '2 ready', '3 ready']);
    expect(pid(at(manager, 0))).toBe(pid(at(manager, 1)));
    expect(pid(at(manager, 2))).not.toBe(pid(at(manager, 1)));
    expect(manager.shards.every((shard) => shard.ready)).toBe(true);
  });

  test('shows plugins the plan, and waits for them before it starts a cluster', async () => {
    const manager = fleet.manager({ hybrid: { shardsPerCluster: 4 } });
    const lines = journal(manager);
    const late = async (line: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      lines.push(line);
    };
    manager.hybrid.use({
      name: 'slow',
      install: () => late('installed'),
      beforeSpawn: ({ plan, totalShards }) => late(`${JSON.stringify(plan)} of ${totalShards}`),
      clusterCreate: ({ id }) => late(`cluster ${id} prepared`),
    });
    await manager.spawn({ delay: 0 });
    const created = [0, 1, 2, 3].map((id) => `${id} create`);
    expect(lines.slice(0, 8)).toEqual([
      ...created,
      ...['installed', '[[0,1,2,3]] of 4'],
      ...['cluster 0 prepared', '0 spawn'],
    ]);
  });

  test('starts clusters of several shards side by side', async () => {
    const manager = fleet.manager({ hybrid: { shardsPerCluster: 2 } });
    const lines = journal(manager);
    await manager.spawn({ delay: 1 });
    expect(lines.indexOf('2 spawn')).toBeLessThan(lines.indexOf('0 ready'));
  });

  test('starts clusters of one shard in the sequence of discord.js', async () => {
    const manager = fleet.manager({ totalShards: 3, shardList: [2, 0], hybrid: { shardsPerCluster: 1 } });
    const lines = journal(manager);
    await manager.spawn({ delay: 10 });
    expect(lines).toEqual(['2 create', '2 spawn', '2 ready', '0 create', '0 spawn', '0 ready']);
    expect([...manager.shards.keys()]).toEqual([2, 0]);
    expect(await manager.broadcastEval((c) => c.shard?.ids)).toEqual([[2], [0]]);
  });

  test('keeps the order of the list in results, whatever the clusters', async () => {
    const manager = fleet.manager({ totalShards: 4, shardList: [3, 1, 0], hybrid: { totalClusters: 1 } });
    await manager.spawn({ delay: 0 });
    const ids = [...manager.shards.keys()];
    expect(await manager.broadcastEval((c) => c.shard?.ids[0])).toEqual(ids);
    expect(ids.toSorted()).toEqual([0, 1, 3]);
  });

  test('lays out clusters by core when nothing is said, and asks Discord for the total', async () => {
    const manager = fleet.manager({ totalShards: 'auto' });
    await manager.spawn({ delay: 0 });
    expect(manager.totalShards).toBe(4);
    const clusters = new Set(manager.shards.map(pid)).size;
    expect(clusters).toBe(manager.hybrid.clusters.size);
    expect(clusters).toBe(Math.min(4, manager.hybrid.options.parallelism));
  });

  test('is followed by a respawnAll that asks the respawn a program has put on a Shard, and restarts once', async () => {
    const manager = fleet.manager({ totalShards: 2, hybrid: { shardsPerCluster: 2 } });
    const asked: unknown[] = [];
    manager.on('shardCreate', (shard) => {
      const { respawn } = shard;
      shard.respawn = (pace) => {
        asked.push([shard.id, pace]);
        return respawn.call(shard, pace);
      };
    });
    await manager.spawn({ delay: 0 });
    const before = [...manager.shards.values()].map(pid);
    await manager.respawnAll({ shardDelay: 0, respawnDelay: 1 });
    expect(asked).toEqual([0, 1].map((id) => [id, { delay: 1, timeout: 30_000 }]));
    expect(manager.shards.every((shard) => shard.ready && !before.includes(pid(shard)))).toBe(true);
    expect(manager.hybrid.clusters.map(({ incarnation }) => incarnation)).toEqual([2]);
  });

  test('uses what shardCreate listeners set on the first shard of a cluster', async () => {
    const warn = vi.fn();
    const manager = fleet.manager({ hybrid: { totalClusters: 1, logger: { ...quiet, warn } } });
    manager.on('shardCreate', (shard) => {
      Object.assign(shard.env as object, { FLAVOUR: `of ${shard.id}` });
      shard.args = ['--id', String(shard.id)];
    });
    await manager.spawn({ delay: 0 });
    const facts = (): unknown => [process.env.FLAVOUR, process.argv.slice(2), process.env.SHARDS, process.execArgv];
    expect(await at(manager, 1).eval(facts)).toEqual(['of 0', ['--id', '0'], '[0,1,2,3]', []]);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^Shards 1, 2, 3 have env, args.*shard 0, whose settings/)],
    ]);
  });

  test('gives a cluster of one shard the plain number in SHARDS', async () => {
    const manager = fleet.manager({ totalShards: 1 });
    await manager.spawn();
    expect(await manager.broadcastEval(() => process.env.SHARDS)).toEqual(['0']);
  });

  test('answers ShardingInProcess meanwhile, also to a second spawn, and aimed calls', async () => {
    const manager = fleet.manager({ hybrid: { shardsPerCluster: 1 } });
    const first = new Promise<unknown>((resolve) => {
      manager.once('shardCreate', (shard) => void shard.once('ready', () => resolve(shard.eval((c) => c.shard?.ids))));
    });
    const spawned = manager.spawn({ delay: 0 });
    await expect(manager.spawn()).rejects.toMatchObject({ code: DiscordjsErrorCodes.ShardingInProcess });
    expect(await first).toEqual([0]);
    await expect(manager.fetchClientValues('x')).rejects.toMatchObject({ code: DiscordjsErrorCodes.ShardingInProcess });
    await spawned;
    await expect(manager.spawn()).rejects.toThrow('Already spawned 4 shards.');
  });

  test('does not spawn twice what a list names', async () => {
    const manager = fleet.manager({ totalShards: 8, shardList: [0, 1] });
    await manager.spawn({ delay: 0 });
    await expect(manager.spawn()).rejects.toMatchObject({ code: DiscordjsErrorCodes.ShardingAlreadySpawned });
  });

  test('does not wait with a timeout of -1', async () => {
    fleet.mute(0);
    const manager = fleet.manager({ totalShards: 1 });
    await manager.spawn({ timeout: -1 });
    expect(at(manager, 0).ready).toBe(false);
    expect(pid(at(manager, 0))).toBeGreaterThan(0);
  });
});

describe('a start that fails', () => {
  test('of a process that exits is ShardingReadyDied, with the reason as cause', async () => {
    const manager = fleet.manager(
      { totalShards: 2, respawn: false, silent: true, hybrid: { logger: quiet } },
      'bot-dies.cjs',
    );
    const error = await manager.spawn({ delay: 0 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiscordjsError);
    expect(error).toMatchObject({ code: 'ShardingReadyDied', cause: { code: 'CLUSTER_DIED', details: { code: 3 } } });
    expect(String((error as Error).cause)).toContain('the database is gone');
    expect(manager.shards.map((shard) => [shard.process, shard.ready])).toEqual([
      [null, false],
      [null, false],
    ]);
  });

  test('of one cluster does not keep the others from starting', async () => {
    fleet.mute(0);
    const manager = fleet.manager({ respawn: false, hybrid: { shardsPerCluster: 1, logger: quiet, killGraceMs: 100 } });
    const failed = manager.spawn({ delay: 0, timeout: 5_000 });
    await expect(failed).rejects.toMatchObject({
      code: 'ShardingReadyTimeout',
      message: /^Shard 0's Client took too long/,
    });
    expect(manager.shards.map((shard) => shard.ready)).toEqual([false, true, true, true]);
    expect(await manager.broadcastEval((c) => c.shard?.ids[0], { shard: 3 })).toBe(3);
  });

  test('for its token is TokenInvalid, and nothing starts again', async () => {
    fleet.refuseToken();
    const manager = fleet.manager({ hybrid: { shardsPerCluster: 1, logger: quiet, restarts } });
    const lines = journal(manager);
    const error = await manager.spawn().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TokenInvalid', cause: { code: 'TOKEN_REFUSED' } });
    expect(error).toBeInstanceOf(DiscordjsError);
    expect(lines.filter((line) => line.endsWith('spawn'))).toEqual(['0 spawn']);
    expect(manager.hybrid.clusters.map((cluster) => cluster.state)).toEqual(['failed']);
    expect(manager.shards.map((shard) => shard.process)).toEqual([null]);
  });

  test('for a close code that forbids another try is ShardingReadyDisconnected, and nothing starts again', async () => {
    fleet.discord.faults.add({ on: 'identify', times: Number.POSITIVE_INFINITY, do: { close: 4014 } });
    const manager = fleet.manager({ hybrid: { shardsPerCluster: 2, logger: quiet, restarts } });
    const lines = journal(manager);
    const error = await manager.spawn().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ShardingReadyDisconnected', cause: { code: 'GATEWAY_REFUSED' } });
    expect(String((error as Error).cause)).toContain('4014');
    // Either of the two may be the first at Discord's door; the other never gets there.
    expect(lines.filter((line) => line.endsWith(' disconnect'))).toEqual([expect.stringMatching(/^[01] /)]);
    expect(lines.filter((line) => line.endsWith('spawn'))).toEqual(['0 spawn', '1 spawn']);
    expect(manager.hybrid.clusters.map((cluster) => cluster.state)).toEqual(['failed']);
  });

  test('for the token Discord is asked with is TokenInvalid, before anything starts', async () => {
    fleet.refuseToken();
    const manager = fleet.manager({ totalShards: 'auto' });
    await expect(manager.spawn()).rejects.toMatchObject({ code: 'TokenInvalid' });
    expect(manager.shards.size).toBe(0);
  });

  test('for want of identifies starts nothing', async () => {
    fleet.discord.exhaustSessions();
    const details = expect.objectContaining({ remaining: 0, needed: 4 });
    for (const totalShards of ['auto', 4] as const) {
      const manager = fleet.manager({ totalShards });
      const failed = manager.spawn();
      // Those that were made ahead do not stay.
      expect(manager.shards.size > 0).toBe(totalShards === 4);
      await expect(failed).rejects.toMatchObject({ code: 'IDENTIFY_EXHAUSTED', details });
      expect(manager.shards.size).toBe(0);
    }
  });

  test('with a number of shards of its own needs no answer about the identifies that are left', async () => {
    fleet.discord.faults.add({ on: 'rest', route: '/gateway/bot', do: { status: 500 } });
    const debug = vi.fn();
    const manager = fleet.manager({ totalShards: 1, hybrid: { logger: { ...quiet, debug } } });
    expect((await manager.spawn()).size).toBe(1);
    expect(debug.mock.calls.flat()).toContainEqual(expect.stringMatching(/^How many shards may identify today/));
  });

  test('for want of a token is TokenMissing, and the environment stays without one', async () => {
    vi.stubEnv('DISCORD_TOKEN', undefined);
    const manager = fleet.manager({ totalShards: 'auto', token: undefined as never });
    expect([manager.token, process.env.DISCORD_TOKEN]).toEqual([null, undefined]);
    await expect(manager.spawn()).rejects.toMatchObject({ code: 'TokenMissing' });
    vi.unstubAllEnvs();
  });
});

describe('a cluster that ends', () => {
  test('kill tells every shard at once, and a second kill is nothing', async () => {
    const manager = fleet.manager({ hybrid: { totalClusters: 2 } });
    const lines = journal(manager);
    await manager.spawn({ delay: 0 });
    const child = at(manager, 1).process as ChildProcess;
    const gone = heard(child, 'exit');
    lines.length = 0;
    manager.shards.forEach((shard) => {
      shard.kill();
    });
    expect(lines).toEqual(['0 death', '1 death', '2 death', '3 death']);
    expect(manager.shards.every((shard) => !shard.ready && shard.process === null)).toBe(true);
    await expect(at(manager, 0).eval('1')).rejects.toMatchObject({ code: 'ShardingNoChildExists' });
    await gone;
    expect(lines).toHaveLength(4);
  });

  test('a bot that ignores SIGTERM is gone before its successor starts', async () => {
    const options = { totalShards: 2, hybrid: { totalClusters: 1, killGraceMs: 200, logger: quiet } };
    const manager = fleet.manager(options, 'bot-ignores-sigterm.cjs');
    await manager.spawn({ delay: 0 });
    const old = pid(at(manager, 0)) as number;
    const aliveAtSpawn = new Promise<boolean>((resolve) => at(manager, 0).once('spawn', () => resolve(isAlive(old))));
    await at(manager, 0).respawn({ delay: 0 });
    expect(await aliveAtSpawn).toBe(false);
    expect(pid(at(manager, 1))).not.toBe(old);
  });

  test('respawns of siblings are one', async () => {
    const manager = fleet.manager({ hybrid: { totalClusters: 1 } });
    await manager.spawn({ delay: 0 });
    const before = fleet.identified.length;
    const children = await Promise.all(manager.shards.map((shard) => shard.respawn({ delay: 1 })));
    expect(new Set(children.map((child) => child.pid)).size).toBe(1);
    expect(fleet.identified.length - before).toBe(4);
    expect(manager.shards.every((shard) => shard.ready)).toBe(true);
  });

  test('respawns out of death listeners are one', async () => {
    const manager = fleet.manager({ totalShards: 3, hybrid: { totalClusters: 1, logger: quiet, restarts } });
    await manager.spawn({ delay: 0 });
    const back = manager.shards.map(
      (shard) => new Promise((resolve) => shard.once('death', () => resolve(shard.respawn({ delay: 0 })))),
    );
    at(manager, 1).process?.kill('SIGKILL');
    expect(new Set(await Promise.all(back)).size).toBe(1);
    expect(fleet.identified.toSorted()).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('respawnAll restarts each cluster once', async () => {
    const manager = fleet.manager({ hybrid: { totalClusters: 2 } });
    await manager.spawn({ delay: 0 });
    const before = manager.shards.map(pid);
    expect(await manager.respawnAll({ shardDelay: 1, respawnDelay: 1 })).toBe(manager.shards);
    const after = manager.shards.map(pid);
    expect(new Set([...before, ...after]).size).toBe(4);
    expect(fleet.identified.toSorted()).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test('a bot can ask for it', async () => {
    const manager = fleet.manager({ totalShards: 2, hybrid: { totalClusters: 1 } });
    await manager.spawn({ delay: 0 });
    const ready = heard(at(manager, 1), 'ready');
    // Its own cluster is among those that end, maybe before it has answered.
    const order = { shardDelay: 0, respawnDelay: 0 };
    const asked = manager.broadcastEval((c, pace) => c.shard?.respawnAll(pace), { shard: 0, context: order });
    asked.catch(nothing);
    await ready;
    expect(fleet.identified.toSorted()).toEqual([0, 0, 1, 1]);
  });

  test('a crash is announced on every shard, and the cluster comes back', async () => {
    const manager = fleet.manager({ totalShards: 2, hybrid: { totalClusters: 1, logger: quiet, restarts } });
    const lines = journal(manager);
    await manager.spawn({ delay: 0 });
    lines.length = 0;
    const back = heard(at(manager, 1), 'ready');
    process.kill(pid(at(manager, 0)) as number, 'SIGKILL');
    await back;
    expect(lines.slice(0, 4)).toEqual(['0 death', '1 death', '0 spawn', '1 spawn']);
  });

  test('manager.respawn is asked when it happens', async () => {
    const manager = fleet.manager({ totalShards: 1, hybrid: { logger: quiet, restarts } });
    await manager.spawn();
    manager.respawn = false;
    const dead = heard(at(manager, 0), 'death');
    at(manager, 0).process?.kill('SIGKILL');
    await dead;
    expect(manager.hybrid.clusters.get(0)?.state).toBe('stopped');
  });

  test('an uncaught error in a thread is a death, not the end of the manager', async () => {
    const manager = fleet.manager({
      mode: 'worker',
      totalShards: 2,
      hybrid: { totalClusters: 1, logger: quiet, restarts },
    });
    await manager.spawn({ delay: 0 });
    const [dead, back] = [heard(at(manager, 1), 'death'), heard(at(manager, 1), 'ready')];
    await at(manager, 0).eval(
      () =>
        void setImmediate(() => {
          throw new Error('thread');
        }),
    );
    await dead;
    await back;
    expect(await manager.broadcastEval((c) => c.shard?.ids[0])).toEqual([0, 1]);
  });

  test('a cluster that gave up emits error only to those who listen', async () => {
    const hybrid = { totalClusters: 1, logger: quiet, restarts: { firstMs: 1, maxRestarts: 1 } };
    const manager = fleet.manager({ totalShards: 2, silent: true, hybrid }, 'bot-dies.cjs');
    const error = new Promise<unknown>((resolve) => {
      manager.on('shardCreate', (shard) => void (shard.id === 1 && shard.on('error', resolve)));
    });
    await expect(manager.spawn({ delay: 0 })).rejects.toMatchObject({ code: 'ShardingReadyDied' });
    expect(await error).toMatchObject({ code: 'RESTART_LIMIT' });
  });
});

describe('messages', () => {
  test('broadcast reaches each process once and gives all shards back', async () => {
    const manager = fleet.manager({ hybrid: { totalClusters: 2 } });
    await manager.spawn({ delay: 0 });
    expect((await manager.broadcast({ note: 1 })).map((shard) => shard.id)).toEqual([0, 1, 2, 3]);
    const received = (c: unknown) =>
      (c as { received: unknown[] }).received.filter((m) => (m as { note?: 1 }).note).length;
    // A user's message and an eval travel on two lines: the one may overtake the other.
    await vi.waitFor(async () => expect(await manager.broadcastEval(received)).toEqual([1, 1, 1, 1]));
  });

  test('of a bot come out of the lowest shard, of an eval out of its own', async () => {
    const manager = fleet.manager({ hybrid: { totalClusters: 1 } });
    await manager.spawn({ delay: 0 });
    const got: unknown[] = [];
    for (const shard of manager.shards.values()) shard.on('message', (message) => got.push([shard.id, message]));
    await manager.broadcastEval((c) => c.shard?.send('from an eval'));
    await at(manager, 2).eval(() => void process.send?.('from the process'));
    await vi.waitFor(() => expect(got).toHaveLength(5));
    expect(got).toEqual([...[0, 1, 2, 3].map((id) => [id, 'from an eval']), [0, 'from the process']]);
  });

  test('that look like the protocol of discord.js are only messages', async () => {
    const manager = fleet.manager({ totalShards: 1 });
    await manager.spawn();
    const got = heard(at(manager, 0), 'message');
    await at(manager, 0).eval(() => void process.send?.({ _sEval: 'process.exit()', _ready: true }));
    expect(await got).toEqual([{ _sEval: 'process.exit()', _ready: true }]);
  });

  test('to a dead shard are refused by name', async () => {
    const manager = fleet.manager({ totalShards: 1 });
    await manager.spawn();
    at(manager, 0).kill();
    await expect(at(manager, 0).send('x')).rejects.toMatchObject({ code: 'ShardingNoChildExists' });
    await expect(manager.broadcast('x')).rejects.toMatchObject({ code: 'ShardingNoChildExists' });
  });
});

test('a shard that is created and started by hand has a cluster of its own', async () => {
  const manager = fleet.manager({ totalShards: 3 });
  for (const id of [2, 0]) {
    const shard = manager.createShard(id);
    shard.kill();
    await expect(shard.send('x')).rejects.toMatchObject({ code: 'ShardingNoChildExists' });
    await expect(manager.broadcast('x')).rejects.toMatchObject({ code: 'ShardingNoChildExists' });
    await shard.spawn();
  }
  expect(manager.hybrid.clusters.size).toBe(2);
  expect(await at(manager, 2).eval((c) => [c.shard?.ids, c.shard?.count])).toEqual([[2], 3]);
  expect(pid(at(manager, 0))).not.toBe(pid(at(manager, 2)));
});

test('a Shard of discord.js is refused where one of ours belongs', async () => {
  class Own extends ShardingManager {
    override createShard(id = 0): Shard {
      const shard = new (StockShard as unknown as new (...args: unknown[]) => Shard)(this, id);
      this.shards.set(id, shard);
      return shard;
    }
  }
  const own = new Own(fixture('bot.cjs'), { totalShards: 1 });
  await expect(own.spawn({ delay: 0 })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  expect([own.shards.size, own.hybrid.clusters.size]).toEqual([0, 0]);
});

test('a bot has half a minute to end, or as long as it is told', () => {
  const graceOf = (hybrid: { readonly killGraceMs?: number }) =>
    new ShardingManager(fixture('bot.cjs'), { hybrid }).hybrid.options.killGraceMs;
  expect([graceOf({}), graceOf({ killGraceMs: 100 })]).toEqual([30_000, 100]);
});
