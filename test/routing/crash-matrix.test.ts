/** test/routing/crash-matrix: the far end dies at every stage of a call, in every manner; nobody is left waiting. */
import { afterAll, describe, expect, test } from 'vitest';
import { createNode, type Node } from '../../src/node.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { localHost } from '../../src/wire/address.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';
import { work } from '../conformance/work.ts';

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

/** A caller cluster, the manager, and the program as the cluster that will die. */
function triangle(launched: Launched): { readonly manager: Node; readonly caller: Node } {
  const manager = createNode({ self: localHost, incarnation: 1 });
  const caller = createNode({ self: 'cluster:0', incarnation: 1 });
  const [toCaller, toManager] = memoryPair('cluster 0', 'the manager');
  manager.router.attach('cluster:0', toCaller);
  caller.router.attachUplink(localHost, toManager);
  manager.router.attach('cluster:1', launched.link);
  return { manager, caller };
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

describe.each(stages)('dying %s', (stage) => {
  test.each(cases.filter((one) => one.stage === stage))('a $mode by $manner settles its callers', async (one) => {
    const { mode, manner, reason } = one;
    const launched = programs.launch(launchers[mode], 'dies-at-stage', { facts: { stage, manner } });
    if (manner === 'being killed') killWhenThere(launched, mode);
    const gone = launched.exited.then(() => performance.now());
    const { manager, caller } = triangle(launched);
    const [near, far, goneAt] = await Promise.all([failureOf(manager), failureOf(caller), gone]);
    const peer = 'the program dies-at-stage';
    for (const { error, at } of [near, far]) {
      expect(error).toMatchObject({ code: 'LINK_CLOSED', details: { peer, reason } });
      expect(at - goneAt).toBeLessThan(limitMs);
    }
    expect([manager.peer.inFlight, caller.peer.inFlight]).toStrictEqual([0, 0]);
    await expect(manager.peer.at(work, 'cluster:1').run('again')).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });
});

test.each(['process', 'thread'] as const)(
  'a manager that closes while a %s works settles its callers',
  async (mode) => {
    const facts = { stage: 'in the handler', manner: 'being killed' };
    const launched = programs.launch(launchers[mode], 'dies-at-stage', { facts });
    const { manager, caller } = triangle(launched);
    const there = new Promise((resolve) => launched.onMessage(resolve));
    const failures = [failureOf(manager), failureOf(caller)];
    await there;
    manager.router.close('shutdown');
    for (const { error } of await Promise.all(failures)) {
      expect(error).toMatchObject({ code: 'LINK_CLOSED', details: { reason: 'shutdown' } });
    }
    expect([manager.peer.inFlight, caller.peer.inFlight]).toStrictEqual([0, 0]);
  },
);

test.each(['process', 'thread'] as const)('a %s that answers and exits at once has its answer heard', async (mode) => {
  const launched = programs.launch(launchers[mode], 'answers-and-exits');
  const { caller } = triangle(launched);
  const big = 'x'.repeat(1024 * 1024);
  await expect(caller.peer.at(work, 'cluster:1').run(big)).resolves.toBe(big);
  await expect(launched.exited).resolves.toMatchObject({ code: 0 });
});
