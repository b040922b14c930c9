/** The same commands before and after dc-migrate, over equal bots: the same JSON, the same error, the same done. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { filledBot, stockShards } from './equivalence/filled-bot.ts';
import { moduleOf, type Site, sites } from './equivalence/sites.ts';
import { cjsBot } from './project.ts';

const repository = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'dc-migrate-same-'));
const require = createRequire(join(folder, 'x.cjs'));
afterAll(() => rmSync(folder, { recursive: true }));

type Command = (client: Client, input: unknown) => Promise<unknown>;
type Handlers = Readonly<Record<string, (client: Client, data: unknown) => unknown>>;
type Attach = {
  readonly ClusterClient: new (client: Client) => { readonly ipc: { handle(name: string, fn: unknown): void } };
};

const fileOf = (index: number): string => `c${index}.js`;
let report: Report;

/** Two copies of one bot; one is migrated. */
beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules'));
  for (const [name, place] of [
    ['shardlift', '.'],
    ['discord.js', 'node_modules/discord.js'],
  ] as const) {
    symlinkSync(join(repository, place), join(folder, 'node_modules', name), 'dir');
  }
  for (const copy of ['before', 'after']) {
    mkdirSync(join(folder, copy));
    const files = { ...cjsBot, ...Object.fromEntries(sites.map((site, index) => [fileOf(index), moduleOf(site)])) };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, copy, name), text ?? '');
  }
  report = await migrate({ paths: ['.'], cwd: join(folder, 'after'), legacy: true });
});

/** What a command ends in, as JSON tells it, and what it did. */
async function outcomeOf(command: Command, client: Client, { input }: Site) {
  try {
    return { answer: JSON.stringify((await command(client, input)) ?? null) };
  } catch (error) {
    // shardlift says first which shards failed; what failed there is the cause.
    let last = error as Error;
    while (last.cause instanceof Error) last = last.cause;
    return { name: last.name, message: last.message };
  }
}

async function before(index: number, site: Site) {
  const { client, effects } = filledBot();
  Object.assign(client, { shard: stockShards(client) });
  const outcome = await outcomeOf(require(join(folder, 'before', fileOf(index))) as Command, client, site);
  return { ...outcome, effects: effects() };
}

async function after(index: number, site: Site) {
  const { client, effects } = filledBot();
  const { handlers } = require(join(folder, 'after', 'cluster-handlers.js')) as { readonly handlers: Handlers };
  const { ClusterClient } = require('shardlift') as Attach;
  const cluster = new ClusterClient(client);
  for (const [name, handler] of Object.entries(handlers)) cluster.ipc.handle(name, handler);
  // Functions may still read `c.shard.ids`; what they may no longer do is broadcast.
  const { broadcastEval: _, fetchClientValues: __, ...shard } = stockShards(client) as Record<string, unknown>;
  Object.assign(client, { shard, cluster });
  const outcome = await outcomeOf(require(join(folder, 'after', fileOf(index))) as Command, client, site);
  return { ...outcome, effects: effects() };
}

describe('dc-migrate', () => {
  test('rewrote every call', () => {
    expect(report.sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
    expect(sites.length).toBeGreaterThanOrEqual(25);
  });

  test.each(sites.map((site, index) => ({ ...site, index })))('keeps what it means: $title', async (site) => {
    const was = await before(site.index, site);
    expect('name' in was).toBe(site.fails === true);
    expect(await after(site.index, site)).toEqual(was);
  });
});
