/** test/messages: what a manager does with a bot's message to all others. */
import { Collection } from '@discordjs/collection';
import { beforeEach, expect, test } from 'vitest';
import type { Cluster } from '../src/cluster/cluster.ts';
import { Messages, serveMessages } from '../src/messages.ts';
import { postFailure } from '../src/transport/post-failure.ts';
import { clusterAt, createFleet } from './features/nodes.ts';

let sent: [cluster: number, message: unknown][];
let messages: Messages;
let send: (id: number, message: unknown) => unknown;

beforeEach(() => {
  sent = [];
  send = (id, message) => void sent.push([id, message]);
  const clusters = [0, 1, 2, 3].map((id) => ({
    id,
    child: id === 3 ? undefined : {},
    send: async (message: unknown) => send(id, message),
  }));
  const fleet = createFleet();
  serveMessages(
    fleet.manager.node.peer,
    new Collection(clusters.map((cluster) => [cluster.id, cluster as unknown as Cluster])),
  );
  messages = new Messages({ peer: clusterAt(fleet, 0).node.peer, managed: true });
});

test('a broadcast goes to every other cluster that is running', async () => {
  await messages.broadcast({ a: 1 });
  expect(sent).toEqual([
    [1, { a: 1 }],
    [2, { a: 1 }],
  ]);
});

test('with sendSelf it goes to the sender too', async () => {
  await messages.broadcast('x', { sendSelf: true });
  expect(sent).toEqual([0, 1, 2].map((id) => [id, 'x']));
});

test('a cluster that dies meanwhile keeps it from nobody else', async () => {
  send = (id, message) => {
    if (id === 1) throw new Error('EPIPE');
    sent.push([id, message]);
  };
  await messages.broadcast('x');
  expect(sent).toEqual([[2, 'x']]);
});

test('a cluster that reads nothing keeps nobody waiting', async () => {
  send = (id, message) => (id === 1 ? new Promise(() => undefined) : sent.push([id, message]));
  await messages.broadcast('x');
  expect(sent).toEqual([[2, 'x']]);
});

test.each([() => 1, undefined, 1n])('a bot without a manager cannot send itself %s either', async (message) => {
  const { peer } = clusterAt(createFleet(), 0).node;
  const alone = new Messages({ peer, managed: false });
  await expect(alone.broadcast(message, { sendSelf: true })).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
});

test('a message that cannot be written is told to its sender', async () => {
  send = () => {
    throw postFailure(new TypeError('Do not know how to serialize a BigInt'), 'cluster 1');
  };
  await expect(messages.broadcast(1n)).rejects.toMatchObject({ code: 'HANDLER_FAILED' });
  await expect(messages.broadcast(() => 1)).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
});
