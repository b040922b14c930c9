import { ChannelType, type Client } from 'discord.js';
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { type EvalRequest, type EvalWork, evaluate } from '../../src/features/eval.ts';
import { outcomeValue } from '../../src/features/eval-answer.ts';
import type { Mode } from '../../src/transport/launcher.ts';
import { guildId, guildsPerShard, shards, splitClient } from '../views/split-client.ts';

interface Ask {
  readonly client?: Client;
  readonly mode?: Mode;
  readonly scope?: EvalRequest['scope'];
  readonly on?: readonly number[];
}

async function ask(work: EvalWork, { client, mode = 'process', scope = 'shards', on = shards }: Ask = {}) {
  const outcomes = await evaluate({ client: client ?? splitClient(), mode }, { work, scope, shards: on });
  return outcomes.map(outcomeValue);
}

const fn = (text: string, context?: unknown): EvalWork => ({
  kind: 'function',
  text,
  ...(context === undefined ? {} : { context: JSON.stringify(context) }),
});

describe('a function', () => {
  test('gives one result per shard, in the order asked for', async () => {
    expect(await ask(fn('(c) => [c.shard, c.options.shards[0], c.guilds.cache.size]'), { on: [2, 0] })).toEqual([
      [null, 2, guildsPerShard],
      [null, 0, guildsPerShard],
    ]);
  });

  test('gets its context, each shard a copy of its own', async () => {
    expect(await ask(fn('(c, x) => { x.list.push(1); return x; }', { list: [] }))).toEqual([
      { list: [1] },
      { list: [1] },
      { list: [1] },
    ]);
    expect(await ask(fn('(c, x) => typeof x'))).toEqual(['undefined', 'undefined', 'undefined']);
  });

  test('finds the view as this in an arrow function, nothing in a plain one', async () => {
    expect(await ask(fn('() => this.options.shards[0]'))).toEqual([0, 1, 2]);
    expect(await ask(fn('function () { return this === undefined }'))).toEqual([true, true, true]);
  });

  test('sees the scope of discord.js', async () => {
    const text = '() => [typeof require("node:fs").statSync, typeof ShardClientUtil, typeof Routes]';
    expect((await ask(fn(text)))[0]).toEqual(['function', 'function', 'object']);
  });

  test('runs on one shard after the other', async () => {
    const text = `async (c) => {
      const log = (globalThis.evalOrder ??= []);
      log.push('in ' + c.options.shards[0]);
      await new Promise((done) => setImmediate(done));
      log.push('out ' + c.options.shards[0]);
      return log.join(', ');
    }`;
    expect((await ask(fn(text))).at(-1)).toBe('in 0, out 0, in 1, out 1, in 2, out 2');
  });

  test('may end in a line comment', async () => {
    expect(await ask(fn('() => 1 // one'), { on: [0] })).toEqual([1]);
  });

  test.each([
    ['esbuild with keepNames', { keepNames: true }],
    ['esbuild for ES2016', { target: 'es2016' }],
    ['esbuild for ES2016 with keepNames', { target: 'es2016', keepNames: true }],
  ])('runs as %s writes it', async (_, options) => {
    const source = `export const f = async (c, { id, ...rest }) => {
      const inner = async function counted(n) { return n + 1; };
      return { ...rest, next: await inner(1), name: inner.name, all: [...[id], 2] };
    };`;
    const { code } = await transform(source, { format: 'cjs', minifyWhitespace: true, ...options });
    const loaded = { exports: {} as { f: (...args: never[]) => unknown } };
    new Function('module', 'exports', code)(loaded, loaded.exports);
    const [result] = await ask(fn(String(loaded.exports.f), { id: 1, extra: true }), { on: [0] });
    expect(result).toMatchObject({ extra: true, next: 2, all: [1, 2] });
  });

  test('runs as TypeScript writes it for ES2016', async () => {
    const text = `(c) => __awaiter(this, void 0, void 0, function* () {
      const n = yield Promise.resolve(c.guilds.cache.size);
      const rest = __rest({ a: 1, b: 2 }, ['a']);
      try { yield Promise.reject(new Error('caught')); } catch (e) { return __assign({ n, why: e.message }, rest, { l: __spreadArray([1], [2], false) }); }
    })`;
    expect(await ask(fn(text), { on: [1] })).toEqual([{ n: guildsPerShard, why: 'caught', b: 2, l: [1, 2] }]);
  });
});

describe('an evaluation answers', () => {
  const run = (text: string) =>
    evaluate({ client: splitClient(), mode: 'process' }, { work: fn(text), scope: 'shards', shards });

  test('at once when every shard does', () => {
    expect(run('(c) => c.options.shards[0]')).toEqual([0, 1, 2].map((value) => ({ ok: true, value })));
    expect(run('() => { throw new Error("no") }')).toHaveLength(3);
  });

  test('later when one shard does, and those after it wait for it', async () => {
    const text = `(c) => {
      const log = (c.log ??= []);
      const [id] = c.options.shards;
      log.push('start ' + id);
      const end = () => log.push('end ' + id) && log.join();
      return id === 1 ? { then: (done) => setImmediate(() => done(end())) } : end();
    }`;
    const outcomes = run(text);
    expect(outcomes).toBeInstanceOf(Promise);
    expect((await outcomes).map(outcomeValue)).toEqual([
      'start 0,end 0',
      'start 0,end 0,start 1,end 1',
      'start 0,end 0,start 1,end 1,start 2,end 2',
    ]);
  });

  test('with a failure for the shard whose promise failed', async () => {
    const outcomes = await run('(c) => c.options.shards[0] === 0 ? Promise.reject(new RangeError("late")) : 1');
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, true, true]);
    expect(outcomes[0]).toMatchObject({ fault: { name: 'RangeError', message: 'late' } });
  });
});

describe('scopes', () => {
  const foreign = guildId(2, 0);
  const member = String(BigInt(foreign) + 3n);
  const looks = fn(`(c) => [c.guilds.cache.has('${foreign}'), c.users.cache.has('${member}')]`);

  test('one shard sees its own guilds and every cached user', async () => {
    expect(await ask(looks, { scope: 'shard', on: [1] })).toEqual([[false, true]]);
    expect(await ask(looks, { scope: 'shard', on: [2] })).toEqual([[true, true]]);
  });

  test('a cluster runs once and sees everything', async () => {
    expect(await ask(looks, { scope: 'cluster' })).toEqual([[true, true]]);
  });

  test('over all shards a direct message is found once', async () => {
    const dms = fn(`(c) => c.channels.cache.filter((x) => x.type === ${ChannelType.DM}).size`);
    expect(await ask(dms)).toEqual([2, 0, 0]);
  });
});

describe('a script and a property', () => {
  test('a script has the view as this', async () => {
    expect(await ask({ kind: 'script', text: 'const n = this.guilds.cache.size; n * 2' })).toEqual([8, 8, 8]);
  });

  test('a property is read from the view', async () => {
    expect(await ask({ kind: 'property', path: 'guilds.cache.size' })).toEqual([4, 4, 4]);
    expect(await ask({ kind: 'property', path: 'ws.ping' })).toEqual([100, 101, 102]);
    expect(await ask({ kind: 'property', path: 'nothing' })).toEqual([undefined, undefined, undefined]);
  });

  test('a path through nothing fails as discord.js says it', async () => {
    await expect(ask({ kind: 'property', path: 'nothing.at.all' })).rejects.toThrow(/undefined \(reading 'at'\)/);
  });
});

describe('a result', () => {
  const odd = '() => ({ when: new Date(0), map: new Map([[1, 2]]), none: undefined, nan: NaN, f() {} })';

  test.each([
    ['process', odd, { when: '1970-01-01T00:00:00.000Z', map: {}, nan: null }],
    ['process', '() => NaN', null],
    ['process', '() => -0', 0],
    ['process', '() => () => 1', undefined],
    ['process', '(c) => c.guilds.cache.mapValues((g) => g.name)', [0, 1, 2, 3].map((n) => `guild 1/${n}`)],
    [
      'worker',
      '() => ({ when: new Date(0), map: new Map([[1, 2n]]) })',
      { when: new Date(0), map: new Map([[1, 2n]]) },
    ],
    ['worker', '() => -0', -0],
    ['worker', odd, { when: '1970-01-01T00:00:00.000Z', map: {}, nan: null }],
    ['worker', '() => () => 1', undefined],
  ] as const)('in %s mode of %s', async (mode, text, expected) => {
    expect(await ask(fn(text), { mode, on: [1] })).toEqual([expected]);
  });

  test('of a worker keeps cycles, and holds a whole cache that nobody looked into', async () => {
    const [cycle] = (await ask(fn('() => { const a = {}; a.self = a; return a; }'), { mode: 'worker', on: [0] })) as [
      { self: unknown },
    ];
    expect(cycle.self).toBe(cycle);
    const cache = '(c) => { const { shards } = c.ws; shards.forEach((s) => delete s.send); return { shards } }';
    const [result] = (await ask(fn(cache), { mode: 'worker', on: [1] })) as [{ shards: Map<number, unknown> }];
    expect([...result.shards.keys()]).toEqual([1]);
  });

  test.each([
    ['process', '() => 1n'],
    ['process', '() => { const a = {}; a.a = a; return a; }'],
    ['worker', '() => ({ f() {}, big: 1n })'],
  ] as const)('that cannot be sent is an error in %s mode: %s', async (mode, text) => {
    await expect(ask(fn(text), { mode })).rejects.toMatchObject({ code: 'UNSERIALISABLE' });
  });
});

describe('an error', () => {
  test('of one shard does not keep the others from running', async () => {
    const text = '(c) => { if (c.options.shards[0] === 1) throw new RangeError("no"); return c.options.shards[0]; }';
    const outcomes = await evaluate(
      { client: splitClient(), mode: 'process' },
      { work: fn(text), scope: 'shards', shards },
    );
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
    expect(() => outcomeValue(outcomes[1] ?? { ok: true })).toThrow(
      expect.objectContaining({ name: 'RangeError', message: 'no', stack: expect.stringContaining('RangeError: no') }),
    );
  });

  test.each([
    ['throw null', 'null'],
    ['throw undefined', 'undefined'],
    ['throw "text"', 'text'],
    ['return Promise.reject(7)', '7'],
    ['throw Object.create(null)', 'a value that cannot be turned into text'],
  ])('is what %s becomes', async (statement, message) => {
    await expect(ask(fn(`() => { ${statement} }`), { on: [0] })).rejects.toThrow(message);
  });

  test('is what a text becomes that is no function', async () => {
    await expect(ask(fn('foo(c) { return 1 }'), { on: [0] })).rejects.toThrow(
      expect.objectContaining({ name: 'SyntaxError' }),
    );
  });
});
