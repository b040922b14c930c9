/**
 * The law of dc-migrate: where it says nothing, one process of three shards gives and does what three processes of one
 * shard gave and did. Commands are put together by chance; `COMPOSED_RUNS` and `COMPOSED_SEED` try more and others.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Client } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { composed } from './equivalence/composed.ts';
import { type FilledBot, filledBot, shards } from './equivalence/filled-bot.ts';
import { Asked, doneBy, processes } from './equivalence/processes.ts';
import { moduleOf, type Site } from './equivalence/sites.ts';
import { cjsBot } from './project.ts';

const repository = join(import.meta.dirname, '..', '..');
const seed = Number(process.env.COMPOSED_SEED ?? 5);
const numRuns = Number(process.env.COMPOSED_RUNS ?? 600);
const ownMembers = readFileSync(join(import.meta.dirname, 'equivalence', 'own-members.cjs'), 'utf8');
/** One bot has no more calls than this. */
const most = 1000;
const all = fc.sample(composed, { seed, numRuns });
const bots = Array.from({ length: Math.ceil(numRuns / most) }, (_, i) => all.slice(i * most, (i + 1) * most));
const fileOf = (index: number): string => `c${index}.js`;

type Command = (client: Client, input: unknown) => Promise<unknown>;
type Handlers = Readonly<Record<string, (client: Client, data: unknown) => unknown>>;
type Attach = {
  readonly ClusterClient: new (client: Client) => { readonly ipc: { handle(name: string, fn: unknown): void } };
  readonly defineHandlers: (handlers: Handlers) => Handlers;
};

/** A bot as it was, and as it is. */
interface Migrated {
  readonly folder: string;
  readonly load: (path: string) => unknown;
  readonly report: Report;
}

/** Writes two copies of a bot; one is migrated. */
async function migrated(sites: readonly Site[]): Promise<Migrated> {
  const folder = mkdtempSync(join(tmpdir(), 'dc-migrate-composed-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repository, join(folder, 'node_modules', 'shardlift'), 'dir');
  symlinkSync(join(repository, 'node_modules', 'discord.js'), join(folder, 'node_modules', 'discord.js'), 'dir');
  for (const copy of ['before', 'after']) {
    mkdirSync(join(folder, copy));
    const files = {
      ...cjsBot,
      'own-members.js': ownMembers,
      ...Object.fromEntries(sites.map((site, index) => [fileOf(index), moduleOf(site)])),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, copy, name), text ?? '');
  }
  const require = createRequire(join(folder, 'x.cjs'));
  const report = await migrate({ paths: ['.'], cwd: join(folder, 'after') });
  return { folder, load: (path) => require(path.startsWith('.') ? join(folder, path) : path), report };
}

/** The message of what a function threw, which an error of shardlift has as its innermost cause. */
function thrown(error: unknown): string {
  let at = error as Error;
  while (at.cause instanceof Error) at = at.cause;
  // V8 names what it found: results were JSON until now, so that nothing was `null`.
  return `${at.name}: ${at.message.replaceAll('object null', 'undefined').replaceAll('null', 'undefined')}`;
}

async function endOf(command: Command, client: Client, { input }: Site) {
  try {
    return {
      answer: inspect(await command(client, input), { depth: null, breakLength: Infinity, maxArrayLength: null }),
    };
  } catch (error) {
    return { thrown: thrown(error) };
  }
}

async function before({ load }: Migrated, index: number, site: Site) {
  const { client, bots: each, asked } = processes();
  const end = await endOf(load(`./before/${fileOf(index)}`) as Command, client, site);
  const failures = (await asked.ended()).map(thrown);
  return { was: { end, ...doneBy(each) }, failures };
}

/** One process of all shards, which answers what is asked. */
function onlyProcess({ load }: Migrated, asked: Asked): FilledBot {
  const bot = filledBot();
  const { handlers } = load('./after/cluster-handlers.js') as { readonly handlers: Handlers };
  const { ClusterClient, defineHandlers } = load('shardlift') as Attach;
  const cluster = new ClusterClient(bot.client);
  const noted = Object.entries(handlers).map(
    ([name, handler]) => [name, (view: Client, data: unknown) => asked.note(async () => handler(view, data))] as const,
  );
  for (const [name, handler] of Object.entries(defineHandlers(Object.fromEntries(noted))))
    cluster.ipc.handle(name, handler);
  Object.assign(bot.client, { shard: { ids: shards, count: shards.length }, cluster });
  return bot;
}

async function after(bot: Migrated, index: number, site: Site) {
  const asked = new Asked();
  const one = onlyProcess(bot, asked);
  const end = await endOf(bot.load(`./after/${fileOf(index)}`) as Command, one.client, site);
  await asked.ended();
  return { end, ...doneBy([one]) };
}

/** What dc-migrate says of the calls of one command; without a word where nothing changes. */
const saidOf = ({ report }: Migrated, index: number): readonly string[] =>
  report.sites.flatMap(({ file, outcome, code }) =>
    file === fileOf(index) && outcome !== 'rewritten' ? [code ?? outcome] : [],
  );

describe.each(bots.map((sites, index) => ({ sites, index })))('the calls of bot $index', ({ sites }) => {
  let bot: Migrated;
  beforeAll(async () => {
    bot = await migrated(sites);
  }, 300_000);
  afterAll(() => rmSync(bot.folder, { recursive: true }));

  test('are rewritten without a word, most of them', () => {
    const silent = sites.filter((_, index) => saidOf(bot, index).length === 0);
    expect(silent.length / sites.length).toBeGreaterThan(0.6);
    expect(bot.report.summary.left).toBeLessThan(sites.length / 20);
  });

  test('change nothing where nothing is said', { timeout: 300_000 }, async () => {
    const changed: unknown[] = [];
    let failed = 0;
    for (const [index, site] of sites.entries()) {
      if (saidOf(bot, index).length > 0) continue;
      const { was, failures } = await before(bot, index, site);
      const is = await after(bot, index, site);
      // Of several shards that fail, the first in time told its error; the first in order tells it now.
      if ('thrown' in was.end && 'thrown' in is.end && failures.includes(is.end.thrown)) is.end.thrown = was.end.thrown;
      if ('thrown' in was.end) failed += 1;
      if (JSON.stringify(was) !== JSON.stringify(is)) changed.push({ command: site.body, was, is });
    }
    expect(changed).toEqual([]);
    // Commands that fail before anything is done prove little.
    expect(failed / sites.length).toBeLessThan(0.15);
  });
});
