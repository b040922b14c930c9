/** test/rpc/peer: asking and answering over one link. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { defaultTimeoutMs } from '../../src/rpc/caller.ts';
import { call, contract } from '../../src/rpc/contract.ts';
import type { CallContext } from '../../src/rpc/served.ts';
import { Unread } from '../../src/wire/body.ts';
import { defaultMaxFrameBytes } from '../../src/wire/codec.ts';
import type { FrameOf } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { alone, facing, idle, math, ok, replyTo } from './peers.ts';
import { type Stub, stubLink } from './stub-link.ts';

describe('a call', () => {
  test('gives what the handler gives, which learns who asks and how long that waits', async () => {
    let seen: CallContext | undefined;
    const { a } = facing({
      double(n, context) {
        seen = context;
        return n * 2;
      },
    });
    await expect(a.at(math, 'cluster:1').double(21)).resolves.toBe(42);
    expect(seen).toMatchObject({ from: 'cluster:0', budgetMs: defaultTimeoutMs });
    expect(a.inFlight).toBe(0);
  });

  test('is answered with a body that the handler holds, unread', async () => {
    const held = { format: 'json', data: '{"at":[1]}' } as const;
    const { a } = facing({ double: () => new Unread(held) as never, slow: async () => new Unread(held) as never });
    expect(await a.at(math, 'cluster:1').double(1)).toStrictEqual({ at: [1] });
    expect(await a.at(math, 'cluster:1').slow()).toStrictEqual({ at: [1] });
  });

  test('is registered before its frame leaves: an answer from within send is taken', async () => {
    const stub = stubLink((frame, { deliver }) => {
      if (frame.kind === 'call') deliver(replyTo(frame, ok('at once')));
    });
    await expect(alone(stub).double(1)).resolves.toBe('at once');
  });

  test('whose frame cannot leave rejects with the reason and leaves nothing behind', async () => {
    const { peer, double } = alone(
      stubLink(() => {
        throw new ShardliftError('FRAME_TOO_LARGE', { bytes: 2, maxBytes: 1, method: 'math.double' });
      }),
    );
    await expect(double(1)).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' });
    expect(peer.inFlight).toBe(0);
  });

  test('with input that cannot travel rejects before anything is sent', async () => {
    const { peer, stub, double } = alone();
    await expect(double((() => 1) as unknown as number)).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
    expect([stub.sent, peer.inFlight]).toStrictEqual([[], 0]);
  });

  test('runs beside others, each with its own answer, whatever their order', async () => {
    const { stub, double } = alone();
    const answers = [double(1), double(2), double(3)];
    for (const frame of stub.of('call').reverse()) stub.deliver(replyTo(frame, ok(frame.id)));
    expect(await Promise.all(answers)).toStrictEqual([1, 2, 3]);
  });

  test('may be made while another is answered, to and fro', async () => {
    const { a, b } = facing({ double: async (n) => (n === 0 ? 0 : 1 + (await b.at(math, 'cluster:0').double(n - 1))) });
    a.serve(math, { ...idle, double: async (n) => (n === 0 ? 0 : 1 + (await a.at(math, 'cluster:1').double(n - 1))) });
    await expect(a.at(math, 'cluster:1').double(10)).resolves.toBe(10);
    expect([a.inFlight, b.inFlight]).toStrictEqual([0, 0]);
  });
});

describe('a handler that fails', () => {
  test('rejects with HANDLER_FAILED, the original as its cause', async () => {
    const { a } = facing({
      double() {
        throw Object.assign(new TypeError('not a number'), { code: 'E_NAN' });
      },
    });
    await expect(a.at(math, 'cluster:1').double(1)).rejects.toMatchObject({
      code: 'HANDLER_FAILED',
      details: { method: 'math.double', on: 'cluster:1', message: 'not a number' },
      cause: { name: 'TypeError', message: 'not a number', code: 'E_NAN' },
    });
  });

  test('with an error that throws when it is read still settles the call', async () => {
    const trap = () => {
      throw new Error('gotcha');
    };
    const { a } = facing({
      double() {
        throw new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap });
      },
    });
    await expect(a.at(math, 'cluster:1').double(1)).rejects.toMatchObject({ code: 'HANDLER_FAILED' });
  });

  test('with a ShardliftError of its own is told from the road that fails', async () => {
    const { a } = facing({ double: () => Promise.reject(new ShardliftError('NO_ROUTE', { to: 'cluster:9' })) });
    const failure = { code: 'HANDLER_FAILED', cause: { code: 'NO_ROUTE', details: { to: 'cluster:9' } } };
    await expect(a.at(math, 'cluster:1').double(1)).rejects.toMatchObject(failure);
  });

  test('because nobody has the name it was asked for speaks for the road', async () => {
    const details = { name: 'x', on: 'cluster:1', known: [] };
    const { a } = facing({ double: () => Promise.reject(new ShardliftError('NO_HANDLER', details)) });
    await expect(a.at(math, 'cluster:1').double(1)).rejects.toMatchObject({ code: 'NO_HANDLER', details });
  });

  test('by an answer that cannot travel says where the trouble is', async () => {
    const { a } = facing({ double: () => ({ deep: [() => 1] }) as unknown as number });
    const cause = { code: 'UNSERIALISABLE', details: { path: 'value.deep[0]' } };
    await expect(a.at(math, 'cluster:1').double(1)).rejects.toMatchObject({ code: 'HANDLER_FAILED', cause });
  });

  test('by an answer over the cap settles the call with its size', async () => {
    const { a } = facing({ patient: () => 'x'.repeat(defaultMaxFrameBytes + 1) });
    const cause = { code: 'FRAME_TOO_LARGE', details: { bytes: defaultMaxFrameBytes + 1 } };
    await expect(a.at(math, 'cluster:1').patient()).rejects.toMatchObject({ code: 'HANDLER_FAILED', cause });
  });
});

test('a method nobody serves is NO_METHOD, not a failure of a handler', async () => {
  const { a } = facing();
  const other = contract('other', { method: call() });
  const error = { code: 'NO_METHOD', details: { method: 'other.method', on: 'cluster:1' } };
  await expect(a.at(other, 'cluster:1').method()).rejects.toMatchObject(error);
});

test('an answer that cannot be read rejects its call and no other', async () => {
  const { peer, stub, double } = alone();
  const [first, second] = [double(1), double(2)];
  const [one, two] = stub.of('call') as [FrameOf<'call'>, FrameOf<'call'>];
  stub.deliver(replyTo(one, { kind: 'value', body: { format: 'v8', data: Buffer.from('nonsense') } }));
  stub.deliver(replyTo(two, ok(4)));
  const error = { code: 'UNREADABLE', details: { method: 'math.double', from: 'cluster:1' } };
  await expect(first).rejects.toMatchObject(error);
  await expect(second).resolves.toBe(4);
  expect(peer.inFlight).toBe(0);
});

describe('serving', () => {
  test('a method twice is DUPLICATE_HANDLER, and adds none of the rest', async () => {
    const { a, b } = facing();
    const again = contract('math', { triple: call<number, number>(), double: call<number, number>() });
    const serve = () => b.serve(again, { triple: (n) => n * 3, double: (n) => n });
    expect(serve).toThrow(new ShardliftError('DUPLICATE_HANDLER', { name: 'math.double' }));
    await expect(a.at(again, 'cluster:1').triple(1)).rejects.toMatchObject({ code: 'NO_METHOD' });
    await expect(a.at(math, 'cluster:1').double(2)).resolves.toBe(4);
  });
});

describe('a cast', () => {
  const castOn = (stub: Stub, method: string): void =>
    stub.deliver({ kind: 'cast', from: 'cluster:1', to: 'cluster:0', method, body: encodeValue('x') });

  test('arrives with its sender, and nobody answers', async () => {
    let heard: (value: unknown) => void = () => undefined;
    const note = new Promise((resolve) => {
      heard = resolve;
    });
    const { a } = facing({ note: (text, { from }) => heard([text, from]) });
    expect(a.at(math, 'cluster:1').note('hello')).toBeUndefined();
    await expect(note).resolves.toStrictEqual(['hello', 'cluster:0']);
  });

  test('that cannot travel throws where it is made', () => {
    const { peer } = alone();
    const note = () => peer.at(math, 'cluster:1').note(Symbol('s') as unknown as string);
    expect(note).toThrow(expect.objectContaining({ code: 'UNSERIALISABLE' }));
  });

  test('nobody listens to is dropped', () => {
    const { stub } = alone();
    castOn(stub, 'no.such');
    expect(stub.sent).toStrictEqual([]);
  });

  test.each([
    ['an error', new Error('broken'), 'broken'],
    ['a thing without text', Object.create(null), 'a value that cannot be turned into text'],
  ])('whose handler throws %s warns and goes on', async (_, thrown, message) => {
    const { peer, stub } = alone();
    peer.serve(math, { ...idle, note: () => Promise.reject(thrown) });
    const warned = once(process, 'warning');
    castOn(stub, 'math.note');
    const name = 'ShardliftCastFailed';
    expect((await warned)[0]).toMatchObject({ name, message: `math.note, told by cluster:1, failed: ${message}` });
  });
});
