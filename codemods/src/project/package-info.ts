/** project/package-info: what a file's package.json and tsconfig.json say about it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** The package a file belongs to. */
export interface PackageInfo {
  /** The folder of its package.json, or of the given path when there is none. */
  readonly root: string;
  readonly manifest: string | null;
  /** What others load it by. */
  readonly name: string | null;
  readonly main: string | null;
  /** Names of everything it depends on, its parents' dependencies (workspaces) included. */
  readonly dependencies: ReadonlySet<string>;
  /** Those that are planned as one under this name; none where it is one package. */
  readonly parts: readonly PackageInfo[];
}

/** The packages that something is said of. */
export const partsOf = (info: PackageInfo): readonly PackageInfo[] => (info.parts.length === 0 ? [info] : info.parts);

/** The folders that all files of them are below. */
export function foldersOf(info: PackageInfo): readonly string[] {
  const roots = [...new Set(partsOf(info).map(({ root }) => root))];
  return roots.filter((root) => !roots.some((other) => other !== root && root.startsWith(other + sep)));
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

function parsedManifest(file: string): Manifest | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return typeof parsed === 'object' ? (parsed as Manifest | null) : null;
  } catch {
    // A broken package.json tells us nothing; npm itself will complain about it far more clearly.
    return null;
  }
}

/** Reads a package.json; a broken one holds nothing. */
export const readManifest = (file: string): Manifest => parsedManifest(file) ?? {};

/** The nearest file of a name, from a folder upwards. */
export function findUp(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, name);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/** What stands in a folder that packages are installed for, or that is a project of its own. */
const ownSigns = ['node_modules', '.git', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

/** Whether a package.json is one of a package. `{ "type": "module" }` alone says which modules a folder has, and no more. */
function isOfPackage(file: string): boolean {
  const manifest = parsedManifest(file);
  const fields = ['name', 'workspaces', ...dependencyFields];
  if (manifest === null || fields.some((field) => manifest[field] !== undefined)) return true;
  return ownSigns.some((name) => existsSync(join(dirname(file), name)));
}

/** The package.json of the package that a folder is in; the nearest where none says more than its modules. */
export function packageFile(folder: string): string | null {
  const nearest = findUp('package.json', folder);
  for (let file = nearest; file !== null; ) {
    if (isOfPackage(file)) return file;
    const above = dirname(dirname(file));
    file = above === dirname(file) ? null : findUp('package.json', above);
  }
  return nearest;
}

/** The folder of the package around a file; `null` where there is none. */
export function packageFolder(path: string): string | null {
  const manifest = packageFile(dirname(path));
  return manifest === null ? null : dirname(manifest);
}

/** Which modules a `.js` file of a folder is one of. */
export function moduleType(folder: string): 'module' | 'commonjs' {
  const file = findUp('package.json', folder);
  return file !== null && readManifest(file).type === 'module' ? 'module' : 'commonjs';
}

function dependenciesOf(manifest: Manifest): readonly string[] {
  return dependencyFields.flatMap((field) => Object.keys((manifest[field] as object | undefined) ?? {}));
}

/** Reads the package of a folder. */
export function readPackage(folder: string, fallbackRoot: string): PackageInfo {
  const file = packageFile(folder);
  if (file === null) {
    const none = { manifest: null, name: null, main: null };
    return { root: fallbackRoot, ...none, dependencies: new Set(), parts: [] };
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
    name: typeof manifest.name === 'string' ? manifest.name : null,
    main: typeof manifest.main === 'string' ? manifest.main : null,
    dependencies: names,
    parts: [],
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
