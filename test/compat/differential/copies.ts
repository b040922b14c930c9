/** differential/copies: bots that no hook or no plain folder shows: bundled ones, and one with two copies of discord.js. */
import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Puts discord.js into the bot's own file, with and without its names. */
export async function bundleBots(bots: string): Promise<void> {
  const common: BuildOptions = { bundle: true, platform: 'node', logLevel: 'error' };
  // Optional packages of discord.js's that nobody has installed.
  const external = ['zlib-sync', 'bufferutil', 'utf-8-validate', 'erlpack', 'zlib', 'mac-ca'];
  const bundle = (from: string, to: string, minify: boolean) =>
    build({ ...common, external, minify, entryPoints: [join(bots, from)], outfile: join(bots, to) });
  await Promise.all([
    bundle('bot.cjs', 'bundled.cjs', false),
    bundle('bot.cjs', 'minified.cjs', true),
    bundle('own-util.cjs', 'bundled-own-util.cjs', true),
  ]);
}

/** The folder of a package, as another sees it. */
function folderOf(name: string, from: string): string {
  for (const folder of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    try {
      return realpathSync(join(folder, name));
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  throw new Error(`${name} is not installed for ${from}`);
}

/**
 * Lays out a framework with a discord.js of its own, as pnpm does: every package in a folder that nothing else sees, and
 * links between them.
 */
export function layOutCopies(bots: string): void {
  const modules = join(bots, 'with-copies', 'node_modules');
  const own = join(modules, '.pnpm', 'discord.js@14', 'node_modules');
  const framework = join(modules, '.pnpm', 'framework@1', 'node_modules');
  const original = folderOf('discord.js', bots);
  mkdirSync(join(framework, 'framework'), { recursive: true });
  const isNeeded = (file: string): boolean =>
    !file.endsWith('.d.ts') && !file.slice(original.length).includes('node_modules');
  cpSync(original, join(own, 'discord.js'), { recursive: true, filter: isNeeded });
  const { dependencies } = JSON.parse(readFileSync(join(original, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    symlinkSync(folderOf(name, original), join(own, name), 'junction');
  }
  symlinkSync(join(own, 'discord.js'), join(framework, 'discord.js'), 'junction');
  symlinkSync(join(framework, 'framework'), join(modules, 'framework'), 'junction');
  const makeClient = `const { Client, GatewayIntentBits } = require('discord.js');
exports.makeClient = () => new Client({ intents: [GatewayIntentBits.Guilds] });
`;
  writeFileSync(join(framework, 'framework', 'index.cjs'), makeClient);
}
