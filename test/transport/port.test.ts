/** test/transport/port: what a line over a MessagePort does beyond what every line does. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { isShardliftError } from '../../src/errors.ts';
import { defaultRoom } from '../../src/transport/credit.ts';
import { type PortEnd, portLink } from '../../src/transport/port.ts';
import type { Address } from '../../src/wire/address.ts';
import type { Frame, Outcome } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf } from '../conformance/far-end.ts';
import { contents, Inbox } from '../conformance/inbox.ts';
import { readable } from '../wire/frames.ts';

type OnOffer = (address: Address, port: MessagePort) => void;

const open: PortEnd[] = [];
afterEach(() => {
  for (const { link } of open.splice(0)) link.close('the test is over');
});

/** Two ends in one thread. */
function pair(onOffer?: OnOffer): readonly [near: PortEnd, far: PortEnd] {
  const { port1, port2 } = new MessageChannel();
  const near = portLink(port1, { peer: 'far' });
  open.push(near);
  return [near, portLink(port2, { peer: 'near', onOffer })];
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const cast = (n: unknown): Frame => castOf('count', encodeValue(n));

describe('an offer', () => {
  test('comes behind the frames that were sent before it, and ahead of those sent after', async () => {
    const heard: unknown[] = [];
    const [near, far] = pair((address) => heard.push(address));
    far.link.receive((frame) => heard.push(...contents([frame])));
    const two = [new MessageChannel(), new MessageChannel()];
    near.link.send(cast(1));
    near.offer('cluster:1', (two[0] as MessageChannel).port2);
    for (const n of [2, 3]) near.link.send(cast(n));
    near.offer('cluster:2', (two[1] as MessageChannel).port2);
    near.link.send(cast(4));
    await expect.poll(() => heard).toStrictEqual([1, 'cluster:1', 2, 3, 'cluster:2', 4]);
    for (const { port1 } of two) port1.close();
  });

  test('brings a port that carries a line of its own, also what was sent on it before', async () => {
    const { port1, port2 } = new MessageChannel();
    const other = portLink(port1, { peer: 'cluster 1' });
    other.link.send(cast('early'));
    const offered = new Promise<MessagePort>((resolve) => {
      const [near] = pair((_address, port) => resolve(port));
      near.offer('cluster:1', port2);
    });
    const { link } = portLink(await offered, { peer: 'cluster 0' });
    const [inbox, back] = [new Inbox(), new Inbox()];
    link.receive(inbox.read);
    other.link.receive(back.read);
    link.send(cast('back'));
    expect(contents([...(await inbox.first(1)), ...(await back.first(1))])).toStrictEqual(['early', 'back']);
    link.close('done');
    await expect(other.link.closed).resolves.toBe('the port closed');
  });

  test('on a line that is closed ends the line it was for, and throws nothing', async () => {
    const [near] = pair();
    near.link.close('gone');
    const { port1, port2 } = new MessageChannel();
    const { link } = portLink(port1, { peer: 'cluster 1' });
    near.offer('cluster:1', port2);
    await expect(link.closed).resolves.toBe('the port closed');
  });

  test('that nobody listens to leaves the frames behind it alone', async () => {
    const [near, far] = pair();
    const inbox = new Inbox();
    far.link.receive(inbox.read);
    const { port1, port2 } = new MessageChannel();
    near.offer('cluster:1', port2);
    near.link.send(cast(1));
    expect(contents(await inbox.first(1))).toStrictEqual([1]);
    port1.close();
  });
});

describe('frames in bursts', () => {
  test('keep their order, however many come at once and however long after', async () => {
    // 200 and more: several bursts at once. Ones: the lull in which none is looked for.
    const sizes = fc.array(fc.oneof(fc.constant(1), fc.nat({ max: 20 }), fc.nat({ max: 300 })), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(sizes, async (bursts) => {
        const [near, far] = pair();
        const inbox = new Inbox();
        far.link.receive(inbox.read);
        let sent = 0;
        for (const size of bursts) {
          for (let n = 0; n < size; n++) near.link.send(cast(sent++));
          await turn();
        }
        expect(contents(await inbox.first(sent))).toStrictEqual(Array.from(Array(sent).keys()));
        near.link.close('done');
      }),
      { numRuns: 50 },
    );
  });

  test('that never end leave the event loop alive', async () => {
    const [near, far] = pair();
    let total = 0;
    let inTurn = 0;
    let most = 0;
    // Each that is read is followed by the next: there is always one more behind it.
    far.link.receive(() => {
      total += 1;
      inTurn += 1;
      if (total < 30_000) near.link.send(cast(total));
    });
    near.link.send(cast(0));
    while (total < 30_000) {
      await turn();
      most = Math.max(most, inTurn);
      inTurn = 0;
    }
    // Node's own thousand of a turn, the bursts that may be among them, and a last one that begins just before their end.
    expect(most).toBeLessThan(1_000 + 1_024 + 64 + 1);
  });
});

describe('what cannot be cloned and has a JSON', () => {
  const proxy = (value: object): unknown => new Proxy(value, {});
  const key = { id: 7, incarnation: 3 } as const;
  const road = { from: 'cluster:0', to: 'cluster:1' } as const;
  const value: Outcome = { kind: 'value', body: encodeValue(proxy({ a: [1, null] })) };
  const { body } = value;

  test.each<readonly [string, Frame]>([
    ['call', { kind: 'call', ...key, ...road, method: 'a.b', budgetMs: null, body }],
    ['call to many', { kind: 'call', ...key, ...road, to: ['cluster:1', 'host:a'], method: 'a.b', budgetMs: 5, body }],
    ['cast', { kind: 'cast', ...road, method: 'a.b', body }],
    ['reply', { kind: 'reply', ...key, ...road, outcome: value }],
    [
      'reply of many',
      {
        kind: 'reply',
        ...key,
        ...road,
        outcome: { kind: 'gathered', members: [{ from: 'cluster:0', outcome: value }] },
      },
    ],
  ])('arrives as that in a %s', async (_kind, frame) => {
    const [near, far] = pair();
    const inbox = new Inbox();
    far.link.receive(inbox.read);
    near.link.send(frame);
    expect((await inbox.first(1)).map(readable)).toStrictEqual([readable(frame)]);
  });

  test('weighs what its text weighs, as at the far end, so that the room comes back', () => {
    const [near] = pair();
    const frame = castOf('a', encodeValue(proxy({ a: 1 })));
    const send = (): unknown => {
      try {
        for (;;) near.link.send(frame);
      } catch (error) {
        return isShardliftError(error, 'OVERLOADED') ? error.details : error;
      }
    };
    const { maxFrames: frames } = defaultRoom;
    expect(send()).toStrictEqual({ peer: 'far', frames, bytes: frames * '{"a":1}'.length });
  });
});
