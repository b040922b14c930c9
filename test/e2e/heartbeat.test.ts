/** test/e2e/heartbeat: a bot whose event loop hangs is replaced; one that the manager kept waiting is not. */
import type { ChildProcess } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { alive, createFleet, type Fleet, failureOf, until } from './fleet.ts';

const restarts = { firstMs: 100, maxMs: 100 };
const heartbeat = { intervalMs: 200, timeoutMs: 1_000, maxMissed: 2 };

/** All that a manager said of its clusters. */
function newsOf({ manager }: Fleet): string[] {
  const news: string[] = [];
  manager.on('clusterHung', ({ id }, silentMs) => void news.push(`${id} hung${silentMs >= 2_000 ? '' : ' too early'}`));
  manager.on('clusterDeath', ({ id }, { requested }) => void news.push(`${id} died${requested ? ' as told' : ''}`));
  return news;
}

const clusterOf = (fleet: Fleet, id: number) => {
  const cluster = fleet.manager.clusters.get(id);
  if (cluster === undefined) throw new Error(`no cluster ${id}`);
  return cluster;
};

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  test('a bot that blocks its loop for ever is replaced, with an event and a line in the log', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, restarts, heartbeat } });
    const { manager } = fleet;
    const news = newsOf(fleet);
    await manager.spawn();
    expect(await failureOf(manager.ipc.requestTo(1, 'block'))).toMatchObject({ code: 'LINK_CLOSED' });
    await until(() => clusterOf(fleet, 1).ready, { what: 'cluster 1 to come back' });
    expect(await manager.ipc.requestTo(1, 'who')).toMatchObject({ id: 1 });
    expect(news).toEqual(['1 hung', '1 died']);
    expect(manager.clusters.map(({ incarnation }) => incarnation)).toEqual([1, 2]);
    const log = fleet.logged.join('\n');
    expect(log).toMatch(/cluster 1 has not answered for \d+ ms/);
    expect(log).toMatch(/cluster 1 hangs: .* It is being ended/);
    expect(log).toMatch(/cluster 1 died and starts again in \d+ ms\. .*its event loop did not answer for \d+ ms/);
  });

  test('a manager that blocks its own loop for longer than that ends nobody', async () => {
    await using fleet = await createFleet({ bot: 'bot.cjs', options: { mode, restarts, heartbeat } });
    const { manager } = fleet;
    const news = newsOf(fleet);
    await manager.spawn();
    // Thrice, each time just after heartbeats have left: their answers lie there unread for longer than the limit.
    for (let stall = 0; stall < 3; stall++) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const end = performance.now() + 2_500; performance.now() < end; );
    }
    expect((await manager.ipc.requestAll('who')).allOk()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 3 * heartbeat.intervalMs));
    expect([news, manager.clusters.map(({ incarnation }) => incarnation)]).toEqual([[], [1, 1]]);
  });
});

test('a process that was stopped (SIGSTOP) is replaced: it gets no SIGTERM, so it is forced', async () => {
  await using fleet = await createFleet({ bot: 'bot.cjs', options: { restarts, heartbeat, killGraceMs: 200 } });
  const { manager } = fleet;
  await manager.spawn();
  const child = clusterOf(fleet, 0).child as ChildProcess;
  child.kill('SIGSTOP');
  await until(() => clusterOf(fleet, 0).incarnation === 2 && clusterOf(fleet, 0).ready, { what: 'its successor' });
  expect(alive(child.pid ?? 0)).toBe(false);
});

test('a bot that hangs is left alone where nobody looks, and where nobody would start it again', async () => {
  const heartbeat = { intervalMs: 100, timeoutMs: 500, maxMissed: 2 };
  for (const options of [{ heartbeat: { enabled: false } }, { heartbeat, respawn: false }]) {
    await using fleet = await createFleet({
      bot: 'bot.cjs',
      options: { ...options, totalShards: 1, killGraceMs: 100 },
    });
    const { manager } = fleet;
    const news = newsOf(fleet);
    await manager.spawn();
    const blocked = failureOf(manager.ipc.requestTo(0, 'block'));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect([news, clusterOf(fleet, 0).state]).toEqual([[], 'ready']);
    await manager.stop();
    await blocked;
  }
});
