/** test/rpc/answerer: the handlers of a node, and the calls they work on. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { Answerer } from '../../src/rpc/answerer.ts';
import type { CallContext } from '../../src/rpc/served.ts';
import type { Frame, FrameOf } from '../../src/wire/frame.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

const never = (): Promise<never> => new Promise(() => undefined);

/** An answerer and what it sends. */
function answering(onSend: (frame: Frame) => void = () => undefined) {
  const sent: FrameOf<'reply'>[] = [];
  const send = (frame: Frame): void => {
    onSend(frame);
    if (frame.kind === 'reply') sent.push(frame);
  };
  return { answerer: new Answerer({ self: 'cluster:1', send }), sent };
}

const callOf = (method: string, input: unknown, id = 1): FrameOf<'call'> => {
  const key = { id, incarnation: 4 };
  const ends = { from: 'cluster:0', to: 'cluster:1' } as const;
  return { kind: 'call', ...key, ...ends, method, budgetMs: 500, body: encodeValue(input) };
};
const castOf = (method: string, input: unknown): FrameOf<'cast'> => {
  return { kind: 'cast', from: 'cluster:0', to: 'cluster:1', method, body: encodeValue(input) };
};

const answerOf = (reply: FrameOf<'reply'> | undefined): unknown =>
  reply?.outcome.kind === 'value' ? decodeValue(reply.outcome.body) : undefined;
const faultOf = (reply: FrameOf<'reply'> | undefined): object =>
  reply?.outcome.kind === 'failure' ? { by: reply.outcome.by, ...reply.outcome.fault } : {};

describe('a call', () => {
  test('whose answer is there already is answered before `answer` returns', () => {
    const { answerer, sent } = answering();
    answerer.add([['double', (n) => (n as number) * 2]]);
    answerer.answer(callOf('double', 21, 9));
    expect(sent).toMatchObject([{ id: 9, incarnation: 4, from: 'cluster:1', to: 'cluster:0' }]);
    expect(answerOf(sent[0])).toBe(42);
  });

  test('whose answer comes later is answered then, also by a thenable that is no promise', async () => {
    const { answerer, sent } = answering();
    // biome-ignore lint/suspicious/noThenProperty: what some promise libraries give is this
    const thenable = { then: (resolve: (value: string) => void) => void setImmediate(resolve, 'odd') };
    answerer.add([
      ['later', async () => 'even'],
      ['odd', () => thenable],
      ['callable', () => Object.assign(() => 0, thenable)],
    ]);
    answerer.answer(callOf('later', null, 1));
    answerer.answer(callOf('odd', null, 2));
    answerer.answer(callOf('callable', null, 3));
    expect(sent).toStrictEqual([]);
    await expect.poll(() => sent.map(answerOf)).toStrictEqual(['even', 'odd', 'odd']);
  });

  test.each([
    ['throws', () => fail()],
    ['rejects', async () => fail()],
  ] as const)('whose handler %s is a failure of the handler', async (_, handler) => {
    const { answerer, sent } = answering();
    answerer.add([['fail', handler]]);
    answerer.answer(callOf('fail', null));
    await expect.poll(() => sent.map(faultOf)).toMatchObject([{ by: 'handler', name: 'RangeError', message: 'no' }]);
  });

  test('whose answer cannot be sent to another process is a failure that names the place', () => {
    const { answerer, sent } = answering();
    answerer.add([['fn', () => ({ inner: () => 1 })]]);
    answerer.answer(callOf('fn', null));
    expect(faultOf(sent[0])).toMatchObject({ by: 'handler', code: 'UNSERIALISABLE' });
  });

  test.each(['FRAME_TOO_LARGE', 'OVERLOADED'] as const)('whose answer meets %s has that as its answer', (code) => {
    const { answerer, sent } = answering((frame) => {
      if (frame.kind === 'reply' && frame.outcome.kind === 'value') throw refusals[code];
    });
    answerer.add([['big', () => 'x']]);
    answerer.answer(callOf('big', null));
    expect(sent.map(faultOf)).toMatchObject([{ by: 'handler', code }]);
  });

  test('whose line is down by then is lost in silence', () => {
    const { answerer, sent } = answering(() => {
      throw new ShardliftError('LINK_CLOSED', { peer: 'x', reason: 'gone' });
    });
    answerer.add([['one', () => 1]]);
    answerer.answer(callOf('one', null));
    expect(sent).toStrictEqual([]);
  });
});

const fail = (): never => {
  throw new RangeError('no');
};
const refusals = {
  FRAME_TOO_LARGE: new ShardliftError('FRAME_TOO_LARGE', { bytes: 9, maxBytes: 8, method: 'reply' }),
  OVERLOADED: new ShardliftError('OVERLOADED', { peer: 'x', frames: 1, bytes: 1 }),
};

describe('a method that nobody answers', () => {
  test('is NO_METHOD, by the road', () => {
    const { answerer, sent } = answering();
    answerer.answer(callOf('math.half', 1));
    const details = { method: 'math.half', on: 'cluster:1' };
    expect(faultOf(sent[0])).toMatchObject({ by: 'route', code: 'NO_METHOD', details });
  });

  test('of an open family is what the family says', () => {
    const { answerer, sent } = answering();
    answerer.openFamily('ipc', (name) => new ShardliftError('NO_HANDLER', { name, on: 'cluster:1', known: ['a'] }));
    answerer.answer(callOf('ipc:with:colon', 1));
    const details = { name: 'with:colon', on: 'cluster:1', known: ['a'] };
    expect(faultOf(sent[0])).toMatchObject({ by: 'route', code: 'NO_HANDLER', details });
  });

  test('is answered no more once it was removed', () => {
    const { answerer, sent } = answering();
    answerer.add([['one', () => 1]]);
    answerer.remove('one');
    answerer.answer(callOf('one', null));
    expect(faultOf(sent[0])).toMatchObject({ code: 'NO_METHOD' });
  });
});

test('of several methods none is added when one of them is taken', () => {
  const { answerer, sent } = answering();
  answerer.add([['one', () => 1]]);
  expect(() =>
    answerer.add([
      ['two', () => 2],
      ['one', () => 'other'],
    ]),
  ).toThrow(expect.objectContaining({ code: 'DUPLICATE_HANDLER', details: { name: 'one' } }));
  answerer.answer(callOf('two', null, 1));
  answerer.answer(callOf('one', null, 2));
  expect([faultOf(sent[0]), answerOf(sent[1])]).toMatchObject([{ code: 'NO_METHOD' }, 1]);
});

describe('a cast', () => {
  test('reaches its handler, who learns whose it is, and is not answered', async () => {
    const { answerer, sent } = answering();
    const heard: unknown[] = [];
    answerer.add([['note', (text, { from, budgetMs }) => heard.push([text, from, budgetMs])]]);
    await answerer.take(castOf('note', 'hi'));
    await answerer.take(castOf('unheard of', 'hi'));
    expect(heard).toStrictEqual([['hi', 'cluster:0', null]]);
    expect(sent).toStrictEqual([]);
  });

  test.each([
    ['throws', () => fail()],
    ['rejects', async () => fail()],
  ] as const)('whose handler %s is a warning', async (_, handler) => {
    const { answerer } = answering();
    answerer.add([['fail', handler]]);
    const warned = once(process, 'warning');
    await answerer.take(castOf('fail', null));
    const [warning] = (await warned) as [Error];
    expect(warning).toMatchObject({ name: 'ShardliftCastFailed', message: 'fail, told by cluster:0, failed: no' });
  });
});

describe('a caller that does not wait any more', () => {
  /** An answerer with one handler that never ends, and the contexts it was called with. */
  function hanging() {
    const { answerer, sent } = answering();
    const contexts: CallContext[] = [];
    answerer.add([
      [
        'hang',
        (_, context) => {
          contexts.push(context);
          return never();
        },
      ],
    ]);
    return { answerer, sent, contexts };
  }
  const cancelOf = ({ id, incarnation, from, to }: FrameOf<'call'>): FrameOf<'cancel'> => {
    return { kind: 'cancel', id, incarnation, from, to };
  };

  test('fires the signal of its call, and of no other', () => {
    const { answerer, contexts } = hanging();
    for (const id of [1, 2]) answerer.answer(callOf('hang', null, id));
    answerer.cancelled(cancelOf(callOf('hang', null, 1)));
    expect(contexts.map(({ signal }) => signal.aborted)).toStrictEqual([true, false]);
  });

  test('of another incarnation is another caller', () => {
    const { answerer, contexts } = hanging();
    answerer.answer(callOf('hang', null));
    answerer.cancelled({ ...cancelOf(callOf('hang', null)), incarnation: 3 });
    expect(contexts[0]?.signal.aborted).toBe(false);
  });

  test('has the signal fired also for a handler that looks at it later', async () => {
    const { answerer } = answering();
    let look: () => AbortSignal = () => AbortSignal.abort();
    answerer.add([
      [
        'hang',
        (_, context) => {
          look = () => context.signal;
          return never();
        },
      ],
    ]);
    answerer.answer(callOf('hang', null));
    answerer.cancelled(cancelOf(callOf('hang', null)));
    expect(look().aborted).toBe(true);
  });
});
