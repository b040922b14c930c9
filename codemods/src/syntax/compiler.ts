/** syntax/compiler: TypeScript programs over files as they are, or as they will be. Nothing is ever printed from here. */
import { basename, dirname } from 'node:path';
import { libraryFiles, ts } from '../typescript.js';
import { javascriptConfig } from './configs.ts';

/** Files that differ from the disk, or are not there yet, by path. */
export type Overlay = ReadonlyMap<string, string>;

/** One program and what it was made of, so that the next can reuse every file that stays. */
export interface Compilation {
  readonly program: ts.Program;
  readonly roots: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly trees: ReadonlyMap<string, ts.SourceFile>;
  /** The only files of the project that it reads; `null` for all of them. */
  readonly within: ReadonlySet<string> | null;
}

// The compiler carries its library files as text; they are nowhere on the disk.
const libraryFolder = '/node_modules/typescript/lib';
let libraries: ReadonlyMap<string, string> | null = null;

function libraryText(path: string): string | undefined {
  if (dirname(path) !== libraryFolder) return undefined;
  libraries ??= libraryFiles();
  return libraries.get(basename(path));
}

// Declarations of packages and of the language stay the same between the programs of one run. They are kept for the
// newest options only: every set of options has trees of its own, and they are large.
const shared = new Map<string, ts.SourceFile>();
const keptOptions = new Set<string>();
const maxKept = 3;

// Where a project's own files are, and where they go, changes nothing in the trees of others.
const ownPlaces = new Set([
  ...['configFilePath', 'pathsBasePath', 'baseUrl', 'paths', 'rootDir', 'rootDirs', 'typeRoots', 'project'],
  ...['outDir', 'outFile', 'declarationDir', 'sourceRoot', 'mapRoot'],
]);

/** What of the options decides how a file of a package is read and bound, as one comparable text. */
function bindingOptions(options: ts.CompilerOptions): string {
  return JSON.stringify(Object.entries(options).filter(([name]) => !ownPlaces.has(name)));
}

function keepFor(options: string): void {
  if (keptOptions.has(options)) return;
  if (keptOptions.size >= maxKept) {
    keptOptions.clear();
    shared.clear();
  }
  keptOptions.add(options);
}

const isShared = (path: string): boolean =>
  dirname(path) === libraryFolder || (path.includes('/node_modules/') && /\.d\.[mc]?ts$/.test(path));

const slashed = (path: string): string => path.replaceAll('\\', '/');

const isOwn = (path: string): boolean => !slashed(path).includes('/node_modules/');

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = dirname(path); !folders.has(at) && dirname(at) !== at; at = dirname(at)) folders.add(at);
  }
  return folders;
}

/** What a program is made of. */
export interface ProgramGiven {
  readonly roots: readonly string[];
  readonly options: ts.CompilerOptions;
  /** Files that are not read from the disk. */
  readonly overlay: Overlay;
  /** A program before it: files with the same text are neither read nor parsed again. */
  readonly before?: Compilation;
  /** The only files of the project to read; default those of the program before it, or all. */
  readonly within?: ReadonlySet<string> | null;
}

/** Builds a program of one JavaScript text. */
export function compileAlone(path: string, text: string): Compilation {
  return compile({ roots: [path], options: javascriptConfig.options, overlay: new Map([[path, text]]) });
}

/** Builds a program. */
export function compile(given: ProgramGiven): Compilation {
  const { roots, options, before, within = before?.within ?? null } = given;
  const overlay = new Map([...given.overlay].map(([path, text]) => [slashed(path), text] as const));
  const folders = foldersOf(overlay.keys());
  const trees = new Map<string, ts.SourceFile>();
  // Binding sets the parents, and making the checker binds every file.
  const host = ts.createCompilerHost(options, false);
  const { fileExists, readFile, directoryExists, getSourceFile } = host;
  const bound = bindingOptions(options);
  keepFor(bound);
  host.getDefaultLibLocation = () => libraryFolder;
  host.getDefaultLibFileName = (given) => `${libraryFolder}/${ts.getDefaultLibFileName(given)}`;
  host.fileExists = (path) => overlay.has(slashed(path)) || libraryText(path) !== undefined || fileExists(path);
  host.readFile = (path) => overlay.get(slashed(path)) ?? libraryText(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(slashed(path)) || (directoryExists?.(path) ?? true);
  const parse: ts.CompilerHost['getSourceFile'] = (path, language, ...how) => {
    const text = overlay.get(slashed(path)) ?? libraryText(path);
    const old = before?.trees.get(path);
    if (old !== undefined && (text === undefined || text === old.text)) return old;
    return text === undefined
      ? getSourceFile(path, language, ...how)
      : ts.createSourceFile(path, text, language, false);
  };
  host.getSourceFile = (path, language, ...how) => {
    if (within?.has(path) === false && isOwn(path) && !overlay.has(slashed(path))) return undefined;
    const key = isShared(path) && !overlay.has(slashed(path)) ? `${path} ${JSON.stringify(language)} ${bound}` : null;
    const tree = (key === null ? undefined : shared.get(key)) ?? parse(path, language, ...how);
    if (tree !== undefined) trees.set(path, tree);
    if (tree !== undefined && key !== null) shared.set(key, tree);
    return tree;
  };
  // Of files that stay, what their imports lead to stays known too, but for a package that the overlay brings.
  const brought = [...overlay.keys()].flatMap(
    (path) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
  );
  host.hasInvalidatedResolutions = (path) =>
    brought.some((name) => before?.trees.get(path)?.text.includes(name) === true);
  const program = ts.createProgram([...roots], options, host, before?.program);
  return { program, roots, options, trees, within };
}
