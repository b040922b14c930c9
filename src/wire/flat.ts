/** wire/flat: frames as flat arrays of plain values, the cheapest thing for a port to clone. */
import { type Body, bodyWeight, emptyBody } from './body.ts';
import { codesOf } from './bytes.ts';
import type { Fault } from './fault.ts';
import type { Frame, FrameOf, Member, Outcome } from './frame.ts';
import { packRoad, roadFrom, roadTo } from './road.ts';

/** The kinds that are laid out; `other` is the frame as it is. Two bits each of the code that comes first. */
const kinds = { other: 0, call: 1, cast: 2, value: 3 } as const;
const formats = ['none', 'plain', 'json', 'v8'] as const;
const formatCodes = codesOf(formats);
const waitBit = 0x10;
/** Above the other bits of the code: how often the frame was passed on. */
const hopUnit = 0x20;

/** A frame as a port carries it: a code, what it carries, and where it goes, behind that what its kind has. */
export type FlatFrame = readonly [code: number, data: unknown, road?: number, ...rest: unknown[]];

const codeOf = (kind: number, body: Body): number => kind + formatCodes[body.format] * 4;

const dataOf = (body: Body): unknown => (body.format === 'none' ? undefined : body.data);

/** Flattens a frame; the rare kinds, and those for many, go as they are. */
export function flatten(frame: Frame): FlatFrame {
  if (frame.kind === 'call') return flattenCall(frame);
  if (frame.kind === 'reply') return flattenReply(frame);
  const road = frame.kind === 'cast' ? packRoad(frame.from, frame.to) : undefined;
  if (frame.kind !== 'cast' || road === undefined) return asItIs(frame);
  const { body } = frame;
  return [codeOf(kinds.cast, body) + (frame.hops ?? 0) * hopUnit, dataOf(body), road, frame.method];
}

/** `vital` never crosses a link. */
function asItIs(frame: Frame): FlatFrame {
  if ((frame.kind !== 'call' && frame.kind !== 'cast') || frame.vital === undefined) return [kinds.other, frame];
  const { vital: _, ...rest } = frame;
  return [kinds.other, rest];
}

function flattenCall(frame: FrameOf<'call'>): FlatFrame {
  const road = packRoad(frame.from, frame.to);
  if (road === undefined) return asItIs(frame);
  const { body } = frame;
  const code = codeOf(kinds.call, body) + (frame.wait === true ? waitBit : 0) + (frame.hops ?? 0) * hopUnit;
  return [code, dataOf(body), road, frame.id, frame.incarnation, frame.method, frame.budgetMs];
}

function flattenReply(frame: FrameOf<'reply'>): FlatFrame {
  const { outcome } = frame;
  const road = outcome.kind === 'value' ? packRoad(frame.from, frame.to) : undefined;
  if (outcome.kind !== 'value' || road === undefined) return [kinds.other, frame];
  return [codeOf(kinds.value, outcome.body), dataOf(outcome.body), road, frame.id, frame.incarnation];
}

/** Rebuilds a frame that {@link flatten} made. */
export function unflatten(flat: FlatFrame): Frame {
  const [code, data] = flat;
  const kind = code & 3;
  if (kind === kinds.other) return data as Frame;
  const format = (code >> 2) & 3;
  const body: Body = format === 0 ? emptyBody : { format: formats[format] as 'v8', data: data as Uint8Array };
  const road = flat[2] as number;
  const from = roadFrom(road);
  const to = roadTo(road);
  if (kind === kinds.value) {
    const outcome = { kind: 'value', body } as const;
    return { kind: 'reply', id: flat[3] as number, incarnation: flat[4] as number, from, to, outcome };
  }
  const frame: FrameOf<'call' | 'cast'> =
    kind === kinds.cast
      ? { kind: 'cast', from, to, method: flat[3] as string, body }
      : {
          kind: 'call',
          id: flat[3] as number,
          incarnation: flat[4] as number,
          from,
          to,
          method: flat[5] as string,
          budgetMs: flat[6] as number | null,
          body,
        };
  // Rare, and objects of one shape are what the engine handles fastest.
  return code < waitBit ? frame : withPassage(frame, code);
}

function withPassage(frame: FrameOf<'call' | 'cast'>, code: number): Frame {
  const hops = Math.floor(code / hopUnit);
  const passed = hops > 0 ? { ...frame, hops } : frame;
  return passed.kind === 'call' && (code & waitBit) !== 0 ? { ...passed, wait: true } : passed;
}

/** How much of a port's room a frame takes up, in bytes: the same number at both ends. */
export function frameWeight(frame: Frame): number {
  if (frame.kind === 'call' || frame.kind === 'cast') return bodyWeight(frame.body);
  if (frame.kind !== 'reply') return 0;
  const { outcome } = frame;
  if (outcome.kind === 'value') return bodyWeight(outcome.body);
  return outcome.kind === 'failure' ? faultWeight(outcome.fault) : membersWeight(outcome.members);
}

const membersWeight = (members: readonly Member[]): number =>
  members.reduce((sum, { outcome }) => sum + outcomeWeight(outcome), 0);

const outcomeWeight = (outcome: Outcome): number =>
  outcome.kind === 'value' ? bodyWeight(outcome.body) : faultWeight(outcome.fault);

/** An error's own text; what it was caused by is about as long. */
const faultWeight = ({ message, stack = '' }: Fault): number => message.length + stack.length;
