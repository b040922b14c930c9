/** test/conformance/link: what every link does, whatever carries it. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Link } from '../../src/transport/link.ts';
import { defaultMaxFrameBytes } from '../../src/wire/codec.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf } from './far-end.ts';
import { contents, echo, Inbox } from './inbox.ts';
import { describeFrames } from './link-frames.ts';
import { describeRoom } from './link-room.ts';
import type { MakePair, Pair } from './pair.ts';

/**
 * Runs the conformance suite of links over one carrier.
 *
 * @param many - how many small frames keep their order
 */
export function describeLink(name: string, makePair: MakePair, many = 100_000): void {
  describeFrames(name, makePair);
  describeRoom(name, makePair, many);
  describe(`a link over ${name}`, () => {
    let pair: Pair;
    const open = async (): Promise<Link> => {
      pair = await makePair();
      return pair.link;
    };
    afterEach(() => pair.end());

    test('gives every frame once and in order, both ways', async () => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      const sent = Array.from({ length: 2_000 }, (_, n) => ({ n, pad: 'x'.repeat((n * 37) % 3_000) }));
      for (const value of sent) link.send(castOf('echo', encodeValue(value)));
      expect(contents(await inbox.first(2_000))).toStrictEqual(sent);
      link.send(castOf('flood', encodeValue(2_000)));
      expect(contents(await inbox.first(4_000)).slice(2_000)).toStrictEqual(Array.from(Array(2_000).keys()));
      expect(await echo(link, 'the last')).toBe('the last');
      expect(inbox.frames).toHaveLength(4_000);
    });

    test('carries empty, text and byte bodies', async () => {
      const link = await open();
      for (const value of [undefined, { text: 'zwölf €' }, new Map([[1, new Date(2)]]), Uint8Array.of(0, 255)]) {
        expect(await echo(link, value)).toStrictEqual(value);
      }
    });

    test('carries a body as it was when it was sent', async () => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      const body = encodeValue(new Set(['before']));
      link.send(castOf('echo', body));
      if (body.format === 'v8') body.data.fill(0);
      expect(contents(await inbox.first(1))).toStrictEqual([new Set(['before'])]);
    });

    test('keeps the frames that come before there is a reader', async () => {
      const link = await open();
      link.send(castOf('flood', encodeValue(100)));
      link.send(castOf('close', encodeValue('done')));
      await link.closed;
      const inbox = new Inbox();
      link.receive(inbox.read);
      expect(contents(inbox.frames)).toStrictEqual(Array.from(Array(100).keys()));
    });

    test('gives each frame to one reader, the last one set', async () => {
      const link = await open();
      const first = new Inbox();
      link.receive(first.read);
      expect(await echo(link, 1)).toBe(1);
      expect(first.frames).toStrictEqual([]);
    });

    test('carries a body of 7 MB', async () => {
      const link = await open();
      const text = 'seven MB '.repeat((7 * 1024 * 1024) / 9);
      expect((await echo(link, text)) === text).toBe(true);
    });

    test('refuses a frame over the cap and goes on', async () => {
      const link = await open();
      const huge = castOf('echo', encodeValue('x'.repeat(defaultMaxFrameBytes + 1)));
      const refusal = { code: 'FRAME_TOO_LARGE', details: { maxBytes: defaultMaxFrameBytes, method: 'echo' } };
      expect(() => link.send(huge)).toThrow(
        expect.objectContaining({ code: refusal.code, details: expect.objectContaining(refusal.details) }),
      );
      expect(await echo(link, 'small')).toBe('small');
    });

    test('closed from here, says so once, with the first reason', async () => {
      const link = await open();
      link.close('we are done');
      link.close('again');
      await expect(link.closed).resolves.toBe('we are done');
    });

    test('closed from here, has delivered to the far end what was sent before', async () => {
      const link = await open();
      for (const method of ['a', 'b', 'c']) link.send(castOf(method));
      link.close('we are done');
      const report = await pair.report;
      expect(report.methods).toStrictEqual(['a', 'b', 'c']);
      expect(report.reason).not.toBe('');
    });

    test('closed from here with many frames under way, has delivered them all', async () => {
      const link = await open();
      for (let n = 0; n < 10_000; n++) link.send(castOf('count', encodeValue(n)));
      link.close('we are done');
      expect((await pair.report).count).toStrictEqual({ seen: 10_000, inOrder: true });
    });

    test('closed from the far end with many frames under way both ways, has delivered what that sent before', async () => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      link.send(castOf('flood', encodeValue(5_000)));
      link.send(castOf('close', encodeValue('done')));
      for (let n = 0; n < 5_000; n++) link.send(castOf('count', encodeValue(n)));
      await link.closed;
      expect(contents(inbox.frames)).toStrictEqual(Array.from(Array(5_000).keys()));
      expect((await pair.report).count.seen).toBe(0);
    });

    test('closed from here, hears nothing more', async () => {
      const link = await open();
      const inbox = new Inbox();
      link.receive(inbox.read);
      link.send(castOf('flood', encodeValue(500)));
      await inbox.first(1);
      link.close('enough');
      const heard = inbox.frames.length;
      await pair.report;
      expect(inbox.frames).toHaveLength(heard);
    });

    test('closed from the far end, settles with a reason', async () => {
      const link = await open();
      link.send(castOf('close', encodeValue('the far end had enough')));
      await expect(link.closed).resolves.toMatch(/\w+/);
    });

    test.each(['here', 'the far end'])('closed from %s, throws LINK_CLOSED on send', async (side) => {
      const link = await open();
      if (side === 'here') link.close('enough');
      else link.send(castOf('close', encodeValue('enough')));
      const reason = await link.closed;
      const details = { peer: link.peer, reason };
      expect(() => link.send(castOf('echo'))).toThrow(expect.objectContaining({ code: 'LINK_CLOSED', details }));
    });
  });
}
