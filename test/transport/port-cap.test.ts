/** test/transport/port-cap: a line over a MessagePort holds to the largest frame at both ends. */
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { type PortEnd, portLink } from '../../src/transport/port.ts';
import type { Address } from '../../src/wire/address.ts';
import type { Body } from '../../src/wire/body.ts';
import { defaultMaxFrameBytes } from '../../src/wire/codec.ts';
import { flatten } from '../../src/wire/flat.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { castOf } from '../conformance/far-end.ts';
import { Inbox } from '../conformance/inbox.ts';

const open: PortEnd[] = [];
afterEach(() => {
  for (const { link } of open.splice(0)) link.close('the test is over');
});

/** Two ends in one thread. */
function pair(): readonly [near: PortEnd, far: PortEnd] {
  const { port1, port2 } = new MessageChannel();
  const ends = [portLink(port1, { peer: 'far' }), portLink(port2, { peer: 'near' })] as const;
  open.push(...ends);
  return ends;
}

describe('a frame over the cap', () => {
  const tooLong = 'x'.repeat(defaultMaxFrameBytes + 1);
  const half = new Uint8Array(defaultMaxFrameBytes / 2 + 1);
  const answers = ['cluster:0', 'cluster:2'].map((from) => ({
    from: from as Address,
    outcome: { kind: 'value', body: { format: 'v8', data: half } } as const,
  }));
  const gathered: Frame = {
    ...{ kind: 'reply', id: 7, incarnation: 3, from: 'cluster:0', to: 'cluster:1' },
    outcome: { kind: 'gathered', members: answers },
  };
  const bytes: Body = { format: 'v8', data: Buffer.alloc(defaultMaxFrameBytes + 1) };

  test.each<readonly [string, Frame]>([
    ['text', castOf('a', { format: 'json', data: tooLong })],
    ['a plain text', castOf('a', { format: 'plain', data: tooLong })],
    ['text of more bytes than letters', castOf('a', { format: 'json', data: '€'.repeat(defaultMaxFrameBytes / 2) })],
    ['bytes', castOf('a', bytes)],
    ['the answers of many', gathered],
  ])('of %s is refused where it is sent, and takes the line down where one comes in', async (_, frame) => {
    const [near] = pair();
    expect(() => near.link.send(frame)).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
    const { port1, port2 } = new MessageChannel();
    const { link } = portLink(port2, { peer: 'a careless one' });
    const inbox = new Inbox();
    link.receive(inbox.read);
    port1.postMessage(flatten(castOf('before')));
    port1.postMessage(flatten(frame));
    port1.postMessage(flatten(castOf('behind')));
    await expect(link.closed).resolves.toMatch(/carries \d+ bytes, more than the 8388608 allowed/);
    await once(port1, 'close');
    expect(inbox.frames).toStrictEqual([castOf('before')]);
    expect(() => link.send(castOf('a'))).toThrow(expect.objectContaining({ code: 'LINK_CLOSED' }));
  });

  test('is no frame of exactly the cap', async () => {
    const [near, far] = pair();
    const inbox = new Inbox();
    far.link.receive(inbox.read);
    near.link.send(castOf('a', { format: 'json', data: 'x'.repeat(defaultMaxFrameBytes) }));
    await inbox.first(1);
    near.link.send(castOf('b'));
    await inbox.first(2);
  });

  test.each([
    ['nothing', [0, undefined]],
    ['a call without a body', [0, { kind: 'call' }]],
    ['a failure without a fault', [0, { kind: 'reply', outcome: { kind: 'failure' } }]],
  ])('or %s in the place of one takes the line down, and throws nothing', async (_, flat) => {
    const { port1, port2 } = new MessageChannel();
    const { link } = portLink(port2, { peer: 'a stranger' });
    port1.postMessage(flat);
    await expect(link.closed).resolves.toMatch(/undefined/);
  });
});
