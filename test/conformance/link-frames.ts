/** test/conformance/link-frames: every kind of frame, and every kind of value, over any carrier. */
import { afterEach, describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import type { Link } from '../../src/transport/link.ts';
import { defaultMaxFrameBytes, encodeFrame } from '../../src/wire/codec.ts';
import { toFault } from '../../src/wire/fault.ts';
import { type Frame, type Outcome, protocolVersion } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { readable } from '../wire/frames.ts';
import { castOf } from './far-end.ts';
import { ask, contents, echo, Inbox } from './inbox.ts';
import type { MakePair, Pair } from './pair.ts';

const key = { id: 7, incarnation: 1_700_000_000_000 } as const;
const road = { from: 'cluster:0', to: 'cluster:1' } as const;
const group = { from: 'cluster:0', to: ['cluster:1', 'cluster:30', 'host:eu-2'] } as const;
const bodies = {
  none: encodeValue(undefined),
  plain: encodeValue({ text: 'zwölf €', n: [1, 2, { deep: null }] }),
  json: encodeValue({ text: 'zwölf € '.repeat(500) }),
  v8: encodeValue(new Map<unknown, unknown>([['at', new Date(3)]])),
};
const fault = toFault(
  new ShardliftError('NO_ROUTE', { to: 'cluster:3' }, { cause: new AggregateError([new Error('why')], 'both') }),
);
const failures: readonly Outcome[] = [
  { kind: 'failure', by: 'route', fault },
  { kind: 'failure', by: 'handler', fault },
];
const outcomes: readonly Outcome[] = [
  ...Object.values(bodies).map((body) => ({ kind: 'value', body }) as const),
  ...failures,
];
const call = { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: 30_000, body: bodies.plain } as const;

const kinds: Readonly<Record<string, readonly Frame[]>> = {
  hello: [{ kind: 'hello', from: 'cluster:0', protocol: protocolVersion }],
  call: Object.values(bodies).map((body) => ({ ...call, body })),
  'call with a passage': [
    { ...call, budgetMs: null },
    { ...call, wait: true },
    { ...call, hops: 3 },
    { ...call, hops: 7, wait: true },
    { ...call, from: 'host:eu-1', to: 'host:local' },
    { ...call, id: 2 ** 33 },
  ],
  'call to many': Object.values(bodies).map((body) => ({ ...call, ...group, body, hops: 1, wait: true }) as const),
  cast: Object.values(bodies).map((body) => ({ kind: 'cast', ...road, method: 'ünïcode', body, hops: 2 }) as const),
  'cast to many': Object.values(bodies).map((body) => ({ kind: 'cast', ...group, method: 'a.b', body }) as const),
  reply: outcomes.map((outcome) => ({ kind: 'reply', ...key, ...road, outcome }) as const),
  'reply of many': [
    {
      kind: 'reply',
      ...key,
      ...road,
      outcome: {
        kind: 'gathered',
        members: outcomes.map((outcome, n) => ({ from: `cluster:${n}`, outcome }) as const),
      },
    },
    { kind: 'reply', ...key, ...road, outcome: { kind: 'gathered', members: [] } },
  ],
  cancel: [
    { kind: 'cancel', ...key, ...road },
    { kind: 'cancel', ...key, ...group },
  ],
  bye: [{ kind: 'bye', from: 'host:local', reason: 'restart' }],
};

class Player {
  readonly name = 'somebody';
  readonly #secret = 42;
  get score(): number {
    return this.#secret;
  }
}

/** The longest text that a cast of `count` may carry over this pair. */
function longestText({ counts }: Pair): number {
  // The text's own quotes, too, where it becomes bytes.
  const around = counts === 'bodies' ? 0 : encodeFrame(castOf('counted', encodeValue(''))).length;
  return defaultMaxFrameBytes - around;
}

/** What a link does with frames and what they carry; a part of {@link describeLink}. */
export function describeFrames(name: string, makePair: MakePair): void {
  describe(`the frames of a link over ${name}`, () => {
    let pair: Pair;
    const open = async (): Promise<Link> => {
      pair = await makePair();
      return pair.link;
    };
    afterEach(() => pair.end());

    test.each(Object.entries(kinds))('carries each %s as it was sent, there and back', async (_kind, frames) => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      link.send(castOf('mirror'));
      const sent = frames.map(readable);
      for (const frame of frames) link.send(frame);
      expect((await inbox.first(frames.length)).map(readable)).toStrictEqual(sent);
    });

    test('keeps for itself that a frame is vital', async () => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      link.send(castOf('mirror'));
      const frames: readonly Frame[] = [call, { ...call, ...group }, castOf('a')];
      for (const frame of frames) link.send({ ...frame, vital: true } as Frame);
      expect((await inbox.first(3)).map(readable)).toStrictEqual(frames.map(readable));
    });

    test('carries a small plain object as it was when it was sent', async () => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      const value = { list: [1, 2], deep: { text: 'before' } };
      link.send(castOf('echo', encodeValue(value)));
      value.list.push(3);
      value.deep.text = 'after';
      expect(contents(await inbox.first(1))).toStrictEqual([{ list: [1, 2], deep: { text: 'before' } }]);
    });

    test('carries a proxy, an object of a class and one that only Node can clone as their JSON', async () => {
      const link = await open();
      const proxy = new Proxy({ a: 1, list: [new Proxy([2], {})] }, {});
      expect(await echo(link, proxy)).toStrictEqual({ a: 1, list: [[2]] });
      expect(await echo(link, new Player())).toStrictEqual({ name: 'somebody' });
      expect(await echo(link, { blob: new Blob(['bytes']) })).toStrictEqual({ blob: {} });
    });

    test('carries a key named __proto__ as a key like any other', async () => {
      const link = await open();
      const text = '{"__proto__":{"polluted":true},"a":[{"__proto__":1}]}';
      for (const value of [JSON.parse(text), new Map([[1, JSON.parse(text)]]).get(1)]) {
        const arrived = (await echo(link, value)) as { polluted?: unknown };
        expect(JSON.stringify(arrived)).toBe(text);
        expect(arrived.polluted).toBeUndefined();
        expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
      }
      expect((await echo(link, { set: new Set([1]), proto: JSON.parse(text) })) as object).toMatchObject({
        set: new Set([1]),
      });
    });

    test('takes a frame of exactly the cap, and not one byte more', async () => {
      const link = await open();
      const longest = longestText(pair);
      const refused = castOf('counted', encodeValue('x'.repeat(longest + 1)));
      expect(() => link.send(refused)).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
      expect(await ask(link, 'counted', 'x'.repeat(longest))).toStrictEqual({ seen: 0, inOrder: true });
    });
  });
}
