/** test/compat/hybrid/differential: one bot and one manager program, on discord-hybrid-sharding and on ours: the same answers. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiscord } from '../../../src/testing/index.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const packages = here('../../../node_modules');
const library = 'discord-hybrid-sharding';
type Notes = Readonly<Record<string, unknown>>;

let lab: string;
beforeAll(async () => {
  lab = await mkdtemp(join(tmpdir(), 'shardlift-hybrid-'));
  await mkdir(join(lab, 'node_modules'));
  await symlink(join(packages, 'discord.js'), join(lab, 'node_modules/discord.js'), 'junction');
  await symlink(here('../../..'), join(lab, 'node_modules/shardlift'), 'junction');
  for (const side of ['stock', 'ours']) {
    await cp(here('fixtures'), join(lab, side), { recursive: true });
    await mkdir(join(lab, side, 'node_modules'));
  }
  await symlink(join(packages, library), join(lab, 'stock/node_modules', library), 'junction');
  // The same files on both sides: what the import gives is all that differs.
  const stand = join(lab, 'ours/node_modules', library);
  await mkdir(stand);
  await writeFile(join(stand, 'index.js'), "module.exports = require('shardlift/compat/hybrid');");
});
afterAll(() => rm(lab, { recursive: true }));

/** What the manager program wrote down. */
async function notesOf(side: 'stock' | 'ours', mode: string): Promise<Notes> {
  const guilds = { count: 12, channels: 1, roles: 1 };
  const discord = await createDiscord({
    guilds,
    gateway: { shards: 4, maxConcurrency: 16 },
    time: { identifyWindow: 1 },
  });
  const [guild] = discord.truth.guildIds({ shard: 3, totalShards: 4 });
  const { VITEST: _, NODE_ENV: __, ...own } = process.env;
  const env = { ...own, ...discord.env, DISCORD_TOKEN: discord.token };
  try {
    const program = join(lab, side, 'manager.cjs');
    const run = promisify(execFile)(process.execPath, [program, mode, guild as string], { env, timeout: 60_000 });
    const { stdout } = await run;
    return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Notes;
  } finally {
    await discord.stop();
  }
}

/** What is meant to differ: theirs, ours, and in which mode if in one alone. */
interface Difference {
  readonly stock: unknown;
  readonly ours: unknown;
  readonly mode?: string;
}

const given = ['--own', 'argument'];
const differences: Readonly<Record<string, Difference>> = {
  'a shard that is not here': { stock: [1, 1], ours: 'fails' },
  'a call under way when its cluster dies': { stock: '(never settles)', ours: 'fails' },
  arguments: { stock: [[], []], ours: [given, given], mode: 'worker' },
};

describe.each(['process', 'worker'])('in %s mode, against discord-hybrid-sharding', (mode) => {
  const mended = Object.entries(differences).filter(([, { mode: only = mode }]) => only === mode);
  const labels = mended.map(([label]) => label);
  let stock: Notes;
  let ours: Notes;
  beforeAll(async () => {
    // One after the other: two fleets at once would be slower than either.
    stock = await notesOf('stock', mode);
    ours = await notesOf('ours', mode);
  }, 120_000);

  test('there are answers to compare', () => {
    expect(Object.keys(stock).length).toBeGreaterThan(40);
    expect(Object.keys(ours)).toEqual(Object.keys(stock));
  });

  test('the answers are the same but for those that were mended', () => {
    const isSame = ([label]: [string, unknown]): boolean => !labels.includes(label);
    const same = (notes: Notes) => Object.fromEntries(Object.entries(notes).filter(isSame));
    expect(same(ours)).toEqual(same(stock));
  });

  test.each(mended)('mended: %s', (label, expected) => {
    expect({ stock: stock[label], ours: ours[label] }).toEqual({ stock: expected.stock, ours: expected.ours });
  });
});
