/** test/wire/frames: frames of every kind, made at random, and what two frames are compared by. */
import fc from 'fast-check';
import type { Address, Destination } from '../../src/wire/address.ts';
import { type Body, snapshotBody } from '../../src/wire/body.ts';
import type { Fault } from '../../src/wire/fault.ts';
import type { Frame, Gathered, Outcome } from '../../src/wire/frame.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

/** A record with the prototype that ours have. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true });

/** Clusters on both sides of every border there is, and hosts with names of all sorts. */
export const addresses: fc.Arbitrary<Address> = fc.oneof(
  fc.nat({ max: 70_000 }).map((id): Address => `cluster:${id}`),
  fc.constantFrom<Address>('cluster:0', 'cluster:32764', 'cluster:32765', 'cluster:65535', 'host:local'),
  fc.string({ maxLength: 40, unit: 'grapheme' }).map((name): Address => `host:${name}`),
);

const groups: fc.Arbitrary<Destination> = fc.array(addresses, { maxLength: 6 });

/** Bodies of every format, as a node makes them. */
export const bodies: fc.Arbitrary<Body> = fc
  .oneof(
    fc.constant(undefined),
    fc.jsonValue(),
    fc.string({ unit: 'grapheme', maxLength: 5_000 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.date({ noInvalidDate: true }),
    fc.bigInt(),
    fc.dictionary(fc.string(), fc.integer(), { maxKeys: 300, noNullPrototype: true }),
  )
  .map(encodeValue);

const { fault } = fc.letrec<{ fault: Fault }>((tie) => ({
  fault: fc.record<Fault, 'name' | 'message'>(
    {
      name: fc.string(),
      message: fc.string({ unit: 'grapheme' }),
      code: fc.oneof(fc.string(), fc.integer()),
      stack: fc.string(),
      cause: fc.option(tie('fault'), { nil: undefined, depthSize: 'small' }).filter((cause) => cause !== undefined),
    },
    { requiredKeys: ['name', 'message'], noNullPrototype: true },
  ) as fc.Arbitrary<Fault>,
}));

/** How a call may end, as the wire knows it. */
export const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  bodies.map((body): Outcome => ({ kind: 'value', body })),
  record({ kind: fc.constant('failure' as const), by: fc.constantFrom('route' as const, 'handler' as const), fault }),
);

/** The answers of many. */
export const gathered: fc.Arbitrary<Gathered> = fc
  .array(fc.record({ from: addresses, outcome: outcomes }), { maxLength: 8 })
  .map((members) => ({ kind: 'gathered', members }));

const key = {
  id: fc.oneof(fc.nat(), fc.integer({ min: 1, max: 2 ** 40 })),
  incarnation: fc.oneof(fc.nat(), fc.constant(1_700_000_000_000)),
};
const hops = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 1_000 }));
const to = fc.oneof(addresses, groups);
const about = { from: addresses, to, method: fc.string({ unit: 'grapheme', maxLength: 300 }), body: bodies };

const calls = fc.record(
  {
    kind: fc.constant('call' as const),
    ...key,
    ...about,
    budgetMs: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { nil: null }),
    hops,
    wait: fc.constant(true as const),
  },
  { requiredKeys: ['kind', 'id', 'incarnation', 'from', 'to', 'method', 'body', 'budgetMs'], noNullPrototype: true },
);

const casts = fc.record(
  { kind: fc.constant('cast' as const), ...about, hops },
  { requiredKeys: ['kind', 'from', 'to', 'method', 'body'], noNullPrototype: true },
);

const replies = record({
  kind: fc.constant('reply' as const),
  ...key,
  from: addresses,
  to: addresses,
  outcome: fc.oneof(outcomes, gathered),
});

const rare = fc.oneof(
  record({ kind: fc.constant('cancel' as const), ...key, from: addresses, to }),
  record({ kind: fc.constant('hello' as const), from: addresses, protocol: fc.nat() }),
  record({ kind: fc.constant('bye' as const), from: addresses, reason: fc.string() }),
);

/** Frames of all six kinds. */
export const frames: fc.Arbitrary<Frame> = fc.oneof(calls, casts, replies, rare) as fc.Arbitrary<Frame>;

const readableOutcome = (outcome: Outcome): unknown =>
  outcome.kind === 'value' ? { kind: 'value', body: readableBody(outcome.body) } : outcome;

/** A body as what it stands for: text is text, whether as letters, as bytes, or not yet made. */
export const readableBody = (body: Body): unknown => [snapshotBody(body).format, decodeValue(body)];

/** A frame with its bodies as what they stand for, to compare what was sent with what arrived. */
export function readable(frame: Frame): unknown {
  if (frame.kind === 'call' || frame.kind === 'cast') return { ...frame, body: readableBody(frame.body) };
  if (frame.kind !== 'reply') return frame;
  const { outcome } = frame;
  if (outcome.kind !== 'gathered') return { ...frame, outcome: readableOutcome(outcome) };
  const members = outcome.members.map((member) => ({ ...member, outcome: readableOutcome(member.outcome) }));
  return { ...frame, outcome: { kind: 'gathered', members } };
}
