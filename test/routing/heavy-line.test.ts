/** test/routing/heavy-line: answers that cannot leave as they are. */
import { expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { Router } from '../../src/routing/router.ts';
import { defaultRoom } from '../../src/transport/credit.ts';
import { toFault } from '../../src/wire/fault.ts';
import { type Frame, type FrameOf, isFailure, type Outcome } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { type Stub, stubLink } from '../rpc/stub-link.ts';

const [caller, one, other] = ['cluster:0', 'cluster:1', 'cluster:2'] as const;
const call: FrameOf<'call'> = {
  kind: 'call',
  id: 1,
  incarnation: 3,
  from: caller,
  to: [one, other],
  method: 'm',
  budgetMs: null,
  body: encodeValue(1),
};
const value: Outcome = { kind: 'value', body: encodeValue('a value') };
const failure: Outcome = { kind: 'failure', by: 'handler', fault: toFault(new Error('its own')) };

/** A line that is heavy with bytes: it takes failures only. */
const heavy = (): Stub =>
  stubLink((frame) => {
    if (frame.kind === 'reply' && !isFailure(frame)) {
      throw new ShardliftError('OVERLOADED', { peer: 'the stub', frames: 9, bytes: defaultRoom.maxBytes });
    }
  });

/** What a caller hears of each member, from the replies on its line. */
const ends = (line: Stub): unknown =>
  line
    .of('reply')
    .flatMap(({ from, outcome }) =>
      (outcome.kind === 'gathered' ? outcome.members : [{ from, outcome }]).map((member) => [
        member.from,
        member.outcome.kind === 'value' ? 'a value' : (member.outcome.fault.code ?? member.outcome.fault.message),
      ]),
    );

test.each([
  ['values', value, value, 'OVERLOADED', 'OVERLOADED'],
  ['a failure and a value', failure, value, 'its own', 'OVERLOADED'],
  ['failures', failure, failure, 'its own', 'its own'],
])('the answers of many on a heavy line, %s, end for every member', (_what, first, second, firstEnd, secondEnd) => {
  const [line, ...members] = [heavy(), stubLink(), stubLink()];
  const router = new Router({ self: 'host:local' });
  router.attach(caller, line.link);
  for (const [n, address] of [one, other].entries()) router.attach(address, (members[n] as Stub).link);
  line.deliver(call);
  for (const [n, outcome] of [first, second].entries()) {
    const reply: Frame = {
      kind: 'reply',
      id: 1,
      incarnation: 3,
      from: [one, other][n] as typeof one,
      to: caller,
      outcome,
    };
    members[n]?.deliver(reply);
  }
  expect(ends(line)).toStrictEqual([
    [one, firstEnd],
    [other, secondEnd],
  ]);
});

test('an answer of one on a heavy line ends as OVERLOADED', () => {
  const [line, member] = [heavy(), stubLink()];
  const router = new Router({ self: 'host:local' });
  router.attach(caller, line.link);
  router.attach(one, member.link);
  line.deliver({ ...call, to: one });
  member.deliver({ kind: 'reply', id: 1, incarnation: 3, from: one, to: caller, outcome: value });
  expect(ends(line)).toStrictEqual([[one, 'OVERLOADED']]);
});
