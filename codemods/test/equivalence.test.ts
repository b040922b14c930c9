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

interface Run {
  readonly command: Command;
  readonly client: Client;
  readonly site: Site;
  readonly thrownOf: (error: unknown) => unknown;
}

/** What a command ends in, as JSON tells it, and what it did; `thrownOf` finds what a function threw. */
async function outcomeOf({ command, client, site: { input }, thrownOf }: Run) {
  try {
    return { answer: JSON.stringify((await command(client, input)) ?? null) };
  } catch (error) {
    const { name, message, code } = thrownOf(error) as Error & { readonly code?: unknown };
    return { name, message, code };
  }
}

/** shardlift says first that results are missing, then which request failed where; the cause of that is what was thrown. */
function causeOf(error: unknown): unknown {
  const missing = error as Error & { readonly code?: unknown };
  const failed = missing.code === 'PARTIAL_RESULT' ? (missing.cause as typeof missing) : missing;
  expect(failed.code).toBe('HANDLER_FAILED');
  return failed.cause;
}

async function before(index: number, site: Site) {
  const { client, effects } = filledBot();
  Object.assign(client, { shard: stockShards(client) });
  const command = require(join(folder, 'before', fileOf(index))) as Command;
  const outcome = await outcomeOf({ command, client, site, thrownOf: (error) => error });
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
  const command = require(join(folder, 'after', fileOf(index))) as Command;
  const outcome = await outcomeOf({ command, client, site, thrownOf: causeOf });
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
