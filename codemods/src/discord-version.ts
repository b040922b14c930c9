/** discord-version: whether a package's discord.js is one that shardlift runs with. */
import { dirname, join } from 'node:path';
import { findUp, readManifest } from './package-info.ts';

/** The first version of discord.js that shardlift runs with, as its peer dependency says. */
export const leastDiscord = '14.14.1';

type Version = readonly [major: number, minor: number, patch: number];

const least: Version = [14, 14, 1];

function reaches(version: Version): boolean {
  const differs = version.findIndex((part, i) => part !== least[i]);
  return differs === -1 || (version[differs] ?? 0) > (least[differs] ?? 0);
}

const comparator = /^(\^|~|>=?|=|v)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/;

/** Whether one of the alternatives of a range can be a version that is new enough; what cannot be read counts as one. */
function allows(range: string): boolean {
  return range.split('||').some((alternative) => {
    const [, sign = '', major, minor, patch] = comparator.exec(alternative.trim()) ?? [];
    if (major === undefined || sign.startsWith('>')) return true;
    const any = Number.MAX_SAFE_INTEGER;
    // What the range leaves open may be as high as there is.
    const open = sign === '^' ? 1 : sign === '~' ? 2 : 3;
    const parts = [major, minor, patch].map((part, i) => (part === undefined || i >= open ? any : Number(part)));
    const [first = any, second = any, third = any] = parts;
    return reaches([first, second, third]);
  });
}

/** An older discord.js, and the file that says so. */
export interface OldDiscord {
  readonly path: string;
  /** `asks for discord.js ^12.5.3`, `is discord.js 14.11.0` */
  readonly what: string;
}

function rangeIn(manifest: string): string | null {
  const { dependencies, devDependencies, peerDependencies } = readManifest(manifest);
  const found = [dependencies, devDependencies, peerDependencies]
    .map((field) => (field as Readonly<Record<string, unknown>> | undefined)?.['discord.js'])
    .find((range) => typeof range === 'string');
  return typeof found === 'string' ? found : null;
}

function installedFor(root: string): OldDiscord | null {
  const path = findUp(join('node_modules', 'discord.js', 'package.json'), root);
  const version = path === null ? null : readManifest(path).version;
  if (path === null || typeof version !== 'string') return null;
  return allows(version) ? null : { path, what: `is discord.js ${version}` };
}

/** The range of discord.js that the nearest package.json asks for; `null` where none does. */
function askedFor(root: string): string | null {
  for (let path = findUp('package.json', root); path !== null; ) {
    const range = rangeIn(path);
    const parent = dirname(dirname(path));
    if (range !== null || parent === dirname(path)) return range;
    path = findUp('package.json', parent);
  }
  return null;
}

/** Whether a package's discord.js takes texts to evaluate, as 11 and 12 do; what cannot be read does not. */
export function evaluatesTexts(root: string): boolean {
  return /^\s*[\^~=v]*1[12](\.|\s|$)/.test(askedFor(root) ?? '');
}

/** What says that a package has a discord.js older than {@link leastDiscord}: its package.json, a parent's, or what is installed. */
export function oldDiscord(root: string): OldDiscord | null {
  for (let path = findUp('package.json', root); path !== null; ) {
    const range = rangeIn(path);
    if (range !== null) return allows(range) ? installedFor(root) : { path, what: `asks for discord.js ${range}` };
    const parent = dirname(dirname(path));
    path = parent === dirname(path) ? null : findUp('package.json', parent);
  }
  return installedFor(root);
}
