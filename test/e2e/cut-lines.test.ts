/** test/e2e/cut-lines: the line between two living processes is cut, at any moment; nobody waits, and the next call gets a new one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Broker } from '../../src/mesh/broker.ts';
import { createNode } from '../../src/node.ts';
import type { Link } from '../../src/transport/link.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';
import { type Cut, CuttableDoor } from '../conformance/cuttable-line.ts';
import { doorkeeper, type Ended, errands } from '../conformance/errands.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

let folder: string;
let ends: (() => unknown)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 't-'));
  ends = [];
});
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  rmSync(folder, { recursive: true });
});

/** Counts what goes through the manager from one cluster to another. */
function watched(link: Link, passed: () => void): Link {
  const { peer, closed } = link;
  return {
    peer,
    closed,
    send: (frame) => link.send(frame),
    close: (reason) => link.close(reason),
    receive: (reader) =>
      link.receive((frame) => {
        if ('to' in frame && frame.to !== localHost) passed();
        reader(frame);
      }),
  };
}

/** Two clusters in processes of their own, joined by lines that can be cut. The one that asks first is the visitor. */
async function twoClusters() {
  const manager = createNode({ self: localHost, incarnation: 1 });
  const front = (id: number): string => join(folder, `front-${id}`);
  const door = new CuttableDoor([0, 1].map((id) => ({ front: front(id), behind: join(folder, `${id}`) })));
  const broker = new Broker({ peer: manager.peer, join: (_, wanted) => ({ by: 'door', door: front(wanted) }) });
  manager.router.onLost((address, reason) => broker.ended(Number(address.split(':')[1]), reason));
  const count = { passed: 0 };
  const open = new Promise<void>((resolve) => {
    let opened = 0;
    manager.peer.serve(doorkeeper, {
      open({ id }) {
        broker.available(id);
        opened += 1;
        if (opened === 2) resolve();
      },
    });
  });
  for (const id of [0, 1]) {
    const facts = { id, door: join(folder, `${id}`) };
    const launched = programs.launch(launchers.process, 'runs-errands', { facts });
    manager.router.attach(
      clusterAddress(id),
      watched(launched.link, () => (count.passed += 1)),
    );
    ends.push(() => launched.kill(0));
  }
  ends.push(() => door.close());
  await open;
  const errand = (id: number) => manager.peer.at(errands, clusterAddress(id));
  const ask = (from: number, what: 'echo' | 'stay' = 'echo'): Promise<Ended> =>
    errand(from).ask({ to: 1 - from, what });
  return { door, errand, ask, count };
}

/** What the caller of a call on a line that was cut is told: both clusters live, so there is no exit code to wait for. */
const cutOff = (to: number) => ({
  code: 'LINK_CLOSED',
  details: { peer: `cluster ${to}`, reason: 'the socket closed' },
});

/** The moments of a call. A call whose answer has come does not notice. */
const moments: readonly (readonly [
  title: string,
  kind: Cut['kind'],
  by: 'caller' | 'callee',
  where: Cut['where'],
  heard: boolean,
])[] = [
  ['before the call has left', 'call', 'caller', 'before', false],
  ['in the middle of the call', 'call', 'caller', 'in', false],
  ['when the call has arrived', 'call', 'caller', 'behind', false],
  ['in the middle of the answer', 'reply', 'callee', 'in', false],
  ['when the answer has arrived', 'reply', 'callee', 'behind', true],
];

describe.each([
  ['visitor', 0],
  ['host', 1],
] as const)('a line cut under a call of its %s', (caller, from) => {
  const callee = caller === 'visitor' ? 'host' : 'visitor';

  test.each(moments)('%s settles it, and the next call goes by a new line', async (_, kind, by, where, heard) => {
    const { door, ask, count } = await twoClusters();
    expect(await ask(0)).toMatchObject({ value: 'hello' });
    door.cut = { kind, by: by === 'caller' ? caller : callee, where };
    expect(await ask(from)).toMatchObject(heard ? { value: 'hello' } : cutOff(1 - from));
    await expect.poll(() => ask(from), { timeout: 5_000 }).toMatchObject({ value: 'hello' });
    expect(await ask(1 - from)).toMatchObject({ value: 'hello' });
    expect([door.lines, count.passed]).toStrictEqual([2, 0]);
  });

  test('that is being worked on settles it soon, and fires the handler’s signal', async () => {
    const { door, errand, ask } = await twoClusters();
    await ask(0);
    const lost = ask(from, 'stay');
    await expect.poll(() => errand(1 - from).running()).toBe(1);
    const cutAt = performance.now();
    door.cutAll();
    expect(await lost).toMatchObject(cutOff(1 - from));
    // It waits for the news of a death that does not come, and no longer.
    expect(performance.now() - cutAt).toBeLessThan(2_000);
    await expect.poll(() => errand(1 - from).running()).toBe(0);
  });
});

test('what two clusters tell each other while their line is cut again and again stays in order', async () => {
  const { door, errand, ask, count } = await twoClusters();
  await ask(0);
  const talks = [0, 1].map((id) =>
    errand(id)
      .talk({ to: 1 - id })
      .catch((error: unknown) => error),
  );
  const lastHeard = async (id: number): Promise<number> => (await errand(id).heard()).at(-1) ?? -1;
  for (const line of [2, 3, 4]) {
    const marks = await Promise.all([lastHeard(0), lastHeard(1)]);
    door.cutAll();
    await expect.poll(() => door.lines, { timeout: 5_000 }).toBe(line);
    for (const id of [0, 1]) {
      await expect.poll(() => lastHeard(id), { timeout: 5_000 }).toBeGreaterThan((marks[id] as number) + 1);
    }
  }
  const told = [await errand(0).stopTalking(), await errand(1).stopTalking()];
  await Promise.all(talks);
  for (const id of [0, 1]) {
    await expect.poll(() => lastHeard(id)).toBe((told[1 - id] as number) - 1);
    const heard = await errand(id).heard();
    // Numbers are lost with a line, none comes twice, and none before an earlier one.
    const gaps = heard.filter((number, index) => index > 0 && number !== (heard[index - 1] as number) + 1);
    expect(heard).toStrictEqual([...new Set(heard)].sort((a, b) => a - b));
    expect(gaps.length).toBeLessThanOrEqual(3);
  }
  expect(count.passed).toBe(0);
});

test.each<[string, Cut]>([
  ['before the visitor has said hello', { kind: 'hello', by: 'visitor', where: 'before' }],
  ['in the middle of the visitor’s hello', { kind: 'hello', by: 'visitor', where: 'in' }],
  ['when the visitor has said hello', { kind: 'hello', by: 'visitor', where: 'behind' }],
  ['in the middle of the host’s hello', { kind: 'hello', by: 'host', where: 'in' }],
])('a line cut %s keeps the host from nothing, though the visitor asks no more', async (_, cut) => {
  const { door, ask } = await twoClusters();
  door.cut = cut;
  expect(await ask(0)).toMatchObject(cutOff(1));
  // Each of the two learns of the end in its own time.
  await expect.poll(() => ask(1)).toMatchObject({ value: 'hello' });
  expect(await ask(0)).toMatchObject({ value: 'hello' });
});

test('a door that lets nobody in is knocked at one time only: the manager passes on what the two say', async () => {
  const { door, ask, count } = await twoClusters();
  door.shut = true;
  expect(await ask(0)).toMatchObject(cutOff(1));
  await expect.poll(() => ask(0)).toMatchObject({ value: 'hello' });
  expect(await ask(1)).toMatchObject({ value: 'hello' });
  expect(door.lines).toBe(1);
  expect(count.passed).toBeGreaterThan(0);
});
