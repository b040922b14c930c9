import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EvalReports } from '../../compat/eval-reports.ts';
import type { GroupedShard } from '../../compat/grouped-shard.ts';
import { ManagerEvals } from '../../compat/manager-evals.ts';
import type { ShardGroup } from '../../compat/shard-group.ts';
import { clusterAddress, type EvalWork, type Node } from '../../src/extend.ts';
import type { CallContext } from '../../src/rpc/served.ts';

const work: EvalWork = { kind: 'property', path: 'x' };
const bot = { from: clusterAddress(1) } as CallContext;

/** A cluster that answers with its own number and that of the shard; what it was asked is in `asked`. */
class FakeGroup {
  readonly cluster: { readonly id: number };
  readonly shards: readonly GroupedShard[];
  readonly asked: unknown[] = [];
  alive = true;
  isOurs = true;
  failure: Error | undefined;

  constructor(id: number, shards: readonly number[]) {
    this.cluster = { id };
    this.shards = shards.map((shard) => ({ id: shard }) as GroupedShard);
  }

  async evaluate(_work: EvalWork, scope: string, shards: readonly number[] = this.shards.map(({ id }) => id)) {
    this.asked.push([scope, shards]);
    if (this.failure !== undefined) {
      return [{ ok: false as const, fault: { name: 'RangeError', message: this.failure.message } }];
    }
    const values = scope === 'cluster' ? ['whole'] : shards;
    return values.map((value) => ({ ok: true as const, value: `${this.cluster.id}:${value}` }));
  }
}

let groups: FakeGroup[];
let shards: Map<number, GroupedShard>;
let expected: number;
let evals: ManagerEvals;
const planChanged = vi.fn();
const reports = { allow: vi.fn(), assertOn: vi.fn() };
const refusal = (code: string) => expect.objectContaining({ code });

beforeEach(() => {
  vi.clearAllMocks();
  groups = [new FakeGroup(0, [2, 3]), new FakeGroup(1, [0, 1])];
  shards = new Map([3, 0, 1, 2].map((id) => [id, find(id)?.shards.find((shard) => shard.id === id) as GroupedShard]));
  expected = 4;
  evals = new ManagerEvals({
    node: {
      peer: { at: (_contract: unknown, to: string) => ({ planChanged: (v: number) => planChanged(to, v) }) },
    } as unknown as Node,
    reports: reports as unknown as EvalReports,
    shards: () => shards,
    expected: () => expected,
    groupOf: (shard) => find(shard.id) as unknown as ShardGroup | undefined,
  });
});
const find = (shard: number): FakeGroup | undefined => groups.find((one) => one.shards.some(({ id }) => id === shard));

describe('a call of the manager', () => {
  test('to all asks each cluster once, and gives the values in the order of the shards', async () => {
    expect(await evals.values(work, {})).toEqual(['0:3', '1:0', '1:1', '0:2']);
    expect(groups.map(({ asked }) => asked)).toEqual([[['shards', [2, 3]]], [['shards', [0, 1]]]]);
  });

  test('once per cluster gives one value for each', async () => {
    expect(await evals.values(work, { perCluster: true })).toEqual(['0:whole', '1:whole']);
  });

  test('to one shard asks its cluster alone, also while others are being created', async () => {
    expected = 8;
    expect(await evals.values(work, { shard: 1 })).toBe('1:1');
    expect(groups.map(({ asked }) => asked)).toEqual([[], [['shard', [1]]]]);
    await expect(evals.values(work, {})).rejects.toEqual(refusal('ShardingInProcess'));
  });

  test('is refused in the words of discord.js where there is nobody to ask', async () => {
    await expect(evals.values(work, { shard: 9 })).rejects.toThrow('Shard 9 could not be found.');
    groups = groups.slice(0, 1);
    await expect(evals.values(work, { shard: 1 })).rejects.toEqual(refusal('ShardingNoChildExists'));
    await expect(evals.values(work, {})).rejects.toEqual(refusal('ShardingNoChildExists'));
    shards = new Map();
    await expect(evals.values(work, {})).rejects.toEqual(refusal('ShardingNoShards'));
    await expect(evals.values(work, { shard: 0 })).rejects.toEqual(refusal('ShardingNoShards'));
  });

  test('follows another collection in the place of the shards', async () => {
    await evals.values(work, {});
    shards = new Map([...shards].toReversed());
    expect(await evals.values(work, {})).toEqual(['0:2', '1:1', '1:0', '0:3']);
  });

  test('rejects with what a cluster says', async () => {
    (groups[0] as FakeGroup).failure = new Error('far');
    await expect(evals.values(work, {})).rejects.toMatchObject({ name: 'RangeError', message: 'far' });
  });
});

describe('a call of a bot', () => {
  const ask = (target: object = {}) => evals.handlers.evaluate({ work, target, site: 'bot.js:1:1' }, bot);

  test('is answered with the outcomes as they came, and with the plan of the fleet', async () => {
    const { outcomes, plan } = await ask();
    expect(outcomes.map((outcome) => outcome.ok && 'value' in outcome && outcome.value)).toEqual([
      ...['0:3', '1:0', '1:1', '0:2'],
    ]);
    expect(plan?.clusters).toEqual([
      { id: 0, shards: [2, 3], places: [3, 0] },
      { id: 1, shards: [0, 1], places: [1, 2] },
    ]);
    expect(reports.allow.mock.calls[0]?.[0]).toBe('fetchClientValues');
  });

  test('gets no plan while a cluster is dead, speaks as discord.js does, or was never started', async () => {
    (groups[0] as FakeGroup).alive = false;
    expect((await ask({ shard: 0 })).plan).toBeUndefined();
    Object.assign(groups[0] as FakeGroup, { alive: true, isOurs: false });
    expect((await ask({ shard: 0 })).plan).toBeUndefined();
    expect((await ask()).outcomes).toHaveLength(4);
    groups = groups.slice(1);
    evals.changed();
    expect((await ask({ shard: 0 })).plan).toBeUndefined();
  });

  test('that was told a plan hears once that it no longer holds', async () => {
    const { plan } = await ask();
    evals.changed(0);
    evals.changed(0);
    expect(planChanged.mock.calls).toEqual([[bot.from, (plan?.version ?? 0) + 1]]);
    expect((await ask()).plan?.version).toBeGreaterThan(plan?.version ?? 0);
  });

  test('about a cluster that it could not reach is done only where the shard still lives', async () => {
    const order = { cluster: 1, request: { work, scope: 'shards', shards: [0, 1] } } as const;
    const outcomes = await evals.handlers.evaluateIn(order, bot);
    expect(outcomes).toHaveLength(2);
    const gone = evals.handlers.evaluateIn({ ...order, cluster: 0 }, bot);
    await expect(gone).rejects.toEqual(refusal('ShardingNoChildExists'));
  });

  test('learns whether a cluster has changed since its plan', async () => {
    const version = (await ask()).plan?.version ?? 0;
    const stands = (cluster: number) => evals.handlers.stands({ cluster, version }, bot);
    evals.changed(1);
    expect([await stands(0), await stands(1)]).toEqual([true, false]);
  });

  test('that is refused reaches no cluster', async () => {
    reports.allow.mockImplementationOnce(() => {
      throw new Error('off');
    });
    await expect(ask()).rejects.toThrow('off');
    expect(groups.flatMap(({ asked }) => asked)).toEqual([]);
  });
});
