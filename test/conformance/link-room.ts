/** test/conformance/link-room: what a link does when its far end does not read, over any carrier. */
import { afterEach, describe, expect, test } from 'vitest';
import { isShardliftError, ShardliftError } from '../../src/errors.ts';
import type { Room } from '../../src/transport/credit.ts';
import type { Link } from '../../src/transport/link.ts';
import { toFault } from '../../src/wire/fault.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf, stream } from './far-end.ts';
import { ask, contents, Inbox } from './inbox.ts';
import type { MakePair, Pair } from './pair.ts';

/** For carriers that can be given one. */
const small: Room = { maxFrames: 64, maxBytes: 256 * 1024 };

/** A full line is 64 MB, which some carriers take seconds to read. */
const patient = { interval: 5, timeout: 25_000 };

const key = { id: 7, incarnation: 3 } as const;
const road = { from: 'cluster:0', to: 'cluster:1' } as const;
const call: Frame = { kind: 'call', ...key, ...road, method: 'count', budgetMs: null, body: encodeValue(0) };
const value: Frame = {
  kind: 'reply',
  ...key,
  ...road,
  outcome: { kind: 'value', body: encodeValue('x'.repeat(1_000)) },
};
const fault = toFault(new ShardliftError('NO_ROUTE', { to: 'cluster:3' }));
const failure: Frame = { kind: 'reply', ...key, ...road, outcome: { kind: 'failure', by: 'route', fault } };
const failures: Frame = {
  kind: 'reply',
  ...key,
  ...road,
  outcome: { kind: 'gathered', members: [{ from: 'cluster:0', outcome: { kind: 'failure', by: 'route', fault } }] },
};
const cancel: Frame = { kind: 'cancel', ...key, ...road };
const bye: Frame = { kind: 'bye', from: 'cluster:0', reason: 'done' };
const vital = { ...castOf('vital'), vital: true } as Frame;

const overloaded = (link: Link) =>
  expect.objectContaining({ code: 'OVERLOADED', details: expect.objectContaining({ peer: link.peer }) });

/** Sends numbers from `first` on until the line takes no more. @returns the next number */
function fill(link: Link, first = 0): number {
  for (let n = first; ; n++) {
    try {
      link.send(castOf('count', encodeValue(n)));
    } catch (error) {
      if (isShardliftError(error, 'OVERLOADED')) return n;
      throw error;
    }
  }
}

/** Sends bytes until the line takes no more. @returns how often */
function load(link: Link, { maxBytes }: Room): number {
  const body = encodeValue('x'.repeat(Math.ceil(maxBytes / 10)));
  for (let sent = 0; ; sent++) {
    try {
      link.send(castOf('heavy', body));
    } catch (error) {
      if (isShardliftError(error, 'OVERLOADED')) return sent;
      throw error;
    }
  }
}

/** What a link does with its room; a part of {@link describeLink}. */
export function describeRoom(name: string, makePair: MakePair, many: number): void {
  describe(`the room of a link over ${name}`, () => {
    let pair: Pair;
    const open = async (deaf = false): Promise<Link> => {
      pair = await makePair({ room: small, deaf });
      return pair.link;
    };
    afterEach(() => pair.end());
    /** Waits until there is room again, and fills it. */
    const roomBack = () => expect.poll(() => fill(pair.link), patient);

    test('flooded beyond its room, refuses calls and casts, and gives all it took, in order', async () => {
      const link = await open();
      const { maxFrames } = pair.room;
      expect(fill(link)).toBe(maxFrames);
      for (const frame of [call, castOf('count')]) expect(() => link.send(frame)).toThrow(overloaded(link));
      const inbox = new Inbox();
      link.receive(inbox.read);
      await expect.poll(() => attempt(link, castOf('counted')), patient).toBe(true);
      expect(contents(await inbox.first(1))).toStrictEqual([{ seen: maxFrames, inOrder: true }]);
    });

    test('has its room back once the far end has read, as often as it is filled', async () => {
      const link = await open();
      const { maxFrames } = pair.room;
      let next = 0;
      for (let round = 0; round < 4; round++) {
        next = fill(link, next);
        await expect.poll(() => attempt(link, call), patient).toBe(true);
      }
      expect(next).toBeGreaterThan(maxFrames);
      await expect.poll(() => attempt(link, castOf('a')), patient).toBe(true);
      expect(await ask(link, 'counted')).toStrictEqual({ seen: next, inOrder: true });
      // All is read by now: what it has not said so of is less than a quarter.
      expect(fill(link, next) - next).toBeGreaterThan(maxFrames - Math.ceil(maxFrames / 4) - 1);
    });

    test('gives no room back for frames that came and nobody has read', async () => {
      const link = await open(true);
      const inbox = new Inbox();
      link.receive(inbox.read);
      const { maxFrames } = pair.room;
      expect(fill(link)).toBe(maxFrames);
      // What it says comes behind all room it may have given back.
      for (let round = 1; round <= 20; round++) {
        pair.order('speak');
        await inbox.first(round);
      }
      expect(() => link.send(call)).toThrow(overloaded(link));
      pair.order('read');
      await roomBack().toBeGreaterThan(0);
    });

    test('full, still takes what is vital, answers, cancels and goodbyes, all in their order', async () => {
      const link = await open(true);
      const { maxFrames } = pair.room;
      fill(link);
      for (const frame of [failure, vital, cancel, value, failures, bye, vital]) link.send(frame);
      expect(() => link.send(call)).toThrow(overloaded(link));
      const inbox = new Inbox();
      link.receive(inbox.read);
      pair.order('read');
      // An order takes a road of its own, which the end of the link may overtake: it reads by the time it speaks.
      pair.order('speak');
      await inbox.first(1);
      link.close('done');
      const report = await pair.report;
      expect(report.count).toStrictEqual({ seen: maxFrames, inOrder: true });
      expect(report.methods).toStrictEqual(['vital', 'vital']);
      expect(report.kinds).toStrictEqual(['reply', 'cancel', 'reply', 'reply', 'bye']);
    });

    test('heavy with bytes, refuses answers too, unless they are failures', async () => {
      const link = await open(true);
      const sent = load(link, pair.room);
      expect(sent).toBeGreaterThan(8);
      for (const frame of [value, call, castOf('a')]) expect(() => link.send(frame)).toThrow(overloaded(link));
      for (const frame of [failure, failures, vital, cancel]) link.send(frame);
      pair.order('read');
      await expect.poll(() => attempt(link, value), patient).toBe(true);
      link.close('done');
      const report = await pair.report;
      expect(report.methods).toStrictEqual([...Array(sent).fill('heavy'), 'vital']);
      expect(report.kinds).toStrictEqual(['reply', 'reply', 'cancel', 'reply']);
    });

    test(`gives ${many} small frames in order, and some back`, async () => {
      const link = await open();
      await stream(link, 'count', many);
      await expect.poll(() => attempt(link, castOf('a')), patient).toBe(true);
      expect(await ask(link, 'counted')).toStrictEqual({ seen: many, inOrder: true });
      const inbox = new Inbox();
      link.receive(inbox.read);
      const back = many / 10;
      link.send(castOf('stream', encodeValue(back)));
      const frames = await inbox.first(back);
      expect(contents(frames).findIndex((n, index) => n !== index)).toBe(-1);
    });
  });
}

/** Sends a frame if the line takes it. */
function attempt(link: Link, frame: Frame): boolean {
  try {
    link.send(frame);
    return true;
  } catch (error) {
    if (isShardliftError(error, 'OVERLOADED')) return false;
    throw error;
  }
}
