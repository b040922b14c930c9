/** test/cluster-lines: who may be waited for, and who gets a line to whom. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Collection } from '@discordjs/collection';
import { afterEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../src/cluster/cluster.ts';
import type { ClusterState } from '../src/cluster/state.ts';
import { ClusterLines } from '../src/cluster-lines.ts';
import { createNode } from '../src/node.ts';
import type { Mode } from '../src/transport/launcher.ts';
import { localHost } from '../src/wire/address.ts';

/** A cluster as far as its lines look at it. */
class StandIn extends EventEmitter {
  readonly id: number;
  state: ClusterState = 'ready';
  returning = true;

  constructor(id: number) {
    super();
    this.id = id;
  }

  become(state: ClusterState, returning: boolean): void {
    this.state = state;
    this.returning = returning;
    this.emit('stateChange', state);
  }
}

const opened: ClusterLines[] = [];
afterEach(() => {
  for (const lines of opened.splice(0)) lines.close();
});

function setUp(mode: Mode, queued: readonly number[] = []) {
  const node = createNode({ self: localHost, incarnation: 1 });
  const standIn = new StandIn(0);
  const clusters = new Collection([[0, standIn as unknown as Cluster]]);
  const lines = new ClusterLines({ node, mode, clusters, queued: () => queued });
  lines.watch(standIn as unknown as Cluster);
  opened.push(lines);
  return { router: node.router, standIn, lines };
}

describe('a cluster may be waited for', () => {
  test('while it starts again, and not once it was stopped', () => {
    const { router, standIn } = setUp('worker');
    standIn.become('waiting', true);
    expect(router.mayCome('cluster:0')).toBe(true);
    standIn.become('stopped', false);
    expect(router.mayCome('cluster:0')).toBe(false);
    expect(router.whyNever('cluster:0')).toBe('it was stopped');
  });

  test('while it stands in the queue, and not when nobody will ever make it', () => {
    const { router } = setUp('worker', [4]);
    expect(router.mayCome('cluster:4')).toBe(true);
    expect(router.mayCome('cluster:5')).toBe(false);
  });

  test('no longer once the manager stopped', () => {
    const { router, lines } = setUp('worker', [4]);
    lines.close();
    expect(router.mayCome('cluster:0')).toBe(false);
    expect(router.mayCome('cluster:4')).toBe(false);
  });
});

describe('the door of a cluster', () => {
  test('is in a private folder, another one for each of its lives, and gone with the lines', () => {
    const { lines } = setUp('process');
    const first = lines.doorOf({ id: 0, incarnation: 1 }) ?? '';
    const second = lines.doorOf({ id: 0, incarnation: 2 }) ?? '';
    expect(dirname(first)).toBe(dirname(second));
    expect(first).not.toBe(second);
    expect(existsSync(dirname(first))).toBe(true);
    lines.close();
    expect(existsSync(dirname(first))).toBe(false);
    expect(lines.doorOf({ id: 0, incarnation: 3 })).toBeUndefined();
  });

  test('is not made for threads', () => {
    expect(setUp('worker').lines.doorOf({ id: 0, incarnation: 1 })).toBeUndefined();
  });
});
