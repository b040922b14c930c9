/** test/maintenance: the manager keeps the reasons, tells those that run, and remembers for those that do not. */
import { beforeEach, describe, expect, test } from 'vitest';
import { maintenanceContract } from '../src/features/maintenance.ts';
import { Maintenance } from '../src/maintenance.ts';
import type { Node } from '../src/node.ts';
import { cast, contract } from '../src/rpc/contract.ts';
import { clusterAddress } from '../src/wire/address.ts';
import { clusterAt, createFleet, plan } from './features/nodes.ts';

let told: [cluster: number, reason: string | undefined][];
let maintenance: Maintenance;
let manager: Node;

beforeEach(() => {
  told = [];
  const fleet = createFleet();
  for (const { id } of fleet.clusters) {
    clusterAt(fleet, id).node.peer.serve(maintenanceContract, { set: ({ reason }) => void told.push([id, reason]) });
  }
  manager = fleet.manager.node;
  maintenance = new Maintenance({ peer: manager.peer, plan: () => plan });
});

const reasons = (): (string | undefined)[] => [...plan.keys()].map((id) => maintenance.reasonOf(id));

describe('maintenance', () => {
  test('of all is told to all, and what was said of some is forgotten', async () => {
    maintenance.set('for one', [1]);
    maintenance.set('for all');
    await expect.poll(() => told).toEqual([[1, 'for one'], ...[0, 1, 2].map((id) => [id, 'for all'])]);
    expect(reasons()).toEqual(['for all', 'for all', 'for all']);
    maintenance.set(undefined);
    expect(reasons()).toEqual([undefined, undefined, undefined]);
  });

  test('of some leaves the others as they are, cluster 0 included', async () => {
    maintenance.set('for all');
    maintenance.set(undefined, [0]);
    maintenance.set('for two', [2]);
    expect(reasons()).toEqual([undefined, 'for all', 'for two']);
    await expect
      .poll(() => told.slice(3))
      .toEqual([
        [0, undefined],
        [2, 'for two'],
      ]);
  });

  test('is refused for a cluster that is not there, and for a reason that says nothing', () => {
    expect(() => maintenance.set('x', [0, 3])).toThrow(expect.objectContaining({ code: 'UNKNOWN_TARGET' }));
    for (const reason of ['', null, 5]) {
      expect(() => maintenance.set(reason as string)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
    for (const ids of [3, null, ['1'], [-1]]) {
      expect(() => maintenance.set('x', ids as never)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
    expect(reasons()).toEqual([undefined, undefined, undefined]);
  });

  test('reaches a cluster whose line is too full for anything else', async () => {
    const noise = contract('noise', { make: cast() });
    const everybody = plan.map((_shards, id) => clusterAddress(id));
    for (let made = 0; made < 20_000; made++) manager.peer.atAll(noise, everybody).make();
    maintenance.set('too busy');
    await expect.poll(() => told).toEqual([0, 1, 2].map((id) => [id, 'too busy']));
  });

  test('can be set before the clusters are known', () => {
    const early = new Maintenance({ peer: createFleet().manager.node.peer, plan: () => [] });
    early.set('soon', [5]);
    expect([early.reasonOf(5), early.reasonOf(0)]).toEqual(['soon', undefined]);
  });
});
