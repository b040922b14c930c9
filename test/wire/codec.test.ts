/** test/wire/codec: frames to bytes and back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import {
  assertFrameFits,
  defaultMaxFrameBytes,
  encodeCredit,
  encodeFrame,
  FrameReader,
  noFrame,
} from '../../src/wire/codec.ts';
import { toFault } from '../../src/wire/fault.ts';
import { type Frame, type Member, protocolVersion } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { frames as anyFrames, readable } from './frames.ts';

const road = { from: 'cluster:0', to: 'host:eu-1' } as const;
const key = { id: 7, incarnation: 1_700_000_000_000 } as const;
const json = encodeValue({ text: 'zwölf €', n: [1, 2] });
const v8 = encodeValue(new Map([['at', new Date(3)]]));
const none = encodeValue(undefined);
const fault = toFault(new ShardliftError('NO_ROUTE', { to: 'cluster:3' }, { cause: new Error('why') }));

const many = ['cluster:1', 'cluster:30', 'host:eu-2'] as const;
const members: readonly Member[] = [
  { from: 'cluster:1', outcome: { kind: 'value', body: json } },
  { from: 'cluster:65533', outcome: { kind: 'value', body: none } },
  { from: 'host:eu-2', outcome: { kind: 'value', body: v8 } },
  { from: 'cluster:4', outcome: { kind: 'failure', by: 'route', fault } },
  { from: 'cluster:5', outcome: { kind: 'failure', by: 'handler', fault } },
];

const frames: readonly (readonly [string, Frame])[] = [
  ['hello', { kind: 'hello', from: 'cluster:0', protocol: protocolVersion }],
  ['call with JSON', { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: 30_000, body: json }],
  ['call with v8 bytes', { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: null, body: v8 }],
  ['call with nothing', { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: 1, body: none }],
  ['cast', { kind: 'cast', ...road, method: 'ünïcode', body: json }],
  ['reply with a value', { kind: 'reply', ...key, ...road, outcome: { kind: 'value', body: v8 } }],
  ['reply with nothing', { kind: 'reply', ...key, ...road, outcome: { kind: 'value', body: none } }],
  ['reply with a failure', { kind: 'reply', ...key, ...road, outcome: { kind: 'failure', by: 'route', fault } }],
  ['cancel', { kind: 'cancel', ...key, ...road }],
  ['bye', { kind: 'bye', from: 'host:local', reason: 'restart' }],
  ['call to many', { kind: 'call', ...key, from: 'cluster:0', to: many, method: 'a.b', budgetMs: 5, body: json }],
  ['cast to many', { kind: 'cast', from: 'cluster:0', to: many, method: 'a.b', body: v8 }],
  ['cancel of a call to many', { kind: 'cancel', ...key, from: 'cluster:0', to: many }],
  ['call that waits', { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: 5, body: json, wait: true }],
  ['call on its third hop', { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: 5, body: json, hops: 2 }],
  ['cast on its second hop', { kind: 'cast', ...road, method: 'a.b', body: json, hops: 1 }],
  ['call between hosts', { kind: 'call', ...key, from: 'host:a', to: 'host:b', method: 'm', budgetMs: 5, body: json }],
  ['reply of many', { kind: 'reply', ...key, ...road, outcome: { kind: 'gathered', members } }],
  ['reply of nobody', { kind: 'reply', ...key, ...road, outcome: { kind: 'gathered', members: [] } }],
];

/** Reads frames; nothing else may be among them. */
const push = (reader: FrameReader, bytes: Buffer): Frame[] => reader.push(bytes).map(({ frame }) => frame as Frame);

const stream = Buffer.concat(frames.map(([, frame]) => encodeFrame(frame)));
const sent = frames.map(([, frame]) => readable(frame));

describe('round trip', () => {
  test.each(frames)('%s arrives as it was sent', (_, frame) => {
    expect(push(new FrameReader(), encodeFrame(frame)).map(readable)).toStrictEqual([readable(frame)]);
  });

  test('every frame there can be arrives as it was sent, in bytes of the size it says', () => {
    fc.assert(
      fc.property(anyFrames, (frame) => {
        const bytes = encodeFrame(frame);
        const [record, ...rest] = new FrameReader().push(bytes);
        expect(rest).toStrictEqual([]);
        expect(record).toMatchObject({ bytes: bytes.length });
        expect(readable(record?.frame as Frame)).toStrictEqual(readable(frame));
      }),
      { numRuns: 300 },
    );
  });

  test('a stream cut in two at any byte gives the same frames', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const reader = new FrameReader();
      const read = [stream.subarray(0, cut), stream.subarray(cut)].flatMap((chunk) => push(reader, chunk));
      expect(read.map(readable)).toStrictEqual(sent);
    }
  });

  test('a sign of life before and between frames is passed over', () => {
    const signs = Buffer.concat([noFrame, stream, noFrame, noFrame, stream, noFrame]);
    const reader = new FrameReader();
    const read = Array.from(signs).flatMap((byte) => push(reader, Buffer.of(byte)));
    expect(read.map(readable)).toStrictEqual([...sent, ...sent]);
    expect(push(new FrameReader(), signs).map(readable)).toStrictEqual([...sent, ...sent]);
  });

  test('what the reader has read goes between frames', () => {
    const bytes = Buffer.concat([encodeCredit({ frames: 4_096, bytes: 2 ** 40 }), stream]);
    const [credit, ...rest] = new FrameReader().push(bytes);
    expect(credit).toStrictEqual({ credit: { frames: 4_096, bytes: 2 ** 40 } });
    expect(rest).toHaveLength(frames.length);
  });

  test('a stream that comes byte by byte gives the same frames', () => {
    const reader = new FrameReader();
    const read = Array.from(stream).flatMap((byte) => push(reader, Buffer.of(byte)));
    expect(read.map(readable)).toStrictEqual(sent);
  });

  test('a frame is given as soon as its last byte is there', () => {
    const bytes = encodeFrame(frames[1]?.[1] as Frame);
    const reader = new FrameReader();
    expect(reader.push(bytes.subarray(0, -1))).toStrictEqual([]);
    expect(reader.push(bytes.subarray(-1))).toHaveLength(1);
  });

  test('what a frame carries survives the reuse of the buffer it came in', () => {
    const reader = new FrameReader();
    const bytes = encodeFrame(frames[1]?.[1] as Frame);
    const half = bytes.subarray(0, 20);
    reader.push(Buffer.from(half));
    const [frame] = push(reader, Buffer.from(bytes.subarray(20)));
    bytes.fill(0);
    expect(readable(frame as Frame)).toStrictEqual(sent[1]);
  });
});

describe('the cap', () => {
  const cast = (text: string): Frame => ({ kind: 'cast', ...road, method: 'big.one', body: encodeValue(text) });
  const bytesOf = (frame: Frame): number => encodeFrame(frame, Number.POSITIVE_INFINITY).length;

  test('is 8 MB unless told otherwise', () => {
    expect(defaultMaxFrameBytes).toBe(8 * 1024 * 1024);
    expect(() => encodeFrame(cast('x'.repeat(defaultMaxFrameBytes - 200)))).not.toThrow();
    expect(() => encodeFrame(cast('x'.repeat(defaultMaxFrameBytes)))).toThrow(/big\.one carries \d+ bytes/);
  });

  test('stops a frame one byte too large on the sender, with its size and method', () => {
    const frame = cast('x');
    const bytes = bytesOf(frame);
    expect(encodeFrame(frame, bytes)).toHaveLength(bytes);
    const details = { bytes, maxBytes: bytes - 1, method: 'big.one' };
    expect(() => encodeFrame(frame, bytes - 1)).toThrow(new ShardliftError('FRAME_TOO_LARGE', details));
  });

  test('stops a frame one byte too large on the receiver, from its first four bytes', () => {
    const frame = cast('x');
    const bytes = encodeFrame(frame);
    expect(new FrameReader(bytes.length).push(bytes)).toHaveLength(1);
    const push = () => new FrameReader(bytes.length - 1).push(bytes.subarray(0, 4));
    expect(push).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
  });

  test('counts the bytes of a text on links that post objects, not its letters', () => {
    const euros = cast('€'.repeat(100));
    expect(() => assertFrameFits(euros, 300)).not.toThrow();
    expect(() => assertFrameFits(euros, 299)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ bytes: 300 }) }),
    );
  });

  test('counts v8 bytes on links that post objects', () => {
    const frame: Frame = { kind: 'reply', ...key, ...road, outcome: { kind: 'value', body: v8 } };
    const bytes = v8.format === 'v8' ? v8.data.byteLength : 0;
    expect(() => assertFrameFits(frame, bytes)).not.toThrow();
    expect(() => assertFrameFits(frame, bytes - 1)).toThrow(/^reply carries/);
  });

  test('lets frames without a body pass on links that post objects', () => {
    for (const [, frame] of frames.filter(([name]) => /hello|cancel|bye|nothing|failure/.test(name))) {
      expect(() => assertFrameFits(frame, 0)).not.toThrow();
    }
  });
});

test('a format of a body that nobody knows is an error, never an empty body', () => {
  const bytes = encodeFrame({ kind: 'cast', ...road, method: 'a.b', body: json });
  bytes.writeUInt8((bytes.readUInt8(4) & 0xf0) + 9, 4);
  expect(() => new FrameReader().push(bytes)).toThrow(RangeError);
});

test('a frame whose head is longer than itself is an error, never a frame', () => {
  const whole = encodeFrame({ kind: 'cast', ...road, method: 'a.long.method', body: none });
  const cut = Buffer.from(whole.subarray(0, -4));
  cut.writeUInt32BE(cut.length - 4, 0);
  expect(() => new FrameReader().push(cut)).toThrow(RangeError);
});

test('bytes that are no frame are an error, never a frame', () => {
  const garbage = Buffer.concat([Buffer.of(0, 0, 0, 12, 1, 0, 0, 0, 7), Buffer.from('nonsense')]);
  expect(() => new FrameReader().push(garbage)).toThrow(SyntaxError);
});
