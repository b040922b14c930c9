/** test/rpc/peer-groups: one call to many; each member has its own end. */
import { describe, expect, test, vi } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { createNode, type Node } from '../../src/node.ts';
import type { CallContext } from '../../src/rpc/served.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { type Address, clusterAddress, localHost } from '../../src/wire/address.ts';
import type { FrameOf, Member, Outcome } from '../../src/wire/frame.ts';
import { alone, idle, lastCall, math, ok } from './peers.ts';
import { stubLink } from './stub-link.ts';

const [c1, c2, c3] = ['cluster:1', 'cluster:2', 'cluster:3'] as const;

/** A reply with the answers of some members. */
const partOf = ({ id, incarnation, from: to }: FrameOf<'call'>, ...members: Member[]): FrameOf<'reply'> => ({
  kind: 'reply',
  id,
  incarnation,
  from: localHost,
  to,
  outcome: { kind: 'gathered', members },
});
const says = (from: Address, outcome: Outcome): Member => ({ from, outcome });

/** A manager with clusters 1 to 3 around it that double, and cluster 0 to ask them. */
function star(double: (n: number, context: CallContext, id: number) => number | Promise<number> = (n) => n * 2) {
  const manager = createNode({ self: localHost, incarnation: 1 });
  const nodes = [0, 1, 2, 3].map((id) => {
    const [down, up] = memoryPair(localHost, `cluster ${id}`);
    const node = createNode({ self: clusterAddress(id), incarnation: 1 });
    node.peer.serve(math, { ...idle, double: (n, context) => double(n, context, id) });
    manager.router.attach(clusterAddress(id), down);
    node.router.attachUplink(localHost, up);
    return node;
  });
  return { nodes, caller: nodes[0] as Node, everybody: nodes.map(({ peer }) => peer.self) };
}

describe('the answers', () => {
  test('stand in the order in which the members were named, the own cluster among them', async () => {
    const { caller } = star(async (n, _, id) => {
      for (let turns = 3 - id; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
      return n + id;
    });
    const answers = await caller.peer.atAll(math, [c2, 'cluster:0', c3, c1]).double(10);
    expect(answers).toStrictEqual([12, 10, 13, 11].map((value) => ({ ok: true, value })));
    expect(caller.peer.inFlight).toBe(0);
  });

  test('of nobody are none, and nothing is sent', async () => {
    const { peer, stub } = alone();
    await expect(peer.atAll(math, []).double(1)).resolves.toStrictEqual([]);
    expect(stub.sent).toStrictEqual([]);
    expect(peer.inFlight).toBe(0);
  });

  test('of a member that is named twice stand twice; it is asked once', async () => {
    const asked: number[] = [];
    const { caller } = star((n, _, id) => {
      asked.push(id);
      return n + id;
    });
    const answers = await caller.peer.atAll(math, [c1, 'cluster:0', c1, 'cluster:0']).double(10);
    expect(answers).toStrictEqual([11, 10, 11, 10].map((value) => ({ ok: true, value })));
    expect(asked.sort()).toStrictEqual([0, 1]);
  });

  test('end with the first that is enough: the others are told to stop, and none of theirs counts as lost', async () => {
    const signals: AbortSignal[] = [];
    const { caller, nodes } = star((n, { signal }, id) => {
      if (id === 2) return n * 2;
      signals.push(signal);
      return id === 3 ? 0 : new Promise(() => undefined);
    });
    const enough = (value: unknown) => value === 8;
    const answers = await caller.peer.atAll(math, [c1, c2, c3], { enough }).double(4);
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'CALL_ABORTED', details: { to: c1 } } });
    expect(answers[1]).toStrictEqual({ ok: true, value: 8 });
    await expect.poll(() => signals[0]?.aborted).toBe(true);
    expect(caller.peer.inFlight).toBe(0);
    // What comes later is neither needed nor missed.
    expect(
      await caller.peer
        .atAll(
          math,
          nodes.slice(3).map(({ peer }) => peer.self),
        )
        .double(1),
    ).toHaveLength(1);
    expect(caller.peer.dropped).toStrictEqual({ late: 0, duplicate: 0, foreign: 0 });
  });

  test('that are not enough are all waited for', async () => {
    const { caller } = star();
    const answers = await caller.peer.atAll(math, [c1, c2], { enough: () => false }).double(4);
    expect(answers).toStrictEqual([8, 8].map((value) => ({ ok: true, value })));
  });

  test('of a list of one are a list of one', async () => {
    const { caller } = star();
    await expect(caller.peer.atAll(math, [c1]).double(4)).resolves.toStrictEqual([{ ok: true, value: 8 }]);
  });

  test('come in parts, in any order', async () => {
    const { peer, stub } = alone();
    const answers = peer.atAll(math, [c1, c2, c3]).double(1);
    const asked = lastCall(stub);
    stub.deliver(partOf(asked, says(c3, ok(3))));
    stub.deliver(partOf(asked, says(c2, ok(2)), says(c1, ok(1))));
    await expect(answers).resolves.toStrictEqual([1, 2, 3].map((value) => ({ ok: true, value })));
  });
});

describe('a member', () => {
  test('that fails has its own failure, and the others their answers', async () => {
    const { caller, everybody } = star((n, _, id) => {
      if (id === 2) throw new RangeError('not today');
      return n + id;
    });
    const [zero, one, two, three] = await caller.peer.atAll(math, everybody).double(0);
    expect([zero, one, three]).toStrictEqual([0, 1, 3].map((value) => ({ ok: true, value })));
    const cause = expect.objectContaining({ name: 'RangeError', message: 'not today' });
    const details = { method: 'math.double', on: 'cluster:2', message: 'not today' };
    expect(two).toMatchObject({ ok: false, error: { code: 'HANDLER_FAILED', details, cause } });
  });

  test('that nobody knows has NO_ROUTE', async () => {
    const { caller } = star();
    const [known, unknown] = await caller.peer.atAll(math, [c1, 'cluster:9']).double(1);
    expect(known).toStrictEqual({ ok: true, value: 2 });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'NO_ROUTE', details: { to: 'cluster:9' } } });
  });

  test('that is late has CALL_TIMEOUT, and is told; the answers that came are kept', async () => {
    vi.useFakeTimers();
    try {
      const { peer, stub } = alone();
      const answers = peer.atAll(math, [c1, c2], { timeoutMs: 50 }).double(1);
      stub.deliver(partOf(lastCall(stub), says(c1, ok('in time'))));
      await vi.advanceTimersByTimeAsync(100);
      const details = { method: 'math.double', to: c2, timeoutMs: 50 };
      expect(await answers).toMatchObject([
        { ok: true, value: 'in time' },
        { ok: false, error: { code: 'CALL_TIMEOUT', details } },
      ]);
      expect(stub.of('cancel')).toMatchObject([{ id: lastCall(stub).id, to: [c1, c2] }]);
      expect(peer.inFlight).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('that answers twice is heard once, and counted', async () => {
    const { peer, stub } = alone();
    const answers = peer.atAll(math, [c1, c2]).double(1);
    const asked = lastCall(stub);
    for (const value of ['first', 'second']) stub.deliver(partOf(asked, says(c1, ok(value))));
    stub.deliver(partOf(asked, says(c2, ok('other')), says(c3, ok('forged'))));
    await expect(answers).resolves.toMatchObject([{ value: 'first' }, { value: 'other' }]);
    expect(peer.dropped).toStrictEqual({ late: 0, duplicate: 1, foreign: 1 });
    stub.deliver(partOf(asked, says(c1, ok('much later'))));
    expect(peer.dropped).toStrictEqual({ late: 1, duplicate: 1, foreign: 1 });
  });

  test('whose answer cannot be read fails alone', async () => {
    const { peer, stub } = alone();
    const answers = peer.atAll(math, [c1, c2]).double(1);
    const cut: Outcome = { kind: 'value', body: { format: 'json', data: Buffer.from('{') } };
    stub.deliver(partOf(lastCall(stub), says(c1, cut), says(c2, ok(2))));
    expect(await answers).toMatchObject([{ error: { code: 'UNREADABLE', details: { from: c1 } } }, { value: 2 }]);
  });
});

test('a line that closes is the end of every member that has not answered', async () => {
  const { peer, stub } = alone();
  const answers = peer.atAll(math, [c1, c2, c3]).double(1);
  stub.deliver(partOf(lastCall(stub), says(c2, ok('kept'))));
  stub.down('exit code 1');
  const gone = { ok: false, error: { code: 'LINK_CLOSED', details: { peer: 'the stub', reason: 'exit code 1' } } };
  expect(await answers).toMatchObject([gone, { ok: true, value: 'kept' }, gone]);
});

test('a call to many that cannot leave fails for each of them, and rejects nothing', async () => {
  const tooLarge = new ShardliftError('FRAME_TOO_LARGE', { bytes: 9, maxBytes: 8, method: 'math.double' });
  const { peer } = alone(
    stubLink(() => {
      throw tooLarge;
    }),
  );
  const failed = { ok: false, error: tooLarge };
  await expect(peer.atAll(math, [c1, c2]).double(1)).resolves.toStrictEqual([failed, failed]);
});

describe('giving up', () => {
  test('rejects the whole, with the reason, and reaches every member', async () => {
    const signals = new Map<number, AbortSignal>();
    const { caller, everybody } = star((_n, { signal }, id) => {
      signals.set(id, signal);
      return new Promise(() => undefined);
    });
    const control = new AbortController();
    const answers = caller.peer.atAll(math, everybody, { signal: control.signal }).double(1);
    await expect.poll(() => signals.size).toBe(4);
    control.abort(new Error('the user left'));
    const details = { method: 'math.double', to: '4 nodes' };
    await expect(answers).rejects.toMatchObject({ code: 'CALL_ABORTED', details, cause: { message: 'the user left' } });
    await expect.poll(() => [...signals.values()].every(({ aborted }) => aborted)).toBe(true);
    expect(caller.peer.inFlight).toBe(0);
  });

  test('by the deadline fires the signals of those that still work', async () => {
    const signals = new Map<number, AbortSignal>();
    const { caller, everybody } = star((n, { signal }, id) => {
      if (id < 2) return n;
      signals.set(id, signal);
      return new Promise(() => undefined);
    });
    const answers = await caller.peer.atAll(math, everybody, { timeoutMs: 50 }).double(1);
    expect(answers.map(({ ok }) => ok)).toStrictEqual([true, true, false, false]);
    await expect.poll(() => [...signals.values()].map(({ aborted }) => aborted)).toStrictEqual([true, true]);
  });
});

test('a cast to many reaches each of them once, the own cluster too', async () => {
  const { caller, nodes } = star();
  const heard: number[] = [];
  for (const [id, { peer }] of nodes.entries()) {
    peer.answerer.remove('math.note');
    peer.answerer.add([['math.note', () => heard.push(id)]]);
  }
  caller.peer.atAll(math, [c1, 'cluster:0', c1, c3]).note('hi');
  await expect.poll(() => heard.length).toBe(3);
  // Whatever was sent beside these has arrived by the time of an answer that was asked for later.
  await caller.peer.atAll(math, [c1, c2, c3]).double(1);
  expect(heard.sort()).toStrictEqual([0, 1, 3]);
});
