/** test/mesh/broker: what the manager tells clusters that want lines. */
import { expect, test } from 'vitest';
import { Broker, type Joined } from '../../src/mesh/broker.ts';
import { createNode } from '../../src/node.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';
import { stubLink } from '../rpc/stub-link.ts';

const ports: Joined = { by: 'ports' };

/** A broker, and two clusters that the test speaks for. */
function brokering(join: () => Joined = () => ports) {
  const node = createNode({ self: localHost, incarnation: 1 });
  const joined: (readonly [wanting: number, wanted: number])[] = [];
  const broker = new Broker({
    peer: node.peer,
    join: (wanting, wanted) => {
      joined.push([wanting, wanted]);
      return join();
    },
  });
  const lines = [0, 1].map((id) => {
    const line = stubLink();
    node.router.attach(clusterAddress(id), line.link);
    broker.available(id);
    return line;
  });
  const says = (id: number, method: 'want' | 'expecting' | 'failed', about: object): void =>
    lines[id]?.deliver({
      kind: 'cast',
      from: clusterAddress(id),
      to: localHost,
      method: `broker.${method}`,
      body: encodeValue(about),
    });
  /** What a cluster was told. */
  const told = (id: number) => lines[id]?.of('cast').map(({ method, body }) => [method, decodeValue(body)]);
  return { broker, joined, says, told };
}

test('opens a line when the wanted one keeps back what it says', () => {
  const { joined, says, told } = brokering(() => ({ by: 'door', door: '/a/door' }));
  says(0, 'want', { cluster: 1, taken: 0 });
  expect([joined, told(0), told(1)]).toStrictEqual([[], [], [['mesh.expect', { cluster: 0 }]]]);
  says(1, 'expecting', { cluster: 0 });
  expect([joined, told(0)]).toStrictEqual([[[0, 1]], [['mesh.visit', { cluster: 1, door: '/a/door', line: 1 }]]]);
});

test('opens one line for two wishes, whichever comes late', () => {
  const { joined, says } = brokering();
  says(0, 'want', { cluster: 1, taken: 0 });
  says(1, 'want', { cluster: 0, taken: 0 });
  expect(joined).toStrictEqual([[0, 1]]);
  says(1, 'expecting', { cluster: 0 });
  says(1, 'want', { cluster: 0, taken: 0 });
  expect(joined).toStrictEqual([[0, 1]]);
});

test('opens another when a wish comes from one that has had the last', () => {
  const { joined, says } = brokering();
  for (const taken of [0, 1]) {
    says(0, 'want', { cluster: 1, taken });
    says(1, 'expecting', { cluster: 0 });
  }
  expect(joined).toHaveLength(2);
});

test('has nothing to say to who wants itself, or keeps back what nobody waits for', () => {
  const { joined, says, told } = brokering();
  says(0, 'want', { cluster: 0, taken: 0 });
  says(1, 'expecting', { cluster: 0 });
  expect([joined, told(0), told(1)]).toStrictEqual([[], [], []]);
});

test('tells both that there is no line to be had, at each wish', () => {
  const { joined, says, told } = brokering(() => undefined);
  says(0, 'want', { cluster: 1, taken: 0 });
  says(1, 'expecting', { cluster: 0 });
  says(1, 'want', { cluster: 0, taken: 0 });
  expect(joined).toHaveLength(1);
  expect(told(0)).toStrictEqual([['mesh.refused', { cluster: 1 }]]);
  const refused = ['mesh.refused', { cluster: 0 }];
  expect(told(1)).toStrictEqual([['mesh.expect', { cluster: 0 }], refused, refused]);
});

test('tells both when the visitor found no door', () => {
  const { says, told } = brokering(() => ({ by: 'door', door: '/none' }));
  says(0, 'want', { cluster: 1, taken: 0 });
  says(1, 'expecting', { cluster: 0 });
  // A word about a line of two that were there before.
  says(0, 'failed', { cluster: 1, line: 7 });
  expect(told(0)?.at(-1)?.[0]).toBe('mesh.visit');
  says(0, 'failed', { cluster: 1, line: 1 });
  expect(told(0)?.at(-1)).toStrictEqual(['mesh.refused', { cluster: 1 }]);
  expect(told(1)?.at(-1)).toStrictEqual(['mesh.refused', { cluster: 0 }]);
});

test('tells who asked for one that does not listen when it does, once', () => {
  const { broker, says, told } = brokering();
  says(0, 'want', { cluster: 7, taken: 0 });
  says(0, 'want', { cluster: 7, taken: 0 });
  broker.available(7);
  broker.ended(7, 'gone');
  broker.available(7);
  const absent = ['mesh.absent', { cluster: 7 }];
  expect(told(0)).toStrictEqual([absent, absent, ['mesh.available', { cluster: 7 }]]);
});

test('tells who was joined with one that ended, and nobody else', () => {
  const { broker, says, told } = brokering();
  broker.ended(7, 'gone');
  says(0, 'want', { cluster: 1, taken: 0 });
  says(1, 'expecting', { cluster: 0 });
  broker.ended(1, 'exit code 1');
  broker.ended(1, 'exit code 1');
  expect(told(0)).toStrictEqual([['mesh.ended', { cluster: 1, reason: 'exit code 1' }]]);
});

test('starts afresh with one that ended and came back', () => {
  const { broker, joined, says } = brokering();
  for (let round = 1; round <= 2; round++) {
    says(0, 'want', { cluster: 1, taken: 0 });
    says(1, 'expecting', { cluster: 0 });
    expect(joined).toHaveLength(round);
    broker.ended(1, 'exit code 1');
    says(1, 'expecting', { cluster: 0 });
    broker.available(1);
  }
});
