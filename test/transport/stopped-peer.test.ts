/** test/transport/stopped-peer: a far end that does not read: what its sender feels, and what comes of what it took. */
import { execFileSync } from 'node:child_process';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNode, type Node } from '../../src/node.ts';
import { defaultRoom } from '../../src/transport/credit.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import { localHost } from '../../src/wire/address.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';
import { tally } from '../conformance/work.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

const megabyte = 1024 * 1024;
/** The room, and some for the copy that joins what one turn wrote and for pages that are not given back yet. */
const boundBytes = defaultRoom.maxBytes + 96 * megabyte;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What the process has, and not what the collector has not come to: on a busy machine that is any number. */
function residentBytes(): number {
  collect();
  return process.memoryUsage().rss;
}

// A refusal is an error; a million stacks would cost more than all the rest.
const { stackTraceLimit } = Error;
beforeEach(() => {
  Error.stackTraceLimit = 0;
});
afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** A far end that can be stopped: nothing of it runs until it goes on. */
interface Stoppable {
  stop(): Promise<void>;
  goOn(): void;
}

function stoppableProcess({ child }: Launched): Stoppable {
  const signal = (name: NodeJS.Signals): void => void (child as { kill(name: string): boolean }).kill(name);
  const state = (): string =>
    execFileSync('ps', ['-o', 'stat=', '-p', String((child as { pid: number }).pid)]).toString();
  return {
    async stop() {
      signal('SIGSTOP');
      await expect.poll(state, { timeout: 10_000 }).toMatch(/^T/);
    },
    goOn: () => signal('SIGCONT'),
  };
}

function blockableThread(node: Node, launched: Launched, wake: Int32Array): Stoppable {
  return {
    async stop() {
      const blocked = new Promise((resolve) => launched.onMessage(resolve));
      node.peer.at(tally, 'cluster:1').block();
      await blocked;
    },
    goOn() {
      Atomics.store(wake, 0, 1);
      Atomics.notify(wake, 0);
    },
  };
}

/** A manager with a cluster that can be stopped, and another that is left alone. */
async function star(mode: keyof typeof launchers): Promise<{ readonly node: Node; readonly far: Stoppable }> {
  const wake = new Int32Array(new SharedArrayBuffer(4));
  const node = createNode({ self: localHost, incarnation: 1 });
  const start = (self: 'cluster:1' | 'cluster:2', facts: object): Launched => {
    const launched = programs.launch(launchers[mode], 'keeps-a-tally', { facts: { self, ...facts } });
    node.router.attach(self, launched.link);
    return launched;
  };
  const launched = start('cluster:1', mode === 'thread' ? { wake: wake.buffer } : {});
  start('cluster:2', {});
  const answers = ['cluster:1', 'cluster:2'] as const;
  await Promise.all(answers.map((address) => node.peer.at(tally, address).answer(0)));
  return { node, far: mode === 'thread' ? blockableThread(node, launched, wake) : stoppableProcess(launched) };
}

/** How calls that were made together ended, by the end of the turn. */
async function endsOf(calls: readonly Promise<unknown>[]): Promise<ReadonlySet<unknown>> {
  const ends: unknown[] = [];
  for (const call of calls) call.catch(({ code }) => ends.push(code));
  await turn();
  expect(ends).toHaveLength(calls.length);
  return new Set(ends);
}

interface Much {
  readonly casts: number;
  readonly calls: number;
  readonly pad: string;
}

/**
 * Tells a stopped cluster more than its line takes, then asks it much, and its neighbour something in between.
 *
 * @returns how many casts were taken, and the most memory there was beyond that of the start
 */
async function flood(node: Node, { casts, calls, pad }: Much) {
  const [stopped, other] = [node.peer.at(tally, 'cluster:1'), node.peer.at(tally, 'cluster:2')];
  const before = residentBytes();
  let sent = 0;
  while (node.router.dropped.casts === 0) stopped.note({ n: sent++, pad });
  const taken = sent - 1;
  const rounds = 20;
  let memory = 0;
  for (let round = 0; round < rounds; round++) {
    const until = taken + Math.ceil(((casts - taken) * (round + 1)) / rounds);
    while (sent < until) stopped.note({ n: sent++, pad });
    const asked = Array.from({ length: calls / rounds }, (_, n) => stopped.answer(n));
    expect(await endsOf(asked)).toStrictEqual(new Set(['OVERLOADED']));
    expect(await other.answer(round)).toBe(round);
    memory = Math.max(memory, residentBytes() - before);
  }
  expect(node.router.dropped.casts).toBe(casts - taken);
  return { taken, memory };
}

/** What a cluster heard, once its line takes a question. */
async function heardBy(node: Node) {
  const { seen } = node.peer.at(tally, 'cluster:1');
  for (;;) {
    try {
      return await seen();
    } catch (error) {
      expect(error).toMatchObject({ code: 'OVERLOADED' });
      await turn();
    }
  }
}

describe.each([
  ['process', { casts: 500, calls: 200, pad: 'x'.repeat(200_000) }],
  ['process', { casts: 1_000_000, calls: 100_000, pad: '' }],
  ['thread', { casts: 500, calls: 200, pad: 'x'.repeat(200_000) }],
  ['thread', { casts: 100_000, calls: 20_000, pad: '' }],
] as const)('a stopped %s', (mode, much) => {
  test(`is sent its room of ${much.casts} casts of ${much.pad.length} letters, and reads all of it when it goes on`, async () => {
    const { node, far } = await star(mode);
    await far.stop();
    const { taken, memory } = await flood(node, much);
    expect(node.peer.inFlight).toBe(0);
    expect(memory).toBeLessThan(boundBytes);

    far.goOn();
    expect(await heardBy(node)).toStrictEqual({ seen: taken, inOrder: true, weight: taken * much.pad.length });
    // All of it is read: more than three quarters of the room are there.
    const { note } = node.peer.at(tally, 'cluster:1');
    for (let n = taken; n < taken + Math.floor(taken * 0.7); n++) note({ n, pad: much.pad });
    const again = taken + Math.floor(taken * 0.7);
    expect(node.router.dropped.casts).toBe(much.casts - taken);
    expect(await heardBy(node)).toStrictEqual({ seen: again, inOrder: true, weight: again * much.pad.length });
  });
});
