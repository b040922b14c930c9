/** test/routing/frames: frames and lines to test a switchboard with. */
import { ShardliftError } from '../../src/errors.ts';
import type { Address, Destination } from '../../src/wire/address.ts';
import type { Body } from '../../src/wire/body.ts';
import type { Frame, FrameOf, Member, Outcome } from '../../src/wire/frame.ts';
import { type Stub, stubLink } from '../rpc/stub-link.ts';

/** The manager, which mostly is the node under test. */
export const self = 'host:local';
/** A cluster, mostly the one that asks. */
export const a = 'cluster:0';
/** A cluster, mostly the one that is asked. */
export const b = 'cluster:1';
/** A third one. */
export const c = 'cluster:2';
/** Bytes that no decoder would take: whoever opens them fails. */
export const sealed: Body = { format: 'v8', data: Buffer.from('not to be opened') };

/** A call for one node. */
export const callOf = <D extends Destination>(from: Address, to: D, id = 1): FrameOf<'call'> & { readonly to: D } => {
  const key = { id, incarnation: 3 };
  return { kind: 'call', ...key, from, to, method: 'm', budgetMs: 1_000, body: sealed };
};
/** A cast for one node or many. */
export const castOf = (from: Address, to: Destination): FrameOf<'cast'> => {
  return { kind: 'cast', from, to, method: 'm', body: sealed };
};
/** The answer of the node that was asked, or of one of those that were. */
export const answerTo = (
  { id, incarnation, from: to, to: asked }: FrameOf<'call'>,
  from: Address = asked as Address,
): FrameOf<'reply'> => ({ kind: 'reply', id, incarnation, from, to, outcome: { kind: 'value', body: sealed } });
/** The answers of many in one reply, which `from` gathered. */
export const gathered = (
  { id, incarnation, from: to }: FrameOf<'call'>,
  from: Address,
  members: readonly Member[],
): FrameOf<'reply'> => ({ kind: 'reply', id, incarnation, from, to, outcome: { kind: 'gathered', members } });
/** What each of some nodes answers. */
export const membersOf = (...nodes: readonly Address[]): Member[] =>
  nodes.map((from) => ({ from, outcome: { kind: 'value', body: sealed } }));
export const cancelOf = ({ id, incarnation, from, to }: FrameOf<'call'>): FrameOf<'cancel'> => {
  return { kind: 'cancel', id, incarnation, from, to };
};

export const tooLarge = new ShardliftError('FRAME_TOO_LARGE', { bytes: 9, maxBytes: 8, method: 'm' });
/** A line too narrow for frames of one kind, unless they carry a failure. */
export const narrow = (kind: Frame['kind']): Stub =>
  stubLink((frame) => {
    if (frame.kind === kind && (frame.kind !== 'reply' || frame.outcome.kind !== 'failure')) throw tooLarge;
  });

/** Ends a line, and waits until that is known. */
export const down = async (stub: Stub, reason = 'signal SIGKILL'): Promise<void> => {
  stub.down(reason);
  await stub.link.closed;
};

/** Who says that an outcome is a failure, which, and with what details. */
export const faultOf = (outcome: Outcome | undefined): object =>
  outcome?.kind === 'failure' ? { by: outcome.by, code: outcome.fault.code, ...outcome.fault.details } : {};
/** The same of a reply of one. */
export const failure = (frame: FrameOf<'reply'> | undefined): object =>
  frame?.outcome.kind === 'failure' ? faultOf(frame.outcome) : {};
/** The answers in a reply of many. */
export const membersIn = (frame: FrameOf<'reply'> | undefined): readonly Member[] =>
  frame?.outcome.kind === 'gathered' ? frame.outcome.members : [];
