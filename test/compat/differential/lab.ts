/** differential/lab: a folder with discord.js, this package, the bots, and the manager's program, as a user would have them. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleBots, layOutCopies } from './copies.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where managers are run. */
export interface Lab {
  readonly bots: string;
  readonly host: string;
  /** Node's own file, of the version the managers and bots run on. */
  readonly node: string;
  /** The version of discord.js in it. */
  readonly discord: string;
  close(): Promise<void>;
}

/** Links discord.js and this package, as `npm install` would put them. */
async function linkPackages(folder: string): Promise<void> {
  const packages = join(folder, 'node_modules');
  await mkdir(packages);
  await symlink(here('../../..'), join(packages, 'shardlift'), 'junction');
  await symlink(here('../../../node_modules/discord.js'), join(packages, 'discord.js'), 'junction');
}

/**
 * Sets a lab up.
 *
 * DIFFERENTIAL_LAB names a folder in whose `node_modules` another discord.js and this package are installed;
 * DIFFERENTIAL_NODE another Node. The matrix sets both.
 */
export async function openLab(): Promise<Lab> {
  const { DIFFERENTIAL_LAB: given, DIFFERENTIAL_NODE: node = process.execPath } = process.env;
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'shardlift-lab-')));
  if (given === undefined) await linkPackages(folder);
  const bots = join(folder, 'bots');
  await rm(bots, { recursive: true, force: true });
  await cp(here('fixtures'), bots, { recursive: true });
  await bundleBots(bots);
  layOutCopies(bots);
  const host = join(folder, 'host.mjs');
  const packages = { packages: 'external', platform: 'node', format: 'esm', target: 'node20' } as const;
  await build({ entryPoints: [here('host.ts')], outfile: host, bundle: true, logLevel: 'error', ...packages });
  const close = async (): Promise<void> => {
    if (given === undefined) await rm(folder, { recursive: true, force: true });
  };
  const { version } = JSON.parse(await readFile(join(folder, 'node_modules/discord.js/package.json'), 'utf8'));
  return { bots, host, node, discord: String(version), close };
}
