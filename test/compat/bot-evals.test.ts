import { beforeEach, describe, expect, test } from 'vitest';
import { BotEvals } from '../../compat/bot-evals.ts';
import { BotOrder } from '../../compat/bot-order.ts';
import { compatBotContract, compatContract, type EvalOrder } from '../../compat/contract.ts';
import type { FleetPlan } from '../../compat/fleet-plan.ts';
import type { HybridOptions } from '../../compat/options.ts';
import { evalContract } from '../../src/features/eval.ts';
import type { EvalOutcome } from '../../src/features/eval-answer.ts';
import type { ClusterClient } from '../../src/index.ts';
import { createNode } from '../../src/node.ts';
import type { Link } from '../../src/transport/link.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { clusterAddress, localHost } from '../../src/wire/address.ts';

const good = (value: string): EvalOutcome => ({ ok: true, value });

/** A bot in cluster 0, a manager whose answers are made up here, and a cluster 1; each notes what it is asked. */
class World {
  readonly heard: string[] = [];
  readonly evals: BotEvals;
  plan: FleetPlan | undefined = {
    version: 1,
    clusters: [
      { id: 0, shards: [0], places: [1] },
      { id: 1, shards: [1, 2], places: [2, 0] },
    ],
  };
  /** Whether the manager says that a cluster lives as it did when the plan was made. */
  stands = false;
  /** What the manager does between the making of its answer and the sending. */
  beforeReply: () => void = () => undefined;
  readonly #manager = createNode({ self: localHost, incarnation: 1 });
  readonly #lines: Link[];

  constructor(evals: HybridOptions['evals'] = 'on') {
    const nodes = [0, 1].map((id) => createNode({ self: clusterAddress(id), incarnation: 1 }));
    this.#lines = nodes.map((node, id) => {
      const [down, up] = memoryPair('host:local', `cluster ${id}`);
      this.#manager.router.attach(clusterAddress(id), down);
      node.router.attachUplink(localHost, up);
      return down;
    });
    const [own, other] = nodes as [ReturnType<typeof createNode>, ReturnType<typeof createNode>];
    for (const [node, name] of [
      [own, 'own'],
      [other, 'other'],
    ] as const) {
      node.peer.serve(evalContract, {
        run: ({ scope, shards }) => {
          this.heard.push(`${name} ${scope} ${shards}`);
          return { outcomes: shards.map((id) => good(`${name} ${id}`)) };
        },
        known: () => ({ unknown: true as const }),
      });
    }
    this.#serve();
    const order = new BotOrder({ sent: () => 0, heard: async () => null });
    this.evals = new BotEvals({ id: 0, node: own } as ClusterClient, { evals, order });
  }

  revoke(version: number): void {
    this.#manager.peer.at(compatBotContract, clusterAddress(0)).planChanged(version);
  }

  /** The same, and waits until the bot has heard it. */
  async revoked(version: number): Promise<void> {
    this.revoke(version);
    const request = { work: { kind: 'script', text: '1' }, scope: 'shard', shards: [0] } as const;
    await this.#manager.peer.at(evalContract, clusterAddress(0)).run(request);
  }

  /** Breaks the line between the manager and cluster 1. */
  cut(): void {
    this.#lines[1]?.close('its process ended with signal SIGKILL');
  }

  ask(target: EvalOrder['target'] = {}, site?: string): Promise<unknown> {
    return this.evals.values({ work: { kind: 'script', text: '1' }, target, site });
  }

  #serve(): void {
    this.#manager.peer.serve(compatContract, {
      evaluate: async ({ site }) => {
        this.heard.push(`manager${site === undefined ? '' : ` ${site}`}`);
        const { plan } = this;
        this.beforeReply();
        return { outcomes: [good('by the manager')], ...(plan && { plan }) };
      },
      evaluateIn: ({ cluster, request }) => {
        this.heard.push(`manager for ${cluster}`);
        return request.shards.map((id) => good(`manager ${id}`));
      },
      stands: ({ cluster, version }) => {
        this.heard.push(`stands ${cluster} ${version}`);
        return this.stands;
      },
      respawnAll: () => undefined,
      heard: () => null,
    });
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

test('the manager is asked once, the clusters from then on', async () => {
  expect(await world.ask()).toEqual(['by the manager']);
  expect(await world.ask()).toEqual(['other 2', 'own 0', 'other 1']);
  expect(await world.ask({ shard: 2 })).toBe('other 2');
  expect(await world.ask({ perCluster: true })).toEqual(['own 0', 'other 1', 'other 2']);
  expect(world.heard.toSorted()).toEqual([
    'manager',
    'other cluster 1,2',
    'other shard 2',
    'other shards 1,2',
    'own cluster 0',
    'own shards 0',
  ]);
});

test('without a plan the manager is asked each time', async () => {
  world.plan = undefined;
  for (let n = 0; n < 2; n++) expect(await world.ask({ shard: 1 })).toBe('by the manager');
  expect(world.heard).toEqual(['manager', 'manager']);
});

test('a shard that is in no plan is the manager to speak of', async () => {
  await world.ask();
  expect(await world.ask({ shard: 9 })).toBe('by the manager');
  expect(await world.ask({ shard: Number.NaN })).toBe('by the manager');
});

test('a plan that was taken back is asked for anew', async () => {
  await world.ask();
  await world.revoked(2);
  world.plan = { version: 2, clusters: [{ id: 1, shards: [5], places: [0] }] };
  expect(await world.ask()).toEqual(['by the manager']);
  expect(await world.ask()).toEqual(['other 5']);
});

test('a plan that was taken back before it arrived is not used', async () => {
  world.beforeReply = () => world.revoke(2);
  await world.ask();
  world.beforeReply = () => undefined;
  await world.ask({ shard: 1 });
  expect(world.heard).toEqual(['manager', 'manager']);
});

test('a function never runs before the call that sends it has returned', async () => {
  await world.ask();
  world.heard.length = 0;
  const call = world.ask({ shard: 0 });
  await null;
  expect(world.heard).toEqual([]);
  await call;
  expect(world.heard).toEqual(['own shard 0']);
});

describe('a cluster that is gone', () => {
  test('and was not reached is the manager to speak of, the others run once', async () => {
    await world.ask();
    world.cut();
    // Whether the line was known to be down is the router's matter: until it is, the call dies with the line.
    await expect(world.ask({ shard: 1 })).resolves.toBe('manager 1');
    world.heard.length = 0;
    expect(await world.ask()).toEqual(['manager 2', 'own 0', 'manager 1']);
    expect(world.heard.toSorted()).toEqual(['manager for 1', 'own shards 0']);
  });

  test('with the call under way is what discord.js calls it', async () => {
    world = new World();
    await world.ask();
    const call = world.ask({ shard: 2 });
    world.cut();
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'DiscordjsError [ShardingNoChildExists]',
      code: 'ShardingNoChildExists',
      message: 'Shard 2 has no active process or worker.',
      cause: { code: 'LINK_CLOSED' },
    });
    expect(world.heard).not.toContain('manager for 1');
  });

  test('is not called dead when the manager knows that it lives: the line alone broke', async () => {
    world = new World();
    world.stands = true;
    await world.ask();
    const call = world.ask({ shard: 2 });
    world.cut();
    await expect(call).rejects.toMatchObject({ code: 'LINK_CLOSED' });
    expect(world.heard).toContain('stands 1 1');
    expect(world.heard).not.toContain('manager for 1');
  });
});

test('where call sites are reported, the manager hears of each once', async () => {
  world = new World('warn');
  for (const site of ['a', 'b', 'a', undefined, 'b', undefined]) await world.ask({ shard: 1 }, site);
  expect(world.heard).toEqual(['manager a', 'manager b', 'other shard 1', 'manager', 'other shard 1', 'other shard 1']);
});
