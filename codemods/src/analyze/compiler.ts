/** analyze/compiler: TypeScript programs over files as they are, or as they will be. Nothing is ever printed from here. */
import { basename, dirname } from 'node:path';
import { findUp } from '../package-info.ts';
import { libraryFiles, ts } from '../typescript.js';

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

/** What a tsconfig.json says. */
export interface Config {
  readonly path: string | null;
  readonly options: ts.CompilerOptions;
  /** Files that declare things for all others (`declare module`, `declare global`, `.d.ts`). */
  readonly ambient: readonly string[];
}

// JavaScript needs scopes, not types: no library, no imports, every file a module of its own.
const javascriptOptions: ts.CompilerOptions = {
  allowJs: true,
  noResolve: true,
  noLib: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.Preserve,
};

const plainTypescriptOptions: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/** For JavaScript. */
export const javascriptConfig: Config = { path: null, options: javascriptOptions, ambient: [] };

/** For TypeScript without a tsconfig.json. */
const plainConfig: Config = { path: null, options: plainTypescriptOptions, ambient: [] };

// Whatever a project emits does not matter here, and its build state must not be read or written.
const ours: ts.CompilerOptions = {
  skipLibCheck: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  isolatedDeclarations: false,
};

interface ReadConfig {
  readonly config: Config;
  readonly files: ReadonlySet<string>;
  readonly references: readonly string[];
}

const declaring = /\bdeclare\s+(global|module)\b/;

function read(path: string): ReadConfig {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, dirname(path), {}, path);
  const ambient = parsed.fileNames.filter(
    (file) => /\.d\.[mc]?ts$/.test(file) || declaring.test(ts.sys.readFile(file) ?? ''),
  );
  const { out: _, tsBuildInfoFile: __, ...options } = { ...parsed.options, ...ours };
  return {
    config: { path, options, ambient },
    files: new Set(parsed.fileNames),
    references: (parsed.projectReferences ?? []).map((one) => ts.resolveProjectReferencePath(one)),
  };
}

/** Reads the configs of many files, each tsconfig.json once; a solution's references are followed. */
export class Configs {
  readonly #read = new Map<string, ReadConfig>();

  /** The config a TypeScript file is compiled with. */
  of(file: string): Config {
    const nearest = findUp('tsconfig.json', dirname(file));
    if (nearest === null) return plainConfig;
    const own = this.#get(nearest);
    if (own.files.has(file)) return own.config;
    const referred = own.references.filter(ts.sys.fileExists).map((path) => this.#get(path));
    return (referred.find(({ files }) => files.has(file)) ?? own).config;
  }

  #get(path: string): ReadConfig {
    const known = this.#read.get(path) ?? read(path);
    this.#read.set(path, known);
    return known;
  }
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

/** Builds a program. Files with the same text as in `before` are neither read nor parsed again. */
export function compile(
  roots: readonly string[],
  options: ts.CompilerOptions,
  files: Overlay,
  before: Compilation | null = null,
  within: ReadonlySet<string> | null = before?.within ?? null,
): Compilation {
  const overlay = new Map([...files].map(([path, text]) => [slashed(path), text] as const));
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
  const parse: ts.CompilerHost['getSourceFile'] = (path, language, onError, again) => {
    const text = overlay.get(slashed(path)) ?? libraryText(path);
    const old = before?.trees.get(path);
    if (old !== undefined && (text === undefined || text === old.text)) return old;
    return text === undefined
      ? getSourceFile(path, language, onError, again)
      : ts.createSourceFile(path, text, language, false);
  };
  host.getSourceFile = (path, language, onError, again) => {
    if (within?.has(path) === false && isOwn(path) && !overlay.has(slashed(path))) return undefined;
    const key = isShared(path) && !overlay.has(slashed(path)) ? `${path} ${JSON.stringify(language)} ${bound}` : null;
    const tree = (key === null ? undefined : shared.get(key)) ?? parse(path, language, onError, again);
    if (tree !== undefined) trees.set(path, tree);
    if (tree !== undefined && key !== null) shared.set(key, tree);
    return tree;
  };
  // Of files that stay, what their imports lead to stays known too.
  const program = ts.createProgram([...roots], options, host, before?.program);
  return { program, roots, options, trees, within };
}
