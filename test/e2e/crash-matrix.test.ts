/** test/e2e/crash-matrix: the far end dies at every stage of a call, in every manner; nobody is left waiting. */
import { afterAll, describe, expect, test } from 'vitest';
import { createNode, type Node } from '../../src/node.ts';
import type { Settled } from '../../src/rpc/settled.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { localHost } from '../../src/wire/address.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';
import { work } from '../conformance/work.ts';
import { refdTimers } from '../rpc/refd-timers.ts';

/** How long after the news of a death a caller may learn of it, in ms. */
const limitMs = 100;

const stages = [
  'before hello',
  'when the call arrives',
  'in the handler',
  'in the middle of its reply',
  'after its goodbye',
] as const;

/** The reason a caller is told, by what runs and how it dies. */
const reasons = {
  process: {
    exit: 'its process ended with exit code 1',
    throw: 'its process ended with exit code 1',
    signal: 'its process ended with signal SIGKILL',
    'being killed': 'its process ended with signal SIGKILL',
  },
  thread: {
    exit: 'its thread ended with exit code 1',
    throw: 'its thread ended with a bug of the bot',
    'being killed': 'its thread ended with exit code 1',
  },
} as const;

const cases = (['process', 'thread'] as const).flatMap((mode) =>
  Object.entries(reasons[mode]).flatMap(([manner, reason]) =>
    stages.map((stage) => ({ mode, manner, stage, reason: stage === 'after its goodbye' ? 'it is leaving' : reason })),
  ),
);

const programs = buildPrograms();
afterAll(() => programs.remove());

/** The one that will die, and the one that lives on. */
const members = ['cluster:1', 'cluster:2'] as const;

/** A caller cluster, the manager, a cluster that lives on, and the program as the cluster that will die. */
function square(launched: Launched): { readonly manager: Node; readonly caller: Node; readonly living: Node } {
  const manager = createNode({ self: localHost, incarnation: 1 });
  const nodes = (['cluster:0', 'cluster:2'] as const).map((self) => {
    const [toCluster, toManager] = memoryPair(self, 'the manager');
    const node = createNode({ self, incarnation: 1 });
    manager.router.attach(self, toCluster);
    node.router.attachUplink(localHost, toManager);
    return node;
  });
  const [caller, living] = nodes as [Node, Node];
  living.peer.serve(work, { run: (input) => input, stay: () => undefined });
  manager.router.attach('cluster:1', launched.link);
  return { manager, caller, living };
}

/** Kills from outside, the hard way, once the program says that it is where it should be. */
function killWhenThere(launched: Launched, mode: keyof typeof launchers): void {
  launched.onMessage(() => {
    if (mode === 'thread') void launched.kill(0);
    else (launched.child as { kill(signal: string): boolean }).kill('SIGKILL');
  });
}

const failureOf = async (node: Node): Promise<{ error: unknown; at: number }> => {
  const error = await node.peer
    .at(work, 'cluster:1')
    .run('input')
    .then((value) => `no failure: ${value}`)
    .catch((thrown: unknown) => thrown);
  return { error, at: performance.now() };
};

/** What a call to many comes to, member by member. */
const endsOf = async (node: Node): Promise<{ ends: readonly Settled<string>[]; at: number }> => {
  const ends = await node.peer.atAll(work, members).run('input');
  return { ends, at: performance.now() };
};

describe.each(stages)('dying %s', (stage) => {
  test.each(cases.filter((one) => one.stage === stage))('a $mode by $manner settles its callers', async (one) => {
    const { mode, manner, reason } = one;
    const timers = refdTimers();
    const launched = programs.launch(launchers[mode], 'dies-at-stage', { facts: { stage, manner } });
    if (manner === 'being killed') killWhenThere(launched, mode);
    const gone = launched.exited.then(() => performance.now());
    const { manager, caller, living } = square(launched);
    const ends = Promise.all([endsOf(manager), endsOf(caller)]);
    const [near, far, goneAt] = await Promise.all([failureOf(manager), failureOf(caller), gone]);
    const peer = 'the program dies-at-stage';
    const failure = { code: 'LINK_CLOSED', details: { peer, reason } };
    for (const { error, at } of [near, far]) {
      expect(error).toMatchObject(failure);
      expect(at - goneAt).toBeLessThan(limitMs);
    }
    const value = { ok: true, value: 'input' };
    for (const { ends: both, at } of await ends) {
      expect(both).toMatchObject([{ ok: false, error: failure }, value]);
      expect(at - goneAt).toBeLessThan(limitMs);
    }
    expect([manager, caller, living].map((node) => node.peer.inFlight)).toStrictEqual([0, 0, 0]);
    await expect(manager.peer.at(work, 'cluster:1').run('again')).rejects.toMatchObject({ code: 'NO_ROUTE' });
    for (const node of [manager, caller]) {
      expect((await endsOf(node)).ends).toMatchObject([{ ok: false, error: { code: 'NO_ROUTE' } }, value]);
    }
    // The one that watches deadlines may still be there, and keeps nobody alive.
    await expect.poll(refdTimers).toBeLessThanOrEqual(timers);
  });
});

test.each(['process', 'thread'] as const)(
  'a manager that closes while a %s works settles its callers',
  async (mode) => {
    const facts = { stage: 'in the handler', manner: 'being killed' };
    const launched = programs.launch(launchers[mode], 'dies-at-stage', { facts });
    const { manager, caller } = square(launched);
    const there = new Promise((resolve) => launched.onMessage(resolve));
    const failures = [failureOf(manager), failureOf(caller)];
    const many = [endsOf(manager), endsOf(caller)];
    await there;
    manager.router.close('shutdown');
    const failure = { code: 'LINK_CLOSED', details: { reason: 'shutdown' } };
    for (const { error } of await Promise.all(failures)) {
      expect(error).toMatchObject(failure);
    }
    for (const { ends } of await Promise.all(many)) {
      // The other has answered, and may have been heard.
      expect(ends).toMatchObject([{ ok: false, error: failure }, {}]);
    }
    expect([manager.peer.inFlight, caller.peer.inFlight]).toStrictEqual([0, 0]);
  },
);

test.each(['process', 'thread'] as const)('a %s that answers and exits at once has its answer heard', async (mode) => {
  const launched = programs.launch(launchers[mode], 'answers-and-exits');
  const { caller } = square(launched);
  const big = 'x'.repeat(1024 * 1024);
  await expect(caller.peer.at(work, 'cluster:1').run(big)).resolves.toBe(big);
  await expect(launched.exited).resolves.toMatchObject({ code: 0 });
});
