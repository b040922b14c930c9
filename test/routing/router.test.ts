/** test/routing/router: the switchboard of a node. */
import { describe, expect, test } from 'vitest';
import { Router } from '../../src/routing/router.ts';
import type { Address } from '../../src/wire/address.ts';
import { type Frame, protocolVersion } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { type Stub, stubLink } from '../rpc/stub-link.ts';
import { a, answerTo, b, callOf, cancelOf, castOf, down, failure, narrow, sealed, self, tooLarge } from './frames.ts';

/** A router with lines to two clusters, and what its own peer hears. */
function switchboard(lineA: Stub = stubLink(), lineB: Stub = stubLink()) {
  const router = new Router({ self });
  const heard: Frame[] = [];
  const lost: Address[] = [];
  router.local.receive((frame) => heard.push(frame));
  router.onLost((address) => void lost.push(address));
  router.attach(a, lineA.link);
  router.attach(b, lineB.link);
  return { router, lineA, lineB, heard, lost };
}

describe('forwarding', () => {
  test('passes calls, casts, replies and cancels on to their line, one hop further, the body unread', () => {
    const { lineA, lineB } = switchboard();
    const call = callOf(a, b);
    for (const frame of [call, castOf(a, b), cancelOf(call)]) lineA.deliver(frame);
    const further = { hops: 1 };
    expect(lineB.sent.slice(1)).toStrictEqual([
      { ...call, ...further },
      { ...castOf(a, b), ...further },
      cancelOf(call),
    ]);
    expect(lineB.of('call')[0]?.body).toBe(sealed);
    const answered = callOf(a, b, 2);
    lineA.deliver(answered);
    lineB.deliver(answerTo(answered));
    expect(lineA.sent.slice(1)).toStrictEqual([answerTo(answered)]);
  });

  test('gives the node’s own peer what is for it, and takes what it sends', () => {
    const { router, lineA, heard } = switchboard();
    lineA.deliver(castOf(a, self));
    router.local.send(castOf(self, a));
    router.local.send(castOf(self, self));
    expect(heard).toStrictEqual([castOf(a, self), castOf(self, self)]);
    expect(lineA.of('cast')).toStrictEqual([castOf(self, a)]);
  });

  test('prefers a line of its own to the uplink, and takes the uplink for all others', () => {
    const [uplink, direct] = [stubLink(), stubLink()];
    const router = new Router({ self: a });
    router.attachUplink(self, uplink.link);
    router.attach(b, direct.link);
    for (const to of [b, 'cluster:2', self] as const) router.local.send(castOf(a, to));
    expect(direct.of('cast')).toStrictEqual([castOf(a, b)]);
    expect(uplink.of('cast')).toStrictEqual([castOf(a, 'cluster:2'), castOf(a, self)]);
  });

  test('sends nothing back on the line it came by', () => {
    const uplink = stubLink();
    const router = new Router({ self: a });
    router.attachUplink(self, uplink.link);
    uplink.deliver(castOf(self, 'cluster:5'));
    uplink.deliver(callOf(self, 'cluster:5'));
    expect(uplink.of('cast')).toStrictEqual([]);
    expect(uplink.of('reply').map(failure)).toStrictEqual([{ by: 'route', code: 'NO_ROUTE', to: 'cluster:5' }]);
  });
});

describe('greeting', () => {
  test('says hello before anything else, also when something came before the line was taken', () => {
    const line = stubLink();
    line.deliver(callOf(a, 'cluster:9'));
    new Router({ self }).attach(a, line.link);
    const hello = { kind: 'hello', from: self, protocol: protocolVersion };
    expect(line.sent[0]).toStrictEqual(hello);
    expect(line.of('reply').map(failure)).toStrictEqual([{ by: 'route', code: 'NO_ROUTE', to: 'cluster:9' }]);
  });

  test('closes a line that speaks another protocol, and says which', async () => {
    const { lineA } = switchboard();
    lineA.deliver({ kind: 'hello', from: a, protocol: protocolVersion + 1 });
    await expect(lineA.link.closed).resolves.toMatch(`it speaks protocol ${protocolVersion + 1}`);
  });

  test('keeps a line that speaks ours', () => {
    const { lineA, router } = switchboard();
    lineA.deliver({ kind: 'hello', from: a, protocol: protocolVersion });
    router.local.send(castOf(self, a));
    expect(lineA.of('cast')).toHaveLength(1);
  });

  test('a goodbye closes the line with its reason', async () => {
    const { lineA } = switchboard();
    lineA.deliver({ kind: 'bye', from: a, reason: 'a rolling restart' });
    await expect(lineA.link.closed).resolves.toBe('a rolling restart');
  });

  test('closing says goodbye on every line, the uplink too', async () => {
    const uplink = stubLink();
    const { router, lineA, lineB } = switchboard();
    router.attachUplink('host:other', uplink.link);
    router.close('shutdown');
    for (const line of [uplink, lineA, lineB]) {
      expect(line.sent.at(-1)).toStrictEqual({ kind: 'bye', from: self, reason: 'shutdown' });
      await expect(line.link.closed).resolves.toBe('shutdown');
    }
  });
});

describe('a node without a line', () => {
  test('has its calls refused at once with NO_ROUTE', () => {
    const { lineA } = switchboard();
    lineA.deliver(callOf(a, 'cluster:9'));
    const [reply] = lineA.of('reply');
    expect(reply).toMatchObject({ id: 1, incarnation: 3, from: 'cluster:9', to: a });
    expect(failure(reply)).toStrictEqual({ by: 'route', code: 'NO_ROUTE', to: 'cluster:9' });
  });

  test('has its calls refused with the reason when it will never have one', () => {
    const { router, lineA } = switchboard();
    router.whyNever = (to) => (to === 'cluster:9' ? 'it was stopped' : undefined);
    for (const [id, to] of (['cluster:9', 'cluster:8'] as const).entries()) lineA.deliver(callOf(a, to, id));
    const refused = { by: 'route', code: 'NO_ROUTE' };
    expect(lineA.of('reply').map(failure)).toStrictEqual([
      { ...refused, to: 'cluster:9', reason: 'it was stopped' },
      { ...refused, to: 'cluster:8' },
    ]);
  });

  test('has casts, replies and cancels dropped', () => {
    const { lineA, lineB, heard } = switchboard();
    const call = callOf(a, 'cluster:9');
    for (const frame of [castOf(a, 'cluster:9'), cancelOf(call), answerTo(callOf('cluster:9', a))])
      lineA.deliver(frame);
    expect([lineA.sent.length, lineB.sent.length, heard.length]).toStrictEqual([1, 1, 0]);
  });
});

describe('a line that closes', () => {
  test('has the calls that went out on it refused, with the reason, once', async () => {
    const { lineA, lineB, lost } = switchboard();
    lineA.deliver(callOf(a, b, 1));
    lineA.deliver(callOf(a, b, 2));
    await down(lineB);
    const refusal = { by: 'route', code: 'LINK_CLOSED', peer: 'the stub', reason: 'signal SIGKILL' };
    expect(lineA.of('reply').map(failure)).toStrictEqual([refusal, refusal]);
    expect(lineA.of('reply').map(({ id }) => id)).toStrictEqual([1, 2]);
    expect(lost).toStrictEqual([b]);
  });

  test.each([
    ['answered', answerTo, 'lineB'],
    ['cancelled', cancelOf, 'lineA'],
  ] as const)('has nothing left to say of a call that was %s', async (_, last, side) => {
    const board = switchboard();
    const call = callOf(a, b);
    board.lineA.deliver(call);
    board[side].deliver(last(call));
    const before = board.lineA.sent.length;
    await down(board.lineB);
    expect(board.lineA.sent).toHaveLength(before);
  });

  test('leaves the calls on other lines alone', async () => {
    const { router, lineA, lineB, heard } = switchboard();
    router.local.send(callOf(self, b));
    await down(lineA);
    expect(heard).toStrictEqual([]);
    lineB.deliver(answerTo(callOf(self, b)));
    expect(heard).toHaveLength(1);
  });

  test('has the calls that came by it cancelled where they went, unless they were answered', async () => {
    const { lineA, lineB } = switchboard();
    const [answered, waiting] = [callOf(a, b, 1), callOf(a, b, 2)];
    lineA.deliver(answered);
    lineA.deliver(waiting);
    lineB.deliver(answerTo(answered));
    await down(lineA);
    expect(lineB.of('cancel')).toStrictEqual([cancelOf(waiting)]);
  });

  test('has the calls that came by it cancelled at the node’s own peer', async () => {
    const { router, lineA, heard } = switchboard();
    const [answered, waiting, own] = [callOf(a, self, 1), callOf(a, self, 2), callOf(self, self, 3)];
    lineA.deliver(answered);
    lineA.deliver(waiting);
    router.local.send(own);
    router.local.send(answerTo(answered));
    await down(lineA);
    expect(heard.slice(3)).toStrictEqual([cancelOf(waiting)]);
  });

  test('is replaced by a newer one without a loss', async () => {
    const { router, lineA, lost } = switchboard();
    const newer = stubLink();
    router.attach(a, newer.link);
    router.local.send(callOf(self, a));
    await down(lineA);
    router.local.send(castOf(self, a));
    expect(newer.sent.map(({ kind }) => kind)).toStrictEqual(['hello', 'call', 'cast']);
    expect(lost).toStrictEqual([]);
  });

  test('before it is taken, refuses what is sent on it', async () => {
    const gone = stubLink();
    gone.down('exit code 1');
    const { lineB } = switchboard(gone);
    lineB.deliver(callOf(b, a));
    const refusal = { by: 'route', code: 'LINK_CLOSED', peer: 'the stub', reason: 'exit code 1' };
    expect(lineB.of('reply').map(failure)).toStrictEqual([refusal]);
  });

  test('to the uplink is told as the loss of the node at its end', async () => {
    const uplink = stubLink();
    const { router, lost, lineA } = switchboard();
    router.attachUplink('host:other', uplink.link);
    lineA.deliver(callOf(a, 'cluster:9'));
    await down(uplink);
    expect(lost).toStrictEqual(['host:other']);
    expect(lineA.of('reply').map(failure)).toMatchObject([{ by: 'route', code: 'LINK_CLOSED' }]);
    lineA.deliver(callOf(a, 'cluster:9'));
    expect(lineA.of('reply').map(failure)).toMatchObject([{}, { code: 'NO_ROUTE' }]);
  });
});

describe('a frame too large for its line', () => {
  test('as a reply becomes a failure, so that the caller does not wait', () => {
    const { lineA, lineB } = switchboard(narrow('reply'));
    lineA.deliver(callOf(a, b));
    lineB.deliver(answerTo(callOf(a, b)));
    expect(lineA.of('reply').map(failure)).toMatchObject([{ by: 'handler', code: 'FRAME_TOO_LARGE', bytes: 9 }]);
  });

  test('as a call is refused, and not refused again when the line closes', async () => {
    const { lineA, lineB } = switchboard(stubLink(), narrow('call'));
    lineA.deliver(callOf(a, b));
    await down(lineB);
    expect(lineA.of('reply').map(failure)).toMatchObject([{ by: 'route', code: 'FRAME_TOO_LARGE' }]);
  });

  test('as a cast of the node’s own peer throws where it is made', () => {
    const { router } = switchboard(stubLink(), narrow('cast'));
    expect(() => router.local.send(castOf(self, b))).toThrow(tooLarge);
  });

  test('as a cast of another node is dropped, and the line that brought it lives', () => {
    const { lineA, lineB } = switchboard(stubLink(), narrow('cast'));
    lineA.deliver(castOf(a, b));
    lineA.deliver(callOf(a, b));
    expect(lineB.sent.map(({ kind }) => kind)).toStrictEqual(['hello', 'call']);
  });
});

test('two callers with the same id are told apart', async () => {
  const { router, lineA, lineB, heard } = switchboard();
  const [mine, theirs] = [callOf(self, b, 1), callOf(a, b, 1)];
  router.local.send(mine);
  lineA.deliver(theirs);
  lineB.deliver({ ...answerTo(mine), outcome: { kind: 'value', body: encodeValue('mine') } });
  await down(lineB);
  expect(heard.map((frame) => frame.kind === 'reply' && frame.outcome.kind)).toStrictEqual(['value']);
  expect(lineA.of('reply').map(failure)).toMatchObject([{ code: 'LINK_CLOSED' }]);
});

test('a line that is taken off is at its end there and then, with its reason, and its successor is not', async () => {
  const router = new Router({ self });
  const [lineA, old, next] = [stubLink(), stubLink(), stubLink()];
  const lost: unknown[] = [];
  router.onLost((...end) => void lost.push(end));
  router.attach(a, lineA.link);
  router.attach(b, old.link);
  lineA.deliver(callOf(a, b));
  router.detach(b, old.link, 'it ended');
  expect(lost).toStrictEqual([[b, 'it ended']]);
  router.attach(b, next.link);
  await old.link.closed;
  expect(lineA.of('reply').map(failure)).toMatchObject([{ code: 'LINK_CLOSED', reason: 'it ended' }]);
  router.detach(b, old.link, 'again');
  lineA.deliver(callOf(a, b, 2));
  expect(next.of('call')).toHaveLength(1);
  expect(lost).toHaveLength(1);
});
