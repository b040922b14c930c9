/** package-info: what a file's package.json and tsconfig.json say about it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package a file belongs to. */
export interface PackageInfo {
  /** The folder of the nearest package.json, or of the given path when there is none. */
  readonly root: string;
  readonly manifest: string | null;
  readonly type: 'module' | 'commonjs';
  readonly main: string | null;
  /** Names of everything it depends on, its parents' dependencies (workspaces) included. */
  readonly dependencies: ReadonlySet<string>;
}

/** Where a package.json names what it depends on. */
export const dependencyFields = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;

/** What a package.json holds. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Reads a package.json; a broken one holds nothing. */
export function readManifest(file: string): Manifest {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Manifest) : {};
  } catch {
    // A broken package.json tells us nothing; npm itself will complain about it far more clearly.
    return {};
  }
}

/** The nearest file of a name, from a folder upwards. */
export function findUp(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, name);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

function dependenciesOf(manifest: Manifest): readonly string[] {
  return dependencyFields.flatMap((field) => Object.keys((manifest[field] as object | undefined) ?? {}));
}

/** Reads the package of a folder. */
export function readPackage(folder: string, fallbackRoot: string): PackageInfo {
  const file = findUp('package.json', folder);
  if (file === null) {
    return { root: fallbackRoot, manifest: null, type: 'commonjs', main: null, dependencies: new Set() };
  }
  const manifest = readManifest(file);
  const names = new Set(dependenciesOf(manifest));
  for (let at = file; ; ) {
    const parent = findUp('package.json', dirname(dirname(at)));
    if (parent === null || parent === at) break;
    for (const name of dependenciesOf(readManifest(parent))) names.add(name);
    at = parent;
  }
  return {
    root: dirname(file),
    manifest: file,
    type: manifest.type === 'module' ? 'module' : 'commonjs',
    main: typeof manifest.main === 'string' ? manifest.main : null,
    dependencies: names,
  };
}

/** Libraries whose objects have a `broadcastEval` of their own. */
export const otherLibraries: readonly string[] = [
  'eris',
  'oceanic.js',
  'discordeno',
  'detritus-client',
  '@projectdysnomia/dysnomia',
];

/** Names another Discord library this package is built on, when it does not use discord.js at all. */
export function otherLibrary({ dependencies }: PackageInfo): string | null {
  if (dependencies.has('discord.js') || dependencies.has('shardlift')) return null;
  return otherLibraries.find((name) => dependencies.has(name)) ?? null;
}

/** Whether this package is built on discord-hybrid-sharding. */
export function usesHybrid({ dependencies }: PackageInfo): boolean {
  return dependencies.has('discord-hybrid-sharding');
}
