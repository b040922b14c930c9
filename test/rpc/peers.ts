/** test/rpc/peers: peers to test with, two that face each other or one that faces the test. */
import { call, cast, contract } from '../../src/rpc/contract.ts';
import { type HandlersOf, Peer } from '../../src/rpc/peer.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import type { Address } from '../../src/wire/address.ts';
import type { FrameOf, Outcome } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { type Stub, stubLink } from './stub-link.ts';

/** A contract with a bit of everything. */
export const math = contract('math', {
  double: call<number, number>(),
  slow: call<void, string>({ timeoutMs: 100 }),
  patient: call<void, string>({ timeoutMs: null }),
  note: cast<string>(),
});

/** Handlers for it: some answer, some never do. */
export const idle: HandlersOf<typeof math.shape> = {
  double: (n) => n * 2,
  slow: () => new Promise<string>(() => undefined),
  patient: () => new Promise<string>(() => undefined),
  note: () => undefined,
};

/** Two peers that face each other in memory. */
export function facing(handlers: Partial<HandlersOf<typeof math.shape>> = {}) {
  const [toB, toA] = memoryPair('a', 'b');
  const a = new Peer({ self: 'cluster:0', incarnation: 1, link: toB });
  const b = new Peer({ self: 'cluster:1', incarnation: 1, link: toA });
  b.serve(math, { ...idle, ...handlers });
  return { a, b, toB, toA };
}

/** A peer whose far end is the test. */
export function alone(stub: Stub = stubLink()) {
  const peer = new Peer({ self: 'cluster:0', incarnation: 5, link: stub.link });
  return { peer, stub, double: peer.at(math, 'cluster:1').double };
}

/** The outcome of a handler that returns `value`. */
export const ok = (value: unknown): Outcome => ({ kind: 'value', body: encodeValue(value) });

/** The answer to a call, with deviations. */
export const replyTo = (
  frame: FrameOf<'call'>,
  outcome: Outcome,
  over: Partial<FrameOf<'reply'>> = {},
): FrameOf<'reply'> => {
  const { id, incarnation, from: to } = frame;
  const from = frame.to as Address;
  return { kind: 'reply', id, incarnation, from, to, outcome, ...over };
};

/** The call that was sent last. */
export const lastCall = (stub: Stub): FrameOf<'call'> => stub.of('call').at(-1) as FrameOf<'call'>;
