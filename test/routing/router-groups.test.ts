/** test/routing/router-groups: calls and casts to many, spread by a node with lines to them or with an uplink. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Router } from '../../src/routing/router.ts';
import type { Frame, FrameOf } from '../../src/wire/frame.ts';
import { type Stub, stubLink } from '../rpc/stub-link.ts';
import {
  a,
  answerTo,
  b,
  c,
  callOf,
  cancelOf,
  castOf,
  down,
  failure,
  faultOf,
  gathered,
  membersIn,
  membersOf,
  narrow,
  self,
} from './frames.ts';

const gone = 'cluster:9';

/** A manager with lines to three clusters. */
function manager(lineA: Stub = stubLink()) {
  const router = new Router({ self });
  const [lineB, lineC] = [stubLink(), stubLink()];
  const heard: Frame[] = [];
  router.local.receive((frame) => heard.push(frame));
  for (const [address, line] of [
    [a, lineA],
    [b, lineB],
    [c, lineC],
  ] as const)
    router.attach(address, line.link);
  return { router, lineA, lineB, lineC, heard };
}

/** A cluster with an uplink and a line of its own to another. */
function cluster(spread: 'uplink' | 'lines') {
  const router = new Router({ self: a, spread });
  const [uplink, lineB] = [stubLink(), stubLink()];
  const heard: Frame[] = [];
  router.local.receive((frame) => heard.push(frame));
  router.attachUplink(self, uplink.link);
  router.attach(b, lineB.link);
  return { router, uplink, lineB, heard };
}

const replies = (frames: readonly Frame[]): FrameOf<'reply'>[] =>
  frames.filter((frame): frame is FrameOf<'reply'> => frame.kind === 'reply');
const wanted = (stub: Stub) => [...stub.of('call'), ...stub.of('cast')].map(({ to }) => to);

afterEach(() => {
  vi.useRealTimers();
});

describe('a node with an uplink that spreads by it', () => {
  test('sends one frame up for all others, and gives its own peer its part', () => {
    const { router, uplink, lineB, heard } = cluster('uplink');
    router.local.send(callOf(a, [a, b, c]));
    router.local.send(castOf(a, [a, b, c]));
    expect(wanted(uplink)).toStrictEqual([
      [b, c],
      [b, c],
    ]);
    expect(wanted(lineB)).toStrictEqual([]);
    expect(heard).toMatchObject([
      { kind: 'call', to: a },
      { kind: 'cast', to: a },
    ]);
  });

  test('gives the answers on in parts as they come', () => {
    const { router, uplink, heard } = cluster('uplink');
    const call = callOf(a, [b, c]);
    router.local.send(call);
    uplink.deliver(gathered(call, self, membersOf(c)));
    uplink.deliver(gathered(call, self, membersOf(b)));
    uplink.deliver(gathered(call, self, membersOf(b)));
    expect(replies(heard).map((reply) => membersIn(reply))).toStrictEqual([membersOf(c), membersOf(b)]);
    expect(router.dropped).toStrictEqual({ casts: 0, replies: 1 });
  });

  test('answers for those who have not when the uplink ends', async () => {
    const { router, uplink, heard } = cluster('uplink');
    const call = callOf(a, [b, c]);
    router.local.send(call);
    uplink.deliver(gathered(call, self, membersOf(c)));
    await down(uplink, 'the manager is gone');
    const [, last] = replies(heard);
    expect(membersIn(last).map(({ from, outcome }) => [from, faultOf(outcome)])).toStrictEqual([
      [b, { by: 'route', code: 'LINK_CLOSED', peer: 'the stub', reason: 'the manager is gone' }],
    ]);
  });
});

describe('a node with an uplink that spreads by lines', () => {
  test('takes the line that is there, and the uplink once for all who have none', () => {
    const { router, uplink, lineB } = cluster('lines');
    router.local.send(callOf(a, [b, c, 'cluster:3']));
    expect(wanted(lineB)).toStrictEqual([b]);
    expect(wanted(uplink)).toStrictEqual([[c, 'cluster:3']]);
  });

  test('hears each part’s answer by its own line', async () => {
    const { router, uplink, lineB, heard } = cluster('lines');
    const call = callOf(a, [b, c]);
    router.local.send(call);
    lineB.deliver(answerTo(call, b));
    uplink.deliver(gathered(call, self, membersOf(c)));
    expect(replies(heard)).toMatchObject([{ from: b }, { outcome: { kind: 'gathered', members: membersOf(c) } }]);
    await Promise.all([down(uplink), down(lineB)]);
    expect(replies(heard)).toHaveLength(2);
  });

  test('lets only the parts wait whose line is being opened', () => {
    const { router, uplink } = cluster('lines');
    router.openLine = (to) => to === c;
    router.local.send(callOf(a, [c, 'cluster:3']));
    expect(wanted(uplink)).toStrictEqual([['cluster:3']]);
    const lineC = stubLink();
    router.attach(c, lineC.link);
    expect(wanted(lineC)).toStrictEqual([c]);
  });

  test('keeps parts that turn to the uplink apart: a call may go there twice', async () => {
    const { router, uplink, heard } = cluster('lines');
    router.openLine = (to) => to === c;
    const call = callOf(a, [c, 'cluster:3', 'cluster:4']);
    router.local.send(call);
    router.openLine = () => false;
    router.takeUplink(c);
    expect(wanted(uplink)).toStrictEqual([['cluster:3', 'cluster:4'], c]);
    uplink.deliver(answerTo(call, c));
    uplink.deliver(gathered(call, self, membersOf('cluster:4')));
    expect(replies(heard)).toHaveLength(2);
    await down(uplink);
    expect(membersIn(replies(heard)[2]).map(({ from }) => from)).toStrictEqual(['cluster:3']);
  });

  test('tells every line of a call that is given up, each about its own part', () => {
    const { router, uplink, lineB } = cluster('lines');
    const call = callOf(a, [b, c, 'cluster:3']);
    router.local.send(call);
    router.local.send(cancelOf(call));
    expect(lineB.of('cancel').map(({ to }) => to)).toStrictEqual([b]);
    expect(uplink.of('cancel').map(({ to }) => to)).toStrictEqual([[c, 'cluster:3']]);
  });
});

describe('a manager that spreads for a caller', () => {
  test('asks each one on its line, one hop further, and sends one answer back', () => {
    const { lineA, lineB, lineC, heard, router } = manager();
    const call = callOf(a, [b, c, self]);
    lineA.deliver(call);
    expect(lineB.of('call')).toStrictEqual([{ ...call, to: b, hops: 1 }]);
    expect(lineC.of('call')).toStrictEqual([{ ...call, to: c, hops: 1 }]);
    expect(heard).toStrictEqual([{ ...call, to: self }]);
    lineC.deliver(answerTo(call, c));
    router.local.send(answerTo(call, self));
    expect(lineA.of('reply')).toStrictEqual([]);
    lineB.deliver(answerTo(call, b));
    expect(lineA.of('reply')).toStrictEqual([gathered(call, self, membersOf(c, self, b))]);
  });

  test('does not let the quick wait for the slow', () => {
    vi.useFakeTimers();
    const { lineA, lineB, lineC } = manager();
    const call = callOf(a, [b, c]);
    lineA.deliver(call);
    lineB.deliver(answerTo(call, b));
    expect(lineA.of('reply')).toHaveLength(0);
    vi.runAllTimers();
    expect(lineA.of('reply')).toHaveLength(1);
    lineC.deliver(answerTo(call, c));
    expect(lineA.of('reply').map((reply) => membersIn(reply))).toStrictEqual([membersOf(b), membersOf(c)]);
  });

  test('answers for the dead and the unknown', async () => {
    const { lineA, lineB, lineC } = manager();
    const call = callOf(a, [b, c, gone]);
    lineA.deliver(call);
    lineC.deliver(answerTo(call, c));
    await down(lineB);
    const ends = membersIn(lineA.of('reply')[0]).map(({ from, outcome }) => [from, faultOf(outcome)]);
    expect(ends).toStrictEqual([
      [gone, { by: 'route', code: 'NO_ROUTE', to: gone }],
      [c, {}],
      [b, { by: 'route', code: 'LINK_CLOSED', peer: 'the stub', reason: 'signal SIGKILL' }],
    ]);
  });

  test('hears a member once', async () => {
    const { router, lineA, lineB, lineC } = manager();
    const call = callOf(a, [b, c]);
    lineA.deliver(call);
    lineB.deliver(answerTo(call, b));
    lineB.deliver(answerTo(call, b));
    lineC.deliver(answerTo(call, c));
    expect(lineA.of('reply').flatMap((reply) => membersIn(reply))).toStrictEqual(membersOf(b, c));
    expect(router.dropped.replies).toBe(1);
  });

  test('splits answers that are too large together for the caller’s line', () => {
    const together = narrow('reply');
    const lineA = stubLink((frame) => {
      if (frame.kind === 'reply' && membersIn(frame).length > 1) together.link.send(frame);
    });
    const { lineB, lineC } = manager(lineA);
    const call = callOf(a, [b, c]);
    lineA.deliver(call);
    lineB.deliver(answerTo(call, b));
    lineC.deliver(answerTo(call, c));
    expect(lineA.of('reply').map((reply) => membersIn(reply))).toStrictEqual([membersOf(b), membersOf(c)]);
  });

  test.each([
    ['that dies', ({ lineA }: ReturnType<typeof manager>) => down(lineA)],
    ['that gives up', ({ lineA }: ReturnType<typeof manager>) => lineA.deliver(cancelOf(callOf(a, [b, c, self])))],
  ])('tells everybody of a caller %s, except those who have answered', async (_, end) => {
    const board = manager();
    const call = callOf(a, [b, c, self]);
    board.lineA.deliver(call);
    board.lineC.deliver(answerTo(call, c));
    await end(board);
    expect(board.lineB.of('cancel').map(({ to }) => to)).toStrictEqual([b]);
    expect(board.lineC.of('cancel')).toStrictEqual([]);
    expect(board.heard.map(({ kind }) => kind)).toStrictEqual(['call', 'cancel']);
    const before = board.router.dropped.replies;
    board.lineB.deliver(answerTo(call, b));
    expect(board.router.dropped.replies).toBe(before + 1);
  });

  test('passes a cast on to each, and counts those it cannot reach', () => {
    const { router, lineA, lineB, lineC } = manager();
    lineA.deliver(castOf(a, [b, gone, c]));
    expect([...wanted(lineB), ...wanted(lineC)]).toStrictEqual([b, c]);
    expect(router.dropped.casts).toBe(1);
  });
});

describe('a frame that was passed on too often', () => {
  const far = { hops: 8 };

  test('is refused with TOO_MANY_HOPS, for each of many', () => {
    const { lineA } = manager();
    lineA.deliver({ ...callOf(a, b), ...far });
    lineA.deliver({ ...callOf(a, [b, c], 2), ...far });
    const [single, many] = lineA.of('reply');
    expect(failure(single)).toStrictEqual({ by: 'route', code: 'TOO_MANY_HOPS', to: b, hops: 8 });
    expect(membersIn(many).map(({ from, outcome }) => [from, faultOf(outcome)])).toMatchObject([
      [b, { code: 'TOO_MANY_HOPS', to: '2 nodes' }],
      [c, { code: 'TOO_MANY_HOPS', to: '2 nodes' }],
    ]);
  });

  test('goes nowhere, and a cast is counted', () => {
    const { router, lineA, lineB } = manager();
    lineA.deliver({ ...castOf(a, b), ...far });
    lineA.deliver({ ...castOf(a, [b, c]), ...far });
    expect(wanted(lineB)).toStrictEqual([]);
    expect(router.dropped.casts).toBe(2);
  });
});

describe('an answer', () => {
  test('goes back by the line its call came by, also when a direct one is there since', () => {
    const { router, uplink, lineB } = cluster('uplink');
    uplink.deliver({ ...callOf(b, a), hops: 1 });
    router.local.send(answerTo(callOf(b, a)));
    expect(uplink.of('reply')).toHaveLength(1);
    expect(lineB.of('reply')).toStrictEqual([]);
    lineB.deliver(callOf(b, a, 2));
    router.local.send(answerTo(callOf(b, a, 2)));
    expect(lineB.of('reply').map(({ id }) => id)).toStrictEqual([2]);
  });

  test('that nobody asked for, or that comes by another line, is counted and settles nothing', () => {
    const { router, lineA, lineB, lineC } = manager();
    const call = callOf(a, b);
    lineA.deliver(call);
    lineC.deliver(answerTo(call, b));
    lineB.deliver(answerTo(call, c));
    lineB.deliver(answerTo(callOf(a, b, 99)));
    router.local.send(answerTo(callOf(a, self, 5)));
    expect(lineA.of('reply')).toStrictEqual([]);
    expect(router.dropped.replies).toBe(4);
    lineB.deliver(answerTo(call));
    lineB.deliver(answerTo(call));
    expect(lineA.of('reply')).toHaveLength(1);
    expect(router.dropped.replies).toBe(5);
  });
});
