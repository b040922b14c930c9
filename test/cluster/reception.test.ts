/** test/cluster/reception: reports find their cluster; turns at the gate come back from the dead. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Handshake } from '../../src/cluster/handshake.ts';
import { Reception } from '../../src/cluster/reception.ts';
import { identifyContract } from '../../src/features/identify.ts';
import { lifeContract } from '../../src/features/system.ts';
import type { IdentifyGate, IdentifyTurn } from '../../src/identify/gate.ts';
import { createNode, type Node } from '../../src/node.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';
import { fakeCluster, settled } from './fake-child.ts';

/** A gate that gives turns when told to. */
class HandGate implements IdentifyGate {
  readonly asked: number[] = [];
  readonly turns: { shard: number; sent: number; lost: number }[] = [];
  readonly #waiting: (() => void)[] = [];

  wait({ shard }: { readonly shard: number }, signal: AbortSignal): Promise<IdentifyTurn> {
    this.asked.push(shard);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      this.#waiting.push(() => {
        const turn = { shard, sent: 0, lost: 0 };
        this.turns.push(turn);
        resolve({ sent: () => void turn.sent++, lost: () => void turn.lost++ });
      });
    });
  }

  give(): void {
    this.#waiting.shift()?.();
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let gate: HandGate;
let child: Node;
let fleet: ReturnType<typeof fakeCluster>;
let reception: Reception;
let handshake: Handshake;
const ignore = (): void => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
let breakLine: () => void;

beforeEach(() => {
  gate = new HandGate();
  fleet = fakeCluster();
  const manager = createNode({ self: localHost, incarnation: 1 });
  child = createNode({ self: clusterAddress(0), incarnation: 1 });
  handshake = new Handshake({ files: [], logger: silent, clusters: () => 2 });
  reception = new Reception({
    peer: manager.peer,
    gate,
    handshake,
    find: (id) => (id === 0 ? fleet.cluster : undefined),
  });
  const [down, up] = memoryPair('host:local', 'cluster 0');
  manager.router.attach(clusterAddress(0), down);
  child.router.attachUplink(localHost, up);
  breakLine = () => down.close('its process ended with signal SIGKILL');
  fleet.cluster.spawn().catch(() => undefined);
});

const ask = (shard: number): Promise<null> =>
  child.peer.at(identifyContract, localHost).wait({ shard, maxConcurrency: 1 });

describe('the life of a cluster', () => {
  test('is told to the cluster it came from', async () => {
    const life = child.peer.at(lifeContract, localHost);
    life.attached({ shards: [0, 1] });
    life.step({ shard: 0, step: 'ready' });
    life.step({ shard: 1, step: 'ready' });
    await soon();
    expect(fleet.events).toEqual(['spawn', 'attached', 'shardReady', 'shardReady', 'ready']);
  });

  test('does not reach ready before the handlers were loaded, and ends instead', async () => {
    vi.spyOn(handshake, 'failure').mockReturnValueOnce({ kind: 'handlers', message: '/bot/a.js' });
    const loaded = vi.spyOn(handshake, 'loaded');
    const life = child.peer.at(lifeContract, localHost);
    life.listening({ handlers: ['count'] });
    life.step({ shard: 0, step: 'ready' });
    await soon();
    await settled();
    expect(loaded).toHaveBeenCalledWith(fleet.cluster, ['count']);
    expect(fleet.events).toEqual(['spawn', 'death', 'failed']);
    expect(fleet.cluster.state).toBe('failed');
  });

  test('of an address nobody knows is ignored', async () => {
    const warned = vi.fn<(warning: Error) => void>();
    process.on('warning', warned);
    const stranger = createNode({ self: clusterAddress(7), incarnation: 1 });
    const [down, up] = memoryPair('host:local', 'cluster 7');
    child.router.attach(clusterAddress(7), down);
    stranger.router.attachUplink(localHost, up);
    stranger.peer.at(lifeContract, localHost).step({ shard: 0, step: 'ready' });
    await soon();
    await soon();
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
    expect(fleet.events).toEqual(['spawn']);
  });
});

describe('a turn', () => {
  test('is used when the cluster says that IDENTIFY has left', async () => {
    const asked = ask(1);
    await soon();
    gate.give();
    expect(await asked).toBeNull();
    child.peer.at(identifyContract, localHost).sent({ shard: 1 });
    await soon();
    expect(gate.turns).toEqual([{ shard: 1, sent: 1, lost: 0 }]);
    reception.forget(fleet.cluster);
    expect(gate.turns[0]?.lost).toBe(0);
  });

  test('is lost when the cluster dies before it used it', async () => {
    const asked = ask(0);
    await soon();
    gate.give();
    await asked;
    reception.forget(fleet.cluster);
    expect(gate.turns).toEqual([{ shard: 0, sent: 0, lost: 1 }]);
  });

  test('is lost when it is given to a cluster that is dead by then', async () => {
    ask(0).catch(() => undefined);
    await soon();
    await fleet.last().die();
    reception.forget(fleet.cluster);
    gate.give();
    await soon();
    expect(gate.turns).toEqual([{ shard: 0, sent: 0, lost: 1 }]);
  });

  test('of a shard that asks again replaces the one it did not use', async () => {
    for (let time = 0; time < 2; time++) {
      const asked = ask(0);
      await soon();
      gate.give();
      await asked;
    }
    expect(gate.turns.map(({ lost }) => lost)).toEqual([1, 0]);
  });

  test('is no longer waited for when the line breaks', async () => {
    const failed = expect(ask(0)).rejects.toMatchObject({ code: 'LINK_CLOSED' });
    await soon();
    breakLine();
    await failed;
    await soon();
    gate.give();
    await settled();
    expect(gate.asked).toEqual([0]);
  });
});
