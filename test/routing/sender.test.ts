/** test/routing/sender: frames that are put on lines, and those that cannot leave. */
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { flyingOf, Line, type Via } from '../../src/routing/line.ts';
import { Sender } from '../../src/routing/sender.ts';
import { makeLink } from '../../src/transport/link.ts';
import type { Frame, FrameOf } from '../../src/wire/frame.ts';
import { type Stub, stubLink } from '../rpc/stub-link.ts';
import {
  a,
  answerTo,
  b,
  c,
  callOf,
  castOf,
  failure,
  faultOf,
  gathered,
  membersIn,
  membersOf,
  self,
  tooLarge,
} from './frames.ts';

/** A sender, and what it gives back. */
function sending() {
  const given: { readonly via: Via; readonly reply: FrameOf<'reply'> }[] = [];
  const sender = new Sender((via, reply) => given.push({ via, reply }));
  return { sender, given };
}

/** A line that refuses frames as a real one does. */
const refusing = (
  refusal: (frame: Frame) => ShardliftError | undefined,
): { readonly stub: Stub; readonly line: Line } => {
  const stub = stubLink((frame) => {
    const error = refusal(frame);
    if (error !== undefined) throw error;
  });
  return { stub, line: new Line(stub.link) };
};

/** A line with a room of so many bytes, whose far end never reads, and what was sent on it. */
function fullLine(maxBytes: number): { readonly line: Line; readonly sent: Frame[] } {
  const sent: Frame[] = [];
  const { link } = makeLink({
    peer: 'one who does not read',
    post: (frame) => sent.push(frame) * maxBytes,
    credit: () => undefined,
    shut: () => undefined,
    room: { maxFrames: 100, maxBytes },
  });
  return { line: new Line(link), sent };
}

describe('a call', () => {
  test('is remembered by its line until it is answered', () => {
    const { sender } = sending();
    const stub = stubLink();
    const line = new Line(stub.link);
    sender.say(line, callOf(a, b), undefined);
    expect(stub.sent).toStrictEqual([callOf(a, b)]);
    expect(line.take(() => true)).toStrictEqual([flyingOf(callOf(a, b), undefined)]);
  });

  test('that cannot leave is refused at once, and not remembered', () => {
    const { sender, given } = sending();
    const { line } = refusing(() => tooLarge);
    const via = new Line(stubLink().link);
    sender.say(line, callOf(a, b), via);
    expect(given).toMatchObject([{ reply: { id: 1, from: b, to: a } }]);
    expect(given[0]?.via).toBe(via);
    expect(failure(given[0]?.reply)).toMatchObject({ by: 'route', code: 'FRAME_TOO_LARGE' });
    expect(line.take(() => true)).toStrictEqual([]);
  });

  test('to many that cannot leave is refused for each of them', () => {
    const { sender, given } = sending();
    sender.say(refusing(() => tooLarge).line, callOf(a, [b, c]), undefined);
    const members = membersIn(given[0]?.reply);
    expect(members.map(({ from }) => from)).toStrictEqual([b, c]);
    expect(members.map(({ outcome }) => faultOf(outcome))).toMatchObject([
      { code: tooLarge.code },
      { code: tooLarge.code },
    ]);
  });
});

describe('a cast that cannot leave', () => {
  const closed = new ShardliftError('LINK_CLOSED', { peer: 'x', reason: 'gone' });

  test('is counted', () => {
    const { sender } = sending();
    sender.say(refusing(() => closed).line, castOf(self, b), undefined);
    expect(sender.dropped).toStrictEqual({ casts: 1, replies: 0 });
  });

  test('because it is too large throws where it was made, and nowhere else', () => {
    const { sender } = sending();
    const { line } = refusing(() => tooLarge);
    expect(() => sender.say(line, castOf(self, b), undefined)).toThrow(tooLarge);
    sender.say(line, castOf(a, b), new Line(stubLink().link));
    expect(sender.dropped.casts).toBe(1);
  });
});

describe('an answer', () => {
  test('on a line that is down is counted', async () => {
    const { sender } = sending();
    const stub = stubLink();
    stub.down('gone');
    sender.reply(new Line(stub.link), answerTo(callOf(a, self)));
    expect(sender.dropped).toStrictEqual({ casts: 0, replies: 1 });
  });

  test('of many that is too large goes in parts, down to the one that is too large by itself', () => {
    const { sender } = sending();
    const { stub, line } = refusing((frame) => {
      const members = frame.kind === 'reply' ? membersIn(frame) : [];
      const weight = members.reduce(
        (sum, { from, outcome }) => sum + (outcome.kind === 'value' && from === c ? 9 : 1),
        0,
      );
      return weight > 2 ? tooLarge : undefined;
    });
    const call = callOf(a, [b, c, 'cluster:3', 'cluster:4', 'cluster:5']);
    sender.reply(line, gathered(call, self, membersOf(b, c, 'cluster:3', 'cluster:4', 'cluster:5')));
    const parts = stub.of('reply').map((reply) => membersIn(reply).map(({ from }) => from));
    expect(parts).toStrictEqual([[b], [c], ['cluster:3'], ['cluster:4', 'cluster:5']]);
    const all = stub.of('reply').flatMap((reply) => membersIn(reply));
    expect(all.map(({ outcome }) => faultOf(outcome))).toMatchObject([
      {},
      { by: 'handler', code: tooLarge.code },
      {},
      {},
      {},
    ]);
  });

  test('that a full line refuses goes as a failure, which it takes', () => {
    const { sender } = sending();
    const { line, sent } = fullLine(1);
    line.link.send(castOf(self, a));
    sender.reply(line, answerTo(callOf(a, self)));
    expect(sent.slice(1)).toMatchObject([{ kind: 'reply', from: self, to: a, outcome: { by: 'handler' } }]);
  });

  test('of many that a full line refuses goes as a failure of each of them', () => {
    const { sender } = sending();
    const { line, sent } = fullLine(1);
    line.link.send(castOf(self, a));
    sender.reply(line, gathered(callOf(a, [b, c]), self, membersOf(b, c)));
    const [reply] = sent.slice(1) as FrameOf<'reply'>[];
    expect(membersIn(reply).map(({ from }) => from)).toStrictEqual([b, c]);
    for (const { outcome } of membersIn(reply))
      expect(faultOf(outcome)).toMatchObject({ by: 'handler', code: 'OVERLOADED' });
  });
});
