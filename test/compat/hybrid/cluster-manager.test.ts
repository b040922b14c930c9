/** test/compat/hybrid/cluster-manager: what discord-hybrid-sharding's manager has no word for, or says otherwise. */
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Cluster, ClusterManager, type ClusterManagerOptions } from '../../../compat/hybrid/index.ts';
import { createDiscord, type LoopbackDiscord } from '../../../src/testing/index.ts';
import { noteUnhandled } from '../unhandled.ts';

const file = fileURLToPath(new URL('fixtures/plain-bot.cjs', import.meta.url));
const warn = vi.fn();
const logger = { debug: vi.fn(), info: vi.fn(), error: vi.fn(), warn };
let discord: LoopbackDiscord;
let manager: ClusterManager | undefined;
beforeEach(async () => {
  warn.mockClear();
  const gateway = { shards: 2, maxConcurrency: 16 };
  discord = await createDiscord({ guilds: 4, gateway, strict: true, time: { identifyWindow: 1 } });
  const { DISCORD_SIM, SHARDLIFT_IDENTIFY_WINDOW_MS } = discord.env;
  for (const [name, value] of Object.entries({ DISCORD_SIM, SHARDLIFT_IDENTIFY_WINDOW_MS })) vi.stubEnv(name, value);
  vi.stubEnv('TEST_API', discord.rest.url);
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) =>
    real(String(url).replace('https://discord.com/api', discord.rest.url), init),
  );
});
afterEach(async () => {
  await manager?.hybrid.stop();
  manager = undefined;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await discord.stop();
});

function make({ hybrid, ...options }: ClusterManagerOptions = {}): ClusterManager {
  manager = new ClusterManager(file, {
    ...{ token: discord.token, totalShards: 2, shardsPerClusters: 1 },
    ...options,
    hybrid: { logger, killGraceMs: 500, ...hybrid },
  });
  return manager;
}

const unhandled = noteUnhandled();

const heard = (cluster: Cluster): Promise<Record<string, unknown>> =>
  new Promise((resolve) => cluster.once('message', (message) => resolve(message.toJSON())));

describe('hybrid.evals', () => {
  test('warn names each call site once, of the manager and of the bots, and the calls go on', async () => {
    const own = make({ hybrid: { evals: 'warn' } });
    await own.spawn();
    const answers = [...own.clusters.values()].map(heard);
    await own.broadcast({ do: 'old' });
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatchObject({ evals: [1, 1], values: [2, 2], modern: [2, 2] });
    }
    for (let n = 0; n < 2; n++) await own.broadcastEval('1');
    const told = warn.mock.calls.map(([line]) => String(line));
    expect(told).toHaveLength(4);
    const sites = told.map((line) =>
      line.replace(/(:\d+){2} sends code as text\. Rewrite it: npx dc-migrate \S+$/, ''),
    );
    const [bot, here] = ['test/compat/hybrid/fixtures/plain-bot.cjs', 'test/compat/hybrid/cluster-manager.test.ts'];
    const inBot = ['broadcastEval', 'broadcastEval', 'fetchClientValues'].map((call) => `${call} at ${bot}`);
    expect(sites).toEqual([...inBot, `broadcastEval at ${here}`]);
  });

  test('off refuses text, of the manager and of the bots', async () => {
    const own = make({ mode: 'worker', totalShards: 1, hybrid: { evals: 'off' } });
    await own.spawn();
    const cluster = own.clusters.get(0) as Cluster;
    const answer = heard(cluster);
    await cluster.send({ do: 'old' });
    expect(await answer).toMatchObject({ evals: 'EVALS_OFF', values: 'EVALS_OFF', modern: [4] });
    const refused = { code: 'EVALS_OFF' };
    await expect(own.broadcastEval('1')).rejects.toMatchObject(refused);
    await expect(own.fetchClientValues('user.id')).rejects.toMatchObject(refused);
    await expect(cluster.eval('1')).rejects.toMatchObject(refused);
  });
});

test('a manual queue starts each cluster by next(), also from a bot', async () => {
  const own = make({ mode: 'worker', queue: { auto: false }, clusterData: { OWN_WORD: 'told' } });
  await own.spawn();
  expect(own.clusters.size).toBe(0);
  await expect(own.broadcastEval('1')).rejects.toMatchObject({ code: 'NOT_SPAWNED' });
  expect(await own.queue.next()).toBe(0);
  expect(await own.broadcastEval('[this.cluster.queue.mode, this.told]')).toEqual([['manual', 'told']]);
  const second = new Promise<Cluster>((resolve) => own.once('clusterReady', resolve));
  const first = own.clusters.get(0) as Cluster;
  const answer = heard(first);
  await first.send({ do: 'next' });
  // The bot that asks does not wait: whether the other comes up is not its affair.
  expect(await answer).toMatchObject({ asked: 'next' });
  expect(own.clusters.get(1)?.ready).toBe(false);
  expect((await second).id).toBe(1);
});

test('the queue says whether it starts clusters by itself, and may be told before spawn() does', async () => {
  const own = make({ mode: 'worker', queue: { auto: true, timeout: 9 } });
  expect(own.queue.options).toMatchObject({ auto: true, timeout: 9 });
  own.queue.options.auto = false;
  await own.spawn();
  expect(own.clusters.size).toBe(0);
  expect(await own.queue.next()).toBe(0);
  // As around a round of restarts, which is no affair of the queue.
  own.queue.options.auto = true;
  expect(await own.queue.next()).toBe(1);
  expect(await own.broadcastEval('this.cluster.id')).toEqual([0, 1]);
});

test('clusters start anew one after the other, also when a bot asks for it', async () => {
  const own = make({ mode: 'worker' });
  const lives: string[] = [];
  own.on('clusterCreate', (cluster) => {
    cluster.on('death', () => lives.push(`death ${cluster.id}`)).on('ready', () => lives.push(`ready ${cluster.id}`));
  });
  await own.spawn();
  lives.length = 0;
  const round = ['death 0', 'ready 0', 'death 1', 'ready 1'];
  expect(await own.evalOnCluster('this.cluster.id')).toBe(0);
  expect(await own.evalOnCluster('this.cluster.id', null as never)).toBe(0);
  expect(await own.broadcastEval('this.cluster.id', null as never)).toEqual([0, 1]);
  expect(await own.respawnAll()).toBe(own.clusters);
  expect(lives).toEqual(round);
  await own.clusters.get(1)?.send({ do: 'respawn' });
  await vi.waitFor(() => expect(lives).toEqual([...round, ...round]), 20_000);
});

test('properties that change before the start count, and the environment of the manager is left alone', async () => {
  const before = { ...process.env };
  const own = make({ mode: 'worker', totalShards: 'auto', shardsPerClusters: 2 });
  expect([own.totalShards, own.totalClusters]).toEqual([-1, -1]);
  own.shardList = [1];
  own.respawn = false;
  await own.spawn({ amount: 2 });
  expect([own.totalShards, own.totalClusters, own.shardClusterList]).toEqual([2, 1, [[1]]]);
  expect(own.hybrid.options.respawn).toBe(false);
  expect(process.env).toEqual(before);
  await own.clusters.get(0)?.kill({ reason: 'enough' });
  expect(own.clusters.get(0)?.thread).toBeNull();
});

test('what the options said of ids, restarts and processes can be read again', () => {
  const plain = make();
  expect([plain.clusterList, plain.clusterOptions]).toEqual([[], {}]);
  expect(plain.restarts).toEqual({ max: 10, interval: 600_000 });
  const own = make({ clusterList: [0, 1], restarts: { max: 5, interval: 60_000 }, clusterOptions: { silent: true } });
  expect([own.clusterList, own.clusterOptions]).toEqual([[0, 1], { silent: true }]);
  expect(own.restarts).toEqual({ max: 5, interval: 60_000 });
});

describe('a call that nobody waits for', () => {
  test('ends neither the manager nor a bot when a cluster is down', async () => {
    const own = make({ mode: 'worker', respawn: false });
    await own.spawn();
    const [first, second] = [...own.clusters.values()] as [Cluster, Cluster];
    await second.kill();
    // Its thread has ended; until the link is known to be closed, too, calls would fail by that.
    const codeOf = (call: Promise<unknown>) => call.catch((error: { code?: string }) => error.code);
    await vi.waitFor(async () => expect(await codeOf(own.evalOnCluster('1', { cluster: 1 }))).toBe('NO_ROUTE'));
    const careless = (): Promise<unknown>[] => [
      own.broadcastEval('1'),
      own.fetchClientValues('user.id'),
      own.evalOnCluster('1', { cluster: 1 }),
      second.eval('1'),
      second.send('text'),
    ];
    careless();
    const failures = await Promise.allSettled(careless());
    const codes = [...new Array<string>(4).fill('NO_ROUTE'), 'LINK_CLOSED'];
    expect(failures).toMatchObject(codes.map((code) => ({ reason: { code } })));
    const answer = heard(first);
    await first.send({ do: 'careless' });
    expect(await answer).toMatchObject({ codes: ['NO_ROUTE', 'NO_ROUTE'] });
    expect(unhandled).toEqual([]);
    expect(await first.eval('this.cluster.id')).toBe(0);
  });

  test('may give what cannot be sent, of the manager and of a bot', async () => {
    const own = make({ mode: 'worker', respawn: false });
    await own.spawn();
    const first = own.clusters.get(0) as Cluster;
    const text = 'setTimeout(() => {}, 1)';
    const careless = [own.broadcastEval(text), own.evalOnCluster(text, { cluster: 1 }), first.eval(text)];
    expect(await Promise.allSettled(careless)).toMatchObject(
      careless.map(() => ({ reason: { code: 'UNSERIALISABLE' } })),
    );
    void own.evalOnCluster(text, { cluster: 1 });
    const ofBot = `void this.cluster.evalOnCluster('${text}', { cluster: 1 }), void this.cluster.broadcastEval('${text}')`;
    await first.eval(ofBot);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(unhandled).toEqual([]);
    expect(await own.broadcastEval('this.cluster.id')).toEqual([0, 1]);
  });

  test('may tell a bot to exit', async () => {
    const own = make({ totalShards: 1 });
    await own.spawn();
    const again = new Promise((resolve) => own.once('clusterReady', resolve));
    own.broadcastEval('process.exit()');
    await again;
    expect(unhandled).toEqual([]);
    const cluster = own.clusters.get(0) as Cluster;
    expect(cluster.restarts).toEqual({ ...own.restarts, current: 1 });
    await cluster.respawn();
    expect(cluster.restarts.current).toBe(0);
  });
});

test('a bot that dies while it starts does not reject a spawn without a timeout', async () => {
  const own = make({ totalShards: 1 });
  const died = vi.fn();
  // Within the event: the child starts in the same tick, too soon for whoever waits for one event and then for the other.
  own.once('clusterCreate', (cluster) => {
    cluster.once('death', died).once('spawn', (child) => (child as ChildProcess).kill('SIGKILL'));
  });
  expect(await own.spawn({ timeout: -1 })).toBe(own.clusters);
  expect(died).toHaveBeenCalledOnce();
});

test('what cannot keep its meaning says what takes its place', async () => {
  const own = make();
  await expect(own.evalOnManager('1')).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  expect(() => own.createCluster(0, [0], 1)).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED' }));
});
