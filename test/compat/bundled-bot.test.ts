import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Fleet, fixture } from './fleet.ts';

let fleet: Fleet;
let folder: string;
beforeAll(async () => {
  fleet = await Fleet.start();
  folder = await mkdtemp(join(tmpdir(), 'shardlift-bundle-'));
});
afterAll(async () => {
  await fleet.close();
  await rm(folder, { recursive: true });
});

async function bundle(minify: boolean, source = 'bundle-source'): Promise<string> {
  const outfile = join(folder, `${source}-${minify ? 'min' : 'plain'}.cjs`);
  // Optional native add-ons of discord.js, absent here as in most bots.
  const external = ['zlib-sync', 'bufferutil', 'utf-8-validate'];
  await build({
    entryPoints: [fixture(`${source}.mjs`)],
    outfile,
    bundle: true,
    // Our package says that its files have no effects of their own; fixtures have.
    ignoreAnnotations: true,
    platform: 'node',
    minify,
    external,
    logLevel: 'error',
  });
  return relative(fixture(''), outfile);
}

describe.each([
  ['process', false],
  ['process', true],
  ['worker', false],
  ['worker', true],
] as const)('a bundled bot in %s mode, minified: %s', (mode, minify) => {
  test('runs several shards and answers for each', async () => {
    const manager = fleet.manager({ mode, hybrid: { totalClusters: 2 } }, await bundle(minify));
    const stray: unknown[] = [];
    manager.on('shardCreate', (shard) => void shard.on('message', (message) => stray.push(message)));
    await manager.spawn({ delay: 0 });
    expect(await manager.broadcastEval((c) => [c.shard?.ids, c.guilds.cache.size])).toEqual(
      [0, 1, 2, 3].map((id) => [[id], 3]),
    );
    expect(await manager.broadcastEval((c) => c.shard?.broadcastEval((d) => d.options.shards), { shard: 2 })).toEqual([
      [0],
      [1],
      [2],
      [3],
    ]);
    expect(await manager.broadcastEval((c) => [c.shard?.mode, c.cluster.shards], { shard: 3 })).toEqual([mode, [2, 3]]);
    await manager.broadcast({ note: 1 });
    const received = (c: unknown) => (c as { received: unknown[] }).received;
    // A user's message and an eval travel on two lines: the one may overtake the other.
    await vi.waitFor(async () => expect(await manager.broadcastEval(received, { shard: 0 })).toEqual([{ note: 1 }]));
    // A class of the bot's own, with a method of the same name: it has heard of an empty message, and of no text of ours.
    const heardByOwn = (c: unknown) => (c as { own: { heard: unknown[] } }).own.heard;
    expect(await manager.broadcastEval(heardByOwn, { shard: 0 })).toEqual([{}, { note: 1 }]);
    const wrong = (c: { shard: { broadcastEval(text: string): Promise<unknown> } | null }) =>
      c.shard
        ?.broadcastEval('text')
        .catch((error: Error & { code: string }) => [
          error instanceof TypeError,
          error.name,
          error.code,
          error.message,
        ]);
    expect(await manager.broadcastEval(wrong as never, { shard: 0 })).toEqual([
      true,
      'DiscordjsTypeError [ShardingInvalidEvalBroadcast]',
      'ShardingInvalidEvalBroadcast',
      'Script to evaluate must be a function',
    ]);
    // What the bot said in discord.js's words is its own; neither the reports of the stock util nor its answer to our own
    // text may look like messages of the bot.
    expect(stray).toEqual([{ _ready: true }, { _ready: true }]);
    await manager.hybrid.stop();
  });
});

test('what a bundled bot has put around broadcastEval is not handed what is refused, and no such call hangs', async () => {
  const manager = fleet.manager({ respawn: false }, await bundle(true, 'bundle-wraps'));
  await manager.spawn({ delay: 0 });
  type Util = { broadcastEval(fn: unknown): Promise<unknown> };
  const ids = (c: { shard: Util }) => c.shard.broadcastEval((d: { shard: { ids: number[] } }) => d.shard.ids);
  expect(await manager.broadcastEval(ids as never, { shard: 0 })).toEqual([[0], [1], [2], [3]]);
  const text = (c: { shard: Util }) =>
    c.shard.broadcastEval('text').catch((e: Error) => [e instanceof TypeError, e.name, e.message]);
  const name = 'DiscordjsTypeError [ShardingInvalidEvalBroadcast]';
  expect(await manager.broadcastEval(text as never, { shard: 0 })).toEqual([
    true,
    name,
    'Script to evaluate must be a function',
  ]);
  await manager.hybrid.stop();
});
