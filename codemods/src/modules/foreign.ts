/** modules/foreign: whether a module belongs to the bot, to discord.js, or to something else. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findUp, otherLibraries, packageFile, readManifest } from '../project/package-info.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isDiscordModule, isHybridModule } from './bindings.ts';

/**
 * What a module is: a file of the bot, discord.js or what builds on it, something that does not, or a package that is not
 * installed and does not say what it is for.
 */
export type ModuleKind = 'file' | 'ours' | 'other' | 'unknown';

/** Discord.js, its frameworks, and what puts another manager in front of its clients. */
const names = /discord|djs|sapphire|akairo|klasa|commando|necord|kurasuta/i;

/** The name of the package a specifier leads into; `null` for a file of the bot. */
function packageOf(specifier: string): string | null {
  return /^(?:@[\w.-]+\/)?[a-z\d][\w.-]*/.exec(specifier)?.[0] ?? null;
}

const startsWith = (specifier: string, alias: string): boolean => {
  const start = alias.replace(/\*$/, '');
  return specifier === start || specifier.startsWith(start.endsWith('/') ? start : `${start}/`);
};

/** Whether a name that looks like a package is another word for a folder of the bot: by its tsconfig.json or package.json. */
function isAlias(specifier: string, { source, compilation: { options } }: ParsedFile): boolean {
  const manifest = packageFile(dirname(source.path));
  const { _moduleAliases: aliases } = manifest === null ? {} : readManifest(manifest);
  const all = [...Object.keys(options.paths ?? {}), ...Object.keys((aliases as object | undefined) ?? {})];
  if (all.some((alias) => alias !== '*' && startsWith(specifier, alias))) return true;
  const { baseUrl } = options;
  return baseUrl !== undefined && existsSync(join(baseUrl, specifier.split('/')[0] ?? ''));
}

const mentions = (value: unknown): boolean => typeof value === 'object' && value !== null && 'discord.js' in value;

/** Tells what a module is that a file loads. */
export function moduleKind(specifier: string, file: ParsedFile): ModuleKind {
  const name = packageOf(specifier);
  if (name === null) return 'file';
  if (isDiscordModule(specifier) || isHybridModule(specifier)) return 'ours';
  if (otherLibraries.includes(name)) return 'other';
  const path = findUp(join('node_modules', name, 'package.json'), dirname(file.source.path));
  if (path === null) return names.test(name) ? 'ours' : isAlias(specifier, file) ? 'file' : 'unknown';
  const { dependencies, peerDependencies } = readManifest(path);
  return name.startsWith('@sapphire/') || mentions(dependencies) || mentions(peerDependencies) ? 'ours' : 'other';
}
