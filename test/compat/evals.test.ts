import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HybridOptions, Shard, ShardingManager } from '../../compat/index.ts';
import { Fleet, heard } from './fleet.ts';

/** The client of the fixture bots, whose code is not seen by the compiler. */
interface Bot {
  counter: number;
  secret(): string;
}

describe.each(['process', 'worker'] as const)('in %s mode', (mode) => {
  let fleet: Fleet;
  let manager: ShardingManager;
  beforeAll(async () => {
    fleet = await Fleet.start();
    manager = fleet.manager({ mode, hybrid: { totalClusters: 2 } }, 'bot.mjs');
    await manager.spawn({ delay: 0 });
  });
  afterAll(() => fleet.close());

  test('the function is called for one shard after the other, with the context of each its own', async () => {
    const order = await manager.broadcastEval(
      async (c, context) => {
        const shared = globalThis as { log?: string[] };
        shared.log ??= [];
        const { log } = shared;
        log.push(`in ${c.shard?.ids[0]} ${context.list.push(0)}`);
        await new Promise((done) => setTimeout(done, 5));
        log.push(`out ${c.shard?.ids[0]}`);
        return log.join();
      },
      { context: { list: [0] } },
    );
    expect([order[1], order[3]]).toEqual(['in 0 2,out 0,in 1 2,out 1', 'in 2 2,out 2,in 3 2,out 3']);
  });

  test('perCluster calls the function once per cluster, with the whole client', async () => {
    const facts = await manager.broadcastEval((c) => [c.shard?.ids, c.guilds.cache.size], { perCluster: true });
    expect(facts).toEqual([
      [[0, 1], 6],
      [[2, 3], 6],
    ]);
    const inBot = manager.broadcastEval(
      (c) => (c.shard as unknown as ShardingManager).broadcastEval((d) => d.shard?.ids, { perCluster: true }),
      { shard: 3 },
    );
    expect(await inBot).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('a cached user is counted once per process, and found by a call to any of its shards', async () => {
    const counts = await manager.broadcastEval((c) => c.users.cache.size);
    const perCluster = await manager.broadcastEval((c) => c.users.cache.size, { perCluster: true });
    expect([counts[0]! + counts[1]!, counts[2]! + counts[3]!]).toEqual(perCluster);
    const [id] = await manager.broadcastEval((c) => [...c.users.cache.keys()].at(-1), { perCluster: true });
    const has = (shard: number) =>
      manager.broadcastEval((c, user) => c.users.cache.has(user as string), { shard, context: id });
    expect([await has(0), await has(1)]).toEqual([true, true]);
  });

  test('the same call twice at once runs twice', async () => {
    const count = () => manager.broadcastEval((c) => ++(c as unknown as Bot).counter, { shard: 0 });
    const both = await Promise.all([count(), count()]);
    expect(both[1]).toBe(both[0]! + 1);
  });

  test('private members of the Client class of a bot work', async () => {
    expect(await manager.broadcastEval((c) => (c as unknown as Bot).secret())).toEqual(Array(4).fill('kept'));
  });

  test('a result that cannot be sent is a typed error', async () => {
    const functions = mode === 'worker' ? '() => ({ big: 1n, f() {} })' : '() => 1n';
    const circle = '() => { const a = { f() {} }; a.a = a; return a; }';
    for (const text of [functions, circle]) {
      const call = manager.broadcastEval(new Function(`return ${text}`)() as () => unknown);
      await expect(call).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
    }
  });

  test('throwing null is an error for the caller and nothing to the bot', async () => {
    await expect(manager.broadcastEval(() => Promise.reject(null))).rejects.toThrow('null');
    expect(await manager.broadcastEval((c) => c.isReady())).toEqual([true, true, true, true]);
  });

  test('a thrown text is the message of an error', async () => {
    const call = manager.broadcastEval(() => Promise.reject('just text'));
    await expect(call).rejects.toMatchObject({ name: 'Error', message: 'just text' });
  });

  test('an error keeps its name, message, stack, code and cause', async () => {
    const call = manager.broadcastEval(() => {
      throw Object.assign(new RangeError('far', { cause: new Error('deep') }), { code: 42 });
    });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'RangeError', message: 'far', code: 42, cause: { message: 'deep' } });
    expect((error as Error).stack).toContain('RangeError: far');
  });

  test('methods can be evaluated', async () => {
    const tools = {
      size(c: { guilds: { cache: { size: number } } }) {
        return c.guilds.cache.size;
      },
      async later(c: { guilds: { cache: { size: number } } }) {
        return c.guilds.cache.size + 1;
      },
    };
    expect(await manager.broadcastEval(tools.size, { shard: 1 } as never)).toBe(3);
    expect(await manager.shards.get(1)?.eval(tools.later)).toBe(4);
  });

  test('a bound or native function is refused where it is called', async () => {
    const bound = (() => 1).bind(null);
    await expect(manager.broadcastEval(bound)).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
    await expect(manager.shards.get(0)?.eval(Math.max as never)).rejects.toThrow('bound or native');
  });

  test('a function that a transpiler has given helpers runs', async () => {
    const text = '(c) => { const inner = __name(() => c.guilds.cache.size, "inner"); return [inner(), inner.name]; }';
    const named = new Function(`return ${text}`)() as (c: unknown) => unknown;
    expect(await manager.broadcastEval(named, { shard: 0 } as never)).toEqual([3, 'inner']);
  });

  test('an empty property is undefined', async () => {
    expect(await manager.fetchClientValues('')).toEqual(Array(4).fill(undefined));
  });

  test('a shard number that is none is not found', async () => {
    await expect(manager.fetchClientValues('x', Number.NaN)).rejects.toMatchObject({ code: 'ShardingShardNotFound' });
  });

  test('libraries may call _performOnShards', async () => {
    const open = manager as unknown as { _performOnShards(...args: unknown[]): Promise<unknown> };
    expect(await open._performOnShards('eval', ['this.shard.ids[0]'])).toEqual([0, 1, 2, 3]);
    expect(await open._performOnShards('fetchClientValue', ['shard.ids'], 2)).toEqual([2]);
    expect(await open._performOnShards('listenerCount', ['never'])).toEqual([0, 0, 0, 0]);
    expect(await open._performOnShards('toString', [], 1)).toBe('[object Object]');
    await expect(open._performOnShards('toString', [], 7)).rejects.toMatchObject({ code: 'ShardingShardNotFound' });
  });

  test('a call that is under way when its cluster dies rejects at once', async () => {
    // On a Discord of its own: two managers of the same shards would break its rules.
    const other = await Fleet.start();
    const doomed = other.manager({ mode, totalShards: 2, respawn: false, hybrid: { totalClusters: 2 } });
    await doomed.spawn({ delay: 0 });
    const call = doomed.broadcastEval((c) => (c.shard?.ids[0] === 1 ? new Promise(() => undefined) : 0));
    const inBot = doomed.broadcastEval((c) => c.shard?.broadcastEval(() => new Promise(() => undefined)), { shard: 0 });
    const ends = Promise.allSettled([call, inBot]);
    await doomed.broadcastEval(() => 0, { shard: 1 });
    const start = performance.now();
    doomed.shards.get(1)?.kill();
    const [ofManager, ofBot] = await ends;
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(ofManager).toMatchObject({ status: 'rejected', reason: { code: 'ShardingNoChildExists' } });
    expect(ofBot).toMatchObject({ reason: { name: 'DiscordjsError [ShardingNoChildExists]' } });
    const count = (c: unknown) => (c as Bot).counter++;
    await expect(doomed.broadcastEval(count)).rejects.toThrow('Shard 1 has no active process or worker.');
    // The living one did its work all the same.
    expect(await doomed.broadcastEval(count, { shard: 0 })).toBe(1);
    await other.close();
  });
});

describe('hybrid.evals', () => {
  let fleet: Fleet;
  beforeEach(async () => {
    fleet = await Fleet.start();
  });
  afterEach(() => fleet.close());

  const spawned = async (evals: HybridOptions['evals'], mode: 'process' | 'worker' = 'process', file = 'bot.cjs') => {
    const warn = vi.fn();
    const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() };
    const manager = fleet.manager({ mode, totalShards: 2, hybrid: { totalClusters: 1, evals, logger } }, file);
    await manager.spawn({ delay: 0 });
    return { manager, warn };
  };

  test('facts of the process in an eval are worth a hint, once', async () => {
    const { manager, warn } = await spawned('on');
    const hints = () => warn.mock.calls.filter(([line]) => String(line).includes('perCluster')).length;
    await manager.broadcastEval(() => process.memoryUsage().rss, { perCluster: true });
    await manager.broadcastEval(() => process.memoryUsage().rss, { shard: 1 });
    expect(hints()).toBe(0);
    for (let i = 0; i < 2; i++) await manager.broadcastEval(() => process.memoryUsage().rss);
    expect(hints()).toBe(1);
  });

  test('warn names each call site once, of the manager and of the bots', async () => {
    const { manager, warn } = await spawned('warn');
    const inBot = () => manager.broadcastEval((c) => c.shard?.broadcastEval((d) => d.shard?.ids), { shard: 0 });
    for (let i = 0; i < 2; i++) await inBot();
    await manager.shards.get(0)?.eval('1');
    const lines = warn.mock.calls.map(([line]) => String(line));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^broadcastEval at .*evals\.test\.ts:\d+:\d+ sends code as text.*npx dc-migrate .*evals\.test\.ts$/,
    );
    expect(lines[1]).toMatch(/^broadcastEval at /);
    expect(lines[2]).toMatch(/^Shard\.eval at .*evals\.test\.ts/);
  });

  test.each(['process', 'worker'] as const)(
    'off refuses text, of the manager and of the bots, in %s mode',
    async (mode) => {
      const { manager } = await spawned('off', mode, 'bot-asks.cjs');
      const refused = { code: 'EVALS_OFF' };
      await expect(manager.broadcastEval(() => 1)).rejects.toMatchObject(refused);
      await expect(manager.shards.get(0)?.eval('1')).rejects.toMatchObject(refused);
      await expect(manager.shards.get(0)?.fetchClientValue('ready')).rejects.toMatchObject(refused);
      await expect(manager.fetchClientValues('guilds.cache.size')).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(/^fetchClientValues has text run in bots.*dc-migrate/),
      });
      const shard = manager.shards.get(0) as Shard;
      const answer = heard(shard, 'message');
      await shard.send('ask');
      const named = { broadcastEval: 'EVALS_OFF', fetchClientValues: 'EVALS_OFF' };
      expect(await answer).toEqual([{ ...named, guilds: [12] }]);
    },
  );

  test.each([
    [{ evals: 'maybe' }, 'hybrid.evals'],
    [{ shardsPerCluster: 0 }, 'shardsPerCluster'],
    [{ evals: 1n }, 'hybrid.evals'],
    [{ shardPerCluster: 2 }, 'hybrid.shardPerCluster'],
    [{ mode: 'worker' }, 'hybrid.mode'],
    [7, 'hybrid'],
    [7n, 'hybrid'],
  ])('%o is refused by name', (hybrid, option) => {
    expect(() => fleet.manager({ hybrid: hybrid as never })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining({ option }) }),
    );
  });
});
