/** test/routing/router-waiting: frames that wait in a switchboard, for a node or for a line. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Router } from '../../src/routing/router.ts';
import { defaultMaxFrameBytes } from '../../src/wire/codec.ts';
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
  gathered,
  membersIn,
  narrow,
  self,
} from './frames.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** More frames than may wait for one node. */
const tooMany = 4_097;
const kinds = (frames: readonly Frame[]): string[] => frames.map(({ kind }) => kind);
const waitingOf = (from: Parameters<typeof callOf>[0], id = 1) => ({ ...callOf(from, b, id), wait: true as const });

describe('a call that rather waits for a node that may come', () => {
  /** A manager with a line to one cluster; another may come. */
  function manager(lineA: Stub = stubLink()) {
    const router = new Router({ self });
    router.mayCome = (to) => to === b;
    const heard: Frame[] = [];
    router.local.receive((frame) => heard.push(frame));
    router.attach(a, lineA.link);
    const come = (ready: boolean): Stub => {
      const line = stubLink();
      router.attach(b, line.link, { ready });
      return line;
    };
    return { router, lineA, heard, come };
  }

  test('goes out when it has come, with what is left of its deadline, and waits no second time', () => {
    const { router, lineA, come } = manager();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    lineA.deliver(waitingOf(a));
    router.local.send({ ...waitingOf(self, 2), budgetMs: null });
    clock.mockReturnValue(1_300);
    const calls = come(true).of('call');
    expect(calls).toStrictEqual([
      { ...callOf(a, b), budgetMs: 700, hops: 1 },
      { ...callOf(self, b, 2), budgetMs: null },
    ]);
  });

  test('goes out when it is ready, not when its line is up; others do not wait', () => {
    const { router, lineA, come } = manager();
    lineA.deliver(waitingOf(a, 1));
    const line = come(false);
    lineA.deliver(waitingOf(a, 2));
    lineA.deliver(callOf(a, b, 3));
    expect(line.of('call').map(({ id }) => id)).toStrictEqual([3]);
    router.ready(b);
    expect(line.of('call').map(({ id }) => id)).toStrictEqual([3, 1, 2]);
    lineA.deliver(waitingOf(a, 4));
    expect(line.of('call')).toHaveLength(4);
  });

  test('waits on when it dies before it is ready', async () => {
    const { lineA, come } = manager();
    const first = come(false);
    lineA.deliver(waitingOf(a));
    await down(first);
    expect(lineA.of('reply')).toStrictEqual([]);
    expect(come(true).of('call')).toHaveLength(1);
  });

  test('waits when the node is known to be gone, though its line has not ended', async () => {
    const { router, lineA, come } = manager();
    const dying = come(true);
    router.unready(b);
    lineA.deliver(waitingOf(a));
    await down(dying);
    expect([dying.of('call'), lineA.of('reply')]).toStrictEqual([[], []]);
    expect(come(true).of('call')).toHaveLength(1);
  });

  test('does not wait for a node that was gone before and will not come', () => {
    const { router, lineA } = manager();
    router.unready(b);
    router.mayCome = () => false;
    lineA.deliver(waitingOf(a));
    expect(lineA.of('reply').map(failure)).toMatchObject([{ code: 'NO_ROUTE' }]);
  });

  test('has its answer like any other', () => {
    const { lineA, come } = manager();
    lineA.deliver(waitingOf(a));
    come(true).deliver(answerTo(callOf(a, b)));
    expect(lineA.of('reply')).toStrictEqual([answerTo(callOf(a, b))]);
  });

  test('is refused when the node is not one that may come', () => {
    const { lineA } = manager();
    lineA.deliver({ ...callOf(a, c), wait: true });
    expect(lineA.of('reply').map(failure)).toStrictEqual([{ by: 'route', code: 'NO_ROUTE', to: c }]);
  });

  test.each([
    ['gives up', ({ lineA }: ReturnType<typeof manager>) => lineA.deliver(cancelOf(callOf(a, b)))],
    ['dies', ({ lineA }: ReturnType<typeof manager>) => down(lineA)],
  ])('is forgotten when its caller %s', async (_, end) => {
    const board = manager();
    board.lineA.deliver(waitingOf(a));
    board.router.local.send(waitingOf(self, 2));
    await end(board);
    expect(
      board
        .come(true)
        .of('call')
        .map(({ from }) => from),
    ).toStrictEqual([self]);
    expect(board.lineA.of('reply')).toStrictEqual([]);
  });

  test('is forgotten with the caller of a call to many', async () => {
    const { lineA, come } = manager();
    lineA.deliver({ ...callOf(a, [b, c]), wait: true });
    await down(lineA);
    expect(come(true).of('call')).toStrictEqual([]);
  });

  test('to many waits for its part alone', () => {
    vi.useFakeTimers();
    const { lineA, come } = manager();
    const call = callOf(a, [b, c]);
    lineA.deliver({ ...call, wait: true });
    vi.runAllTimers();
    expect(lineA.of('reply').map((reply) => membersIn(reply)[0]?.from)).toStrictEqual([c]);
    const line = come(true);
    line.deliver(answerTo(call, b));
    expect(lineA.of('reply').at(-1)).toMatchObject(
      gathered(call, self, [{ from: b, outcome: answerTo(call).outcome as { readonly kind: 'value'; body: never } }]),
    );
  });

  test('is refused when the node will not come, with the reason', () => {
    const { router, lineA, heard } = manager();
    lineA.deliver(waitingOf(a));
    router.local.send(waitingOf(self, 2));
    router.refuseWaiting(b, 'it was stopped');
    const refusal = { by: 'route', code: 'NO_ROUTE', to: b, reason: 'it was stopped' };
    expect(lineA.of('reply').map(failure)).toStrictEqual([refusal]);
    expect((heard as FrameOf<'reply'>[]).map(failure)).toStrictEqual([refusal]);
  });

  test('is refused, as calls that were sent are, when the node is forsaken, and its line stays open', () => {
    const { router, lineA, come } = manager();
    const line = come(false);
    lineA.deliver(callOf(a, b));
    lineA.deliver(waitingOf(a, 2));
    router.forsake(b, line.link, 'it knows nobody');
    router.mayCome = () => false;
    router.whyNever = () => 'it knows nobody';
    lineA.deliver(waitingOf(a, 3));
    expect(lineA.of('reply').map(failure)).toMatchObject([
      { code: 'LINK_CLOSED', reason: 'it knows nobody' },
      { code: 'NO_ROUTE', reason: 'it knows nobody' },
      { code: 'NO_ROUTE', reason: 'it knows nobody' },
    ]);
    line.deliver(castOf(b, a));
    expect([kinds(line.sent), lineA.of('cast').length]).toStrictEqual([['hello', 'call'], 1]);
  });

  test('was never sent: it is refused with NO_ROUTE when the switchboard closes', () => {
    const { router, lineA } = manager();
    lineA.deliver(waitingOf(a));
    router.close('shutdown');
    expect(kinds(lineA.sent)).toStrictEqual(['hello', 'reply', 'bye']);
    expect(lineA.of('reply').map(failure)).toMatchObject([{ by: 'route', code: 'NO_ROUTE', reason: 'shutdown' }]);
  });

  test('is refused with TOO_MANY_WAITING when too many wait', () => {
    const { lineA } = manager();
    for (let id = 1; id <= tooMany; id++) lineA.deliver(waitingOf(a, id));
    expect(lineA.of('reply').map(({ id }) => id)).toStrictEqual([tooMany]);
    expect(lineA.of('reply').map(failure)).toMatchObject([{ by: 'route', code: 'TOO_MANY_WAITING' }]);
  });

  test('waits at the far end of an uplink, not here', () => {
    const router = new Router({ self: a });
    const uplink = stubLink();
    router.mayCome = () => true;
    router.attachUplink(self, uplink.link);
    router.local.send(waitingOf(a));
    expect(uplink.of('call')).toStrictEqual([waitingOf(a)]);
  });
});

describe('while a line of its own to a node opens', () => {
  // What waits has what is left of its deadline: here no time passes.
  beforeEach(() => {
    vi.spyOn(performance, 'now').mockReturnValue(1_000);
  });

  /** A cluster with an uplink that is about to have a line to another. */
  function cluster() {
    const router = new Router({ self: a });
    const [uplink, direct] = [stubLink(), stubLink()];
    const heard: Frame[] = [];
    const wishes: string[] = [];
    const opening = new Set<string>([b]);
    router.local.receive((frame) => heard.push(frame));
    router.openLine = (to) => opening.has(to) && wishes.push(to) > 0;
    router.attachUplink(self, uplink.link);
    const stay = (): void => {
      opening.delete(b);
      router.takeUplink(b);
    };
    return { router, uplink, direct, heard, wishes, stay };
  }

  test('frames for it wait, then go out on it in order; those for others do not wait', () => {
    const { router, uplink, direct, wishes } = cluster();
    const frames = [castOf(a, b), callOf(a, b), castOf(a, b)];
    for (const frame of frames) router.local.send(frame);
    router.local.send(castOf(a, c));
    expect(uplink.sent.slice(1)).toStrictEqual([castOf(a, c)]);
    router.attach(b, direct.link);
    router.local.send(cancelOf(callOf(a, b)));
    expect(direct.sent.slice(1)).toStrictEqual([...frames, cancelOf(callOf(a, b))]);
    expect(wishes).toStrictEqual([b]);
  });

  test('frames for it go out before what is said to the first that it brings', () => {
    const { router, direct } = cluster();
    router.local.receive(() => router.local.send({ ...castOf(a, b), method: 'said to that' }));
    router.local.send(castOf(a, b));
    direct.deliver(castOf(b, a), 0);
    router.attach(b, direct.link);
    expect(direct.of('cast').map(({ method }) => method)).toStrictEqual(['m', 'said to that']);
  });

  test('and then cannot be had, they take the uplink in order', () => {
    const { router, uplink, stay } = cluster();
    const frames = [castOf(a, b), callOf(a, b), castOf(a, b)];
    for (const frame of frames) router.local.send(frame);
    stay();
    router.local.send(castOf(a, b));
    expect(uplink.sent.slice(1)).toStrictEqual([...frames, castOf(a, b)]);
  });

  test('a call that is given up goes out with its cancel behind it', () => {
    const { router, direct } = cluster();
    router.local.send(callOf(a, b));
    router.local.send(cancelOf(callOf(a, b)));
    router.attach(b, direct.link);
    expect(direct.sent.slice(1)).toStrictEqual([callOf(a, b), cancelOf(callOf(a, b))]);
  });

  test('and the uplink ends, calls are refused', async () => {
    const { router, uplink, heard } = cluster();
    router.local.send(castOf(a, b));
    router.local.send(callOf(a, b));
    await down(uplink);
    expect((heard as FrameOf<'reply'>[]).map(failure)).toStrictEqual([{ by: 'route', code: 'NO_ROUTE', to: b }]);
    expect(router.dropped.casts).toBe(1);
  });

  test('too many calls are refused with TOO_MANY_WAITING, and too many casts are counted', () => {
    const { router, heard } = cluster();
    for (let id = 1; id <= tooMany; id++) router.local.send(callOf(a, b, id));
    router.local.send(castOf(a, b));
    const refusal = { by: 'route', code: 'TOO_MANY_WAITING', to: b };
    expect((heard as FrameOf<'reply'>[]).map(failure)).toMatchObject([refusal]);
    expect(heard).toMatchObject([{ id: tooMany, from: b }]);
    expect(router.dropped.casts).toBe(1);
  });

  test('frames that are passed on for others do not wait', () => {
    const { router, uplink, direct } = cluster();
    router.attach(c, direct.link);
    direct.deliver(castOf(c, b));
    expect(uplink.of('cast')).toStrictEqual([{ ...castOf(c, b), hops: 1 }]);
  });

  test('a cast too large for any line throws where it is made, and nothing behind it is lost', () => {
    const { router, uplink, stay } = cluster();
    const large = { format: 'v8', data: Buffer.alloc(defaultMaxFrameBytes + 1) } as const;
    router.local.send(castOf(a, b));
    expect(() => router.local.send({ ...castOf(a, b), body: large })).toThrow(
      expect.objectContaining({ code: 'FRAME_TOO_LARGE' }),
    );
    router.local.send(callOf(a, b));
    stay();
    expect(uplink.sent.slice(1)).toStrictEqual([castOf(a, b), callOf(a, b)]);
  });

  test('a cast that turns out too large for the line is counted, and nothing behind it is lost', () => {
    const { router } = cluster();
    const direct = narrow('cast');
    router.local.send(castOf(a, b));
    router.local.send(callOf(a, b));
    router.attach(b, direct.link);
    expect(direct.sent.slice(1)).toStrictEqual([callOf(a, b)]);
    expect(router.dropped.casts).toBe(1);
  });
});
