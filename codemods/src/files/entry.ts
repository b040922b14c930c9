/** files/entry: finds the bot's entry file on disk from what the manager names, and where the handlers file goes. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { compilerFolders } from '../project/compiler-folders.ts';
import { isBelow } from '../project/discover.ts';
import { type PackageInfo, readPackage } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import { compiledFrom } from './compiled-beside.ts';
import { projectRoot } from './wrapper-files.ts';

/** The file argument as far as it can be read: a path and what it is relative to. */
export interface StartedFile {
  readonly path: string;
  /** `unread` where it stands below a folder that cannot be read. */
  readonly relativeTo: 'cwd' | 'file' | 'unread';
}

/** The entry as source, and its extension as it is at run time. */
export interface Entry {
  readonly path: string;
  readonly runtimeExtension: string;
}

const sourceExtensions: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.js', '.ts', '.tsx', '.jsx'],
  '.mjs': ['.mjs', '.mts'],
  '.cjs': ['.cjs', '.cts'],
};

const runtimeExtensions: Readonly<Record<string, string>> = {
  '.ts': '.js',
  '.tsx': '.js',
  '.jsx': '.js',
  '.mts': '.mjs',
  '.cts': '.cjs',
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** The source behind a run-time path: itself, or the TypeScript file of the same name. */
export function sourceOf(path: string): string | null {
  const extension = extname(path);
  const known = sourceExtensions[extension];
  const stem = known === undefined ? path : path.slice(0, -extension.length);
  const tries =
    known === undefined
      ? [path, ...['.js', '.ts', '.mjs', '.mts', '.cjs', '.cts'].map((e) => path + e)]
      : known.map((e) => stem + e);
  const found = tries.find(isFile) ?? null;
  return found === null ? null : (compiledFrom(found, readSource(found)?.text ?? '') ?? found);
}

/** The folder that the sources of a package are compiled into, as its tsconfig.json says. */
export const outputFolder = (root: string): string | null => compilerFolders(root)?.out ?? null;

const outputNames = /^(?:dist|build|built|out|lib)$/;

/** Maps a path in outDir (or in a usual output folder) back to its source. */
function mapped(path: string, info: PackageInfo): string | null {
  const { out: written = null, root: from = null } = compilerFolders(info.root) ?? {};
  const outs = [
    ...(written === null ? [] : [written]),
    ...['dist', 'build', 'built', 'out', 'lib'].map((f) => join(info.root, f)),
  ];
  for (const out of outs) {
    const inside = relative(out, path);
    if (inside === '' || inside.startsWith('..')) continue;
    // The tsconfig.json of a folder above says nothing of folders it has no output in.
    const root = out === written ? from : null;
    const roots = [root, join(info.root, 'src'), info.root].filter((root) => root !== null);
    const found = roots.map((root) => sourceOf(join(root, inside))).find((source) => source !== null);
    if (found !== undefined) return found;
  }
  return null;
}

/** The source of what a manager starts at a path: of what is compiled, the file it is compiled from. */
function sourceAt(path: string, infos: readonly PackageInfo[]): string | null {
  const compiled = (): string | null => infos.map((info) => mapped(path, info)).find((one) => one !== null) ?? null;
  const isOutput = infos.some(({ root }) => {
    const out = outputFolder(root);
    const isBelowOut = out !== null && out !== root && isBelow(path, out);
    return isBelowOut || outputNames.test(relative(root, path).split(sep)[0] ?? '');
  });
  return (isOutput ? compiled() : null) ?? sourceOf(path) ?? compiled();
}

/**
 * Finds the source file a manager starts. A path relative to the working folder is tried from the packages, from the
 * manager's file and from the folder of the workspaces.
 */
export function locate(started: StartedFile, managerFile: string, info: PackageInfo): Entry | null {
  const folder = dirname(managerFile);
  const own = readPackage(folder, info.root);
  const folders = [own.root, info.root, folder, projectRoot(managerFile)];
  const all = [...(started.relativeTo === 'file' ? [folder] : new Set(folders))].flatMap((base) => {
    const path = resolve(base, started.path);
    return entryAt(path, [own, readPackage(dirname(path), info.root)]) ?? [];
  });
  const [first = null] = all;
  // Below a folder that is not known only one file may be meant.
  const isSure = started.relativeTo !== 'unread' || new Set(all.map(({ path }) => path)).size === 1;
  return isSure ? first : null;
}

function entryAt(path: string, infos: readonly PackageInfo[]): Entry | null {
  const found = sourceAt(path, infos);
  if (found === null) return null;
  // A manager that starts a .ts file (ts-node, tsx) runs the sources; anything else runs what they compile to.
  const extension = extname(found);
  const written = extname(path);
  return {
    path: found,
    runtimeExtension: written === extension ? extension : (runtimeExtensions[extension] ?? extension),
  };
}

/** An entry named by the user, or by the package's `main`. */
export function entryFromPath(path: string, info: PackageInfo): Entry | null {
  const found = sourceAt(path, [info]);
  return found === null ? null : { path: found, runtimeExtension: runtimeExtensions[extname(found)] ?? extname(found) };
}

/** Where the handlers file of an entry goes. */
export function handlersPathFor(entry: Entry): string {
  const extension = extname(entry.path).replace('tsx', 'ts').replace('jsx', 'js');
  return join(dirname(entry.path), `cluster-handlers${extension}`);
}

/** The path for the manager's `handlers` option: relative to the bot file's folder as it is at run time. */
export function handlersOption(entry: Entry, handlers: string): string {
  const extension = extname(handlers);
  const runtime =
    entry.runtimeExtension === extname(entry.path) ? extension : (runtimeExtensions[extension] ?? extension);
  const folder = relative(dirname(entry.path), dirname(handlers)).split(sep).join('/');
  const name = basename(handlers, extension) + runtime;
  return folder === '' ? `./${name}` : folder.startsWith('..') ? `${folder}/${name}` : `./${folder}/${name}`;
}

/** Whether a relative import from a file leads to one of these files. */
export function leadsTo(specifier: string, from: string, files: ReadonlySet<string>): boolean {
  if (!specifier.startsWith('.')) return false;
  const target = sourceOf(resolve(dirname(from), specifier));
  return target !== null && existsSync(target) && files.has(target);
}
