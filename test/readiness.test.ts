/** test/readiness: who is told which clusters are ready, and what a cluster makes of it. */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../src/cluster/cluster.ts';
import type { ClusterState } from '../src/cluster/state.ts';
import { readinessContract } from '../src/features/readiness.ts';
import { hearReadiness, Readiness } from '../src/readiness.ts';
import { clusterAt, createFleet, plan } from './features/nodes.ts';

let told: [cluster: number, ready: readonly number[]][];
let readiness: Readiness;
let clusters: (EventEmitter & { readonly id: number })[];

beforeEach(() => {
  told = [];
  const fleet = createFleet();
  for (const { id } of fleet.clusters) {
    clusterAt(fleet, id).node.peer.serve(readinessContract, { set: (ready) => void told.push([id, ready]) });
  }
  readiness = new Readiness(fleet.manager.node.peer);
  clusters = plan.map((_shards, id) => Object.assign(new EventEmitter(), { id }));
  for (const cluster of clusters) readiness.watch(cluster as unknown as Cluster);
});

const enter = (id: number, state: ClusterState) => clusters[id]?.emit('stateChange', state);
const attach = (id: number) => clusters[id]?.emit('attached');

describe('the manager', () => {
  test('knows who is ready', () => {
    for (const state of ['starting', 'ready'] as const) enter(0, state);
    enter(1, 'starting');
    expect([0, 1, 2].map((id) => readiness.isReady(id))).toEqual([true, false, false]);
    enter(0, 'stopping');
    expect(readiness.isReady(0)).toBe(false);
  });

  test('tells a cluster that comes, and at every change all that are there', async () => {
    attach(0);
    attach(1);
    enter(1, 'ready');
    enter(0, 'ready');
    attach(2);
    await expect
      .poll(() => told)
      .toEqual([
        ...[
          [0, []],
          [1, []],
        ],
        ...[
          [0, [1]],
          [1, [1]],
        ],
        ...[
          [0, [1, 0]],
          [1, [1, 0]],
        ],
        [2, [1, 0]],
      ]);
  });

  test('does not tell the dead, and nobody of one that was not ready', async () => {
    for (const id of [0, 1]) attach(id);
    enter(0, 'ready');
    enter(0, 'waiting');
    enter(2, 'waiting');
    enter(0, 'starting');
    attach(0);
    await expect
      .poll(() => told.slice(4))
      .toEqual([
        [1, []],
        [0, []],
      ]);
  });
});

test('a cluster believes its manager of others, and itself of itself', async () => {
  const { manager, clusters: nodes } = createFleet();
  const own = { id: 1, ready: false };
  const isReady = hearReadiness(clusterAt({ manager, clusters: nodes, starting: new Set() }, 1).node.peer, own);
  const seen = () => [0, 1, 2].map(isReady);
  expect(seen()).toEqual([false, false, false]);
  manager.node.peer.at(readinessContract, 'cluster:1').set([1, 2]);
  await expect.poll(seen).toEqual([false, false, true]);
  own.ready = true;
  expect(seen()).toEqual([false, true, true]);
});
