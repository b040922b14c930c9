/** project/discord-version: whether a package's discord.js is one that shardlift runs with. */
import { askedVersion, installedVersion } from './dependency-version.ts';

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

function installedFor(root: string): OldDiscord | null {
  const installed = installedVersion('discord.js', root);
  if (installed === null || allows(installed.version)) return null;
  return { path: installed.path, what: `is discord.js ${installed.version}` };
}

/**
 * Whether a package's discord.js takes texts to evaluate, as 11 and 12 do. Where it is asked for by a tag or a repository,
 * what is installed tells; what cannot be read does not.
 */
export function evaluatesTexts(root: string): boolean {
  const range = askedVersion('discord.js', root)?.range ?? '';
  const version = /^[\s^~=v<>]*\d/.test(range) ? range : installedVersion('discord.js', root)?.version;
  return /^\s*[\^~=v]*1[12](\.|\s|$)/.test(version ?? '');
}

/** What says that a package has a discord.js older than {@link leastDiscord}: its package.json, a parent's, or what is installed. */
export function oldDiscord(root: string): OldDiscord | null {
  const asked = askedVersion('discord.js', root);
  if (asked === null || allows(asked.range)) return installedFor(root);
  return { path: asked.path, what: `asks for discord.js ${asked.range}` };
}
