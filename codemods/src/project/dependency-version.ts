/** project/dependency-version: which version of a package a bot has, or asks for. */
import { dirname, join } from 'node:path';
import { dependencyFields, findUp, type Manifest, readManifest } from './package-info.ts';

/** A range of versions, and the package.json that asks for it. */
export interface AskedVersion {
  readonly path: string;
  readonly range: string;
}

/** The range that the nearest package.json asks for which names a package; `null` where none does. */
export function askedVersion(name: string, root: string): AskedVersion | null {
  for (let path = findUp('package.json', root); path !== null; ) {
    const manifest = readManifest(path);
    const ranges = dependencyFields.map((field) => (manifest[field] as Manifest | undefined)?.[name]);
    const range = ranges.find((one) => typeof one === 'string');
    if (typeof range === 'string') return { path, range };
    const parent = dirname(dirname(path));
    path = parent === dirname(path) ? null : findUp('package.json', parent);
  }
  return null;
}

/** The version that a folder has installed, and its package.json; `null` where there is none. */
export function installedVersion(
  name: string,
  root: string,
): { readonly path: string; readonly version: string } | null {
  const path = findUp(join('node_modules', name, 'package.json'), root);
  const version = path === null ? null : readManifest(path).version;
  return path === null || typeof version !== 'string' ? null : { path, version };
}

// `^5.9.3`, `~5.9`, `5.x`, `v5`: of other ranges no major version is sure.
const oneMajor = /^\s*[\^~=v]*\s*(\d+)(\.[\dx*]+)*(-[\w.]+)?\s*$/;

/** The major version that all alternatives of a range share; `null` where there is none such. */
function majorIn(range: string): number | null {
  const [first, ...others] = new Set(range.split('||').map((one) => oneMajor.exec(one)?.[1]));
  return first === undefined || others.length > 0 ? null : Number(first);
}

/** The major version of a package that a folder has installed or, where it has none, asks for; `null` where neither tells. */
export function versionMajor(name: string, root: string): number | null {
  const version = installedVersion(name, root)?.version ?? askedVersion(name, root)?.range;
  return version === undefined ? null : majorIn(version);
}

const hybrid = 'discord-hybrid-sharding';

/** The package.json that gives discord-hybrid-sharding another name, and that name: `"hs": "npm:discord-hybrid-sharding@2"`. */
export function hybridAlias(root: string): { readonly path: string; readonly name: string } | null {
  for (let path = findUp('package.json', root); path !== null; path = findUp('package.json', dirname(dirname(path)))) {
    const manifest = readManifest(path);
    const all = dependencyFields.flatMap((field) => Object.entries((manifest[field] as Manifest | undefined) ?? {}));
    const found = all.find(([name, range]) => name !== hybrid && `${range}@`.startsWith(`npm:${hybrid}@`));
    if (found !== undefined) return { path, name: found[0] };
    if (dirname(path) === dirname(dirname(path))) return null;
  }
  return null;
}

/** What discord-hybrid-sharding answers where one cluster is asked; `either`, where the bot may have both versions. */
export type HybridAnswer = 'value' | 'list' | 'either';

/**
 * What a bot's discord-hybrid-sharding answers to a call with `{ cluster }`: the value itself up to 1.6, a list of one from
 * 1.7 on (`src/Core/ClusterManager.js` of 1.6.6 and of 1.7.1), whatever the declarations of 1.x say.
 *
 * @see https://www.npmjs.com/package/discord-hybrid-sharding
 */
export function hybridAnswer(root: string): HybridAnswer {
  const asked = hybridMinors(root);
  if (asked === 'other') return 'either';
  const [low, high] = asked ?? [firstOfLists, anyMinor[1]];
  return low >= firstOfLists ? 'list' : high <= firstOfLists ? 'value' : 'either';
}

/**
 * How a bot's discord-hybrid-sharding takes the arguments that start clusters: in an order up to 1.3, by name from 1.4 on
 * (`src/ClusterManager.js` of 1.3.1 and of 1.4.3).
 */
export function hybridArguments(root: string): 'ordered' | 'named' | 'either' {
  const asked = hybridMinors(root);
  if (asked === 'other') return 'either';
  const [low, high] = asked ?? [firstOfNames, anyMinor[1]];
  return low >= firstOfNames ? 'named' : high <= firstOfNames ? 'ordered' : 'either';
}

/** The versions that a bot's discord-hybrid-sharding may be; `null` for one of the newest, `other` for another package. */
function hybridMinors(root: string): Minors | 'other' | null {
  const installed = installedVersion(hybrid, root);
  const asked = installed?.version ?? askedVersion(hybrid, root)?.range;
  // Versions of another package by this name say nothing.
  const isOther = installed !== null && ![undefined, hybrid].includes(readManifest(installed.path).name as string);
  if (isOther) return 'other';
  // A tag is one of the newest.
  return asked === undefined || /^[a-z]+$/.test(asked) ? null : minorsOf(asked);
}

// Minor versions as one number: 1.7 is 1007.
const minorIn = (major: number, minor: number): number => major * 1000 + minor;
const firstOfNames = minorIn(1, 4);
const firstOfLists = minorIn(1, 7);
const anyMinor = [0, Number.POSITIVE_INFINITY] as const;

type Minors = readonly [low: number, below: number];

const part = /^(\^|~|>=|>|<=|<|=)?v?(\d+)?(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?(?:-[\w.]+)?$/;

/** The minor versions that one comparator leaves open, patches aside; all, where it cannot be read. */
function minorsOfPart(text: string): Minors {
  const [, sign = '', major, minor, patch] = part.exec(text) ?? [];
  if (major === undefined) return anyMinor;
  const isWhole = minor === undefined || !/\d/.test(minor);
  const at = minorIn(Number(major), isWhole ? 0 : Number(minor));
  const next = isWhole ? minorIn(Number(major) + 1, 0) : at + 1;
  if (sign === '>' || sign === '>=') return [sign === '>' && isWhole ? next : at, anyMinor[1]];
  if (sign === '<') return [0, /[1-9]/.test(patch ?? '') ? at + 1 : at];
  if (sign === '<=') return [0, next];
  return [at, sign === '^' && Number(major) > 0 ? minorIn(Number(major) + 1, 0) : next];
}

/** The minor versions that a range leaves open, patches aside; all, where it cannot be read. */
function minorsOf(range: string): Minors {
  const alternatives = range
    .replace(/^npm:discord-hybrid-sharding@/, '')
    .split('||')
    .map((one): Minors => {
      const [from, to] = one.split(/\s+-\s+/).map((text) => text.trim());
      const texts =
        to === undefined
          ? one
              .trim()
              .replace(/([~^<>=])\s+/g, '$1')
              .split(/\s+/)
          : [`>=${from}`, `<=${to}`];
      const parts = texts.map(minorsOfPart);
      return [Math.max(...parts.map(([low]) => low)), Math.min(...parts.map(([, below]) => below))];
    });
  return [Math.min(...alternatives.map(([low]) => low)), Math.max(...alternatives.map(([, below]) => below))];
}
