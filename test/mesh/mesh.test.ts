/** test/mesh/mesh: lines between clusters, from the first wish to the end of one of them. */
import { describe, expect, test } from 'vitest';
import { Town, type Way } from './town.ts';

const dead = { code: 'LINK_CLOSED', details: { peer: 'cluster 1', reason: 'its process ended with signal SIGKILL' } };
const killed = dead.details.reason;

describe.each<Way>(['ports', 'door'])('clusters joined by %s', (way) => {
  /** Two clusters that listen. */
  function two() {
    const town = new Town(way);
    return { town, traffic: town.traffic, a: town.start(0), b: town.start(1) };
  }

  test('talk by a line of their own from the first frame on, and answer on it', async () => {
    const { town, traffic, a } = two();
    const answers = [a.ask(1, 1), a.ask(1, 2)];
    await traffic.rest();
    await expect(Promise.all(answers)).resolves.toStrictEqual([2, 4]);
    expect(a.lines).toHaveLength(1);
    expect(town.passed).toBe(0);
  });

  test('that want each other at the same moment get one line', async () => {
    const { town, traffic, a, b } = two();
    const answers = [a.ask(1, 1), b.ask(0, 2)];
    await traffic.rest();
    await expect(Promise.all(answers)).resolves.toStrictEqual([2, 4]);
    expect(a.lines).toHaveLength(1);
    expect(town.passed).toBe(0);
  });

  test('get a line anew when theirs breaks', async () => {
    const { town, traffic, a, b } = two();
    a.tell(1, 1);
    await traffic.rest();
    const lost = a.ask(1, -1).catch((error: unknown) => error);
    await traffic.rest();
    a.lines[0]?.pair.cut('the line was cut');
    expect(await lost).toMatchObject({ code: 'LINK_CLOSED', details: { reason: 'the line was cut' } });
    a.tell(1, 2);
    b.tell(0, 3);
    await traffic.rest();
    expect([a.told, b.told]).toStrictEqual([{ 'cluster:1': [3] }, { 'cluster:0': [1, 2] }]);
    expect(a.lines).toHaveLength(2);
    expect(town.passed).toBe(0);
  });

  test('keep the line they have when the one before it ends late', async () => {
    const { town, traffic, a } = two();
    a.tell(1, 1);
    await traffic.rest();
    const next = traffic.pair({ left: 'cluster 0', right: 'cluster 1' });
    a.mesh.take(1, next.left);
    a.lines[0]?.pair.cut('the line was cut');
    await traffic.rest();
    // It has one: none is to be opened, and frames wait for none.
    expect(a.node.router.openLine('cluster:1')).toBe(false);
    expect(town.passed).toBe(0);
  });

  test('talk by the manager while one does not listen, and by a line once it does', async () => {
    const town = new Town(way);
    const [a, b] = [town.start(0), town.start(1, { listens: false })];
    a.tell(1, 1);
    await town.traffic.rest();
    expect(b.told).toStrictEqual({ 'cluster:0': [1] });
    expect([a.lines.length, town.passed]).toStrictEqual([0, 1]);
    town.listen(1);
    await town.traffic.rest();
    a.tell(1, 2);
    await town.traffic.rest();
    expect(b.told).toStrictEqual({ 'cluster:0': [1, 2] });
    expect([a.lines.length, town.passed]).toStrictEqual([1, 1]);
  });

  test('that cannot have a line talk by the manager until one of them ends', async () => {
    const { town, traffic, a, b } = two();
    town.canJoin = false;
    const answer = a.ask(1, 1);
    b.tell(0, 1);
    await traffic.rest();
    await expect(answer).resolves.toBe(2);
    expect(a.told).toStrictEqual({ 'cluster:1': [1] });
    town.canJoin = true;
    a.tell(1, 2);
    b.tell(0, 2);
    await traffic.rest();
    expect([a.lines.length, town.passed]).toStrictEqual([0, 4]);

    await town.end(b, killed);
    const next = town.start(1, { incarnation: 2 });
    await traffic.rest();
    a.tell(1, 3);
    await traffic.rest();
    expect(next.told).toStrictEqual({ 'cluster:0': [3] });
    expect([a.lines.length, town.passed]).toStrictEqual([1, 4]);
  });

  test('learn from the manager why the other ended, also on their own line', async () => {
    const { town, traffic, a, b } = two();
    const [call, ended] = [a.ask(1, -1), a.mesh.endOf(1)];
    await traffic.rest();
    expect(town.passed).toBe(0);
    b.uplink.cut(killed);
    await traffic.rest();
    await expect(ended).resolves.toBe(killed);
    // A real line asks that promise when it breaks; the one of the test is given its answer.
    a.lines[0]?.pair.cut(await ended);
    await expect(call).rejects.toMatchObject({ ...dead, details: { reason: killed } });
    expect(a.node.peer.inFlight).toBe(0);
  });

  test('are refused at once when the other ends while a line is prepared', async () => {
    const { town, traffic, a, b } = two();
    const call = a.ask(1, 1).catch((error: unknown) => error);
    // The wish has reached the manager; the other has not heard of it.
    traffic.blocked.add(b.uplink.toRight);
    await traffic.rest();
    await town.end(b, killed);
    expect(await call).toMatchObject({ code: 'NO_ROUTE' });
    const next = town.start(1, { incarnation: 2 });
    await traffic.rest();
    const again = a.ask(1, 4);
    await traffic.rest();
    await expect(again).resolves.toBe(8);
    expect(next.lines).toHaveLength(1);
  });

  test('that do not listen yet learn of the end of one they wait for', async () => {
    const town = new Town(way);
    const [a, b] = [town.start(0, { listens: false }), town.start(1)];
    const call = a.ask(1, 1).catch((error: unknown) => error);
    town.traffic.blocked.add(b.uplink.toRight);
    await town.traffic.rest();
    await town.end(b, killed);
    expect(await call).toMatchObject({ code: 'NO_ROUTE' });
  });

  test('that wait for one that wanted them hear no more of it when it ends first', async () => {
    const { town, traffic, a, b } = two();
    a.tell(1, 1);
    traffic.blocked.add(b.uplink.toLeft);
    await traffic.rest();
    const call = b.ask(0, 1).catch((error: unknown) => error);
    traffic.blocked.clear();
    await town.end(a, killed);
    expect(await call).toMatchObject({ code: 'NO_ROUTE' });
  });
});

test('a door that nobody opens leaves the manager’s way, for both', async () => {
  const town = new Town('door');
  const [a, b] = [town.start(0), town.start(1)];
  town.doorsOpen = false;
  const answers = [a.ask(1, 1), b.ask(0, 2)];
  await town.traffic.rest();
  await expect(Promise.all(answers)).resolves.toStrictEqual([2, 4]);
  expect(town.passed).toBe(2);
  expect(a.lines).toHaveLength(0);
});

test('a host that never greets its visitor, whose line breaks, hears it by way of the manager and is heard so', async () => {
  const town = new Town('door');
  const [a, b] = [town.start(0), town.start(1)];
  town.greets = false;
  a.tell(1, 1);
  await town.traffic.rest();
  a.lines[0]?.pair.cut('the line was cut');
  await town.traffic.rest();
  const answers = [a.ask(1, 1), b.ask(0, 2)];
  await town.traffic.rest();
  await expect(Promise.all(answers)).resolves.toStrictEqual([2, 4]);
  expect([a.lines.length, town.passed]).toStrictEqual([1, 2]);
});
