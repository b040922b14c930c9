/** syntax/configs: the options a file is compiled with. */
import { dirname } from 'node:path';
import { versionMajor } from '../project/dependency-version.ts';
import { findUp } from '../project/package-info.ts';
import { ts } from '../typescript.js';

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
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  isolatedDeclarations: false,
};

const { ModuleKind, ModuleResolutionKind, ScriptTarget } = ts;

/** How TypeScript 5 finds modules where its config says only how they are emitted, if at all. */
function resolutionOf5({ module, target = ScriptTarget.ES5 }: ts.CompilerOptions): ts.CompilerOptions {
  const emitted = module ?? (target >= ScriptTarget.ES2015 ? ModuleKind.ES2015 : ModuleKind.CommonJS);
  return emitted === ModuleKind.CommonJS ? { moduleResolution: ModuleResolutionKind.Node10 } : {};
}

/**
 * What the bot's own compiler takes for granted where its config is silent: up to TypeScript 5 it is not strict, sees all
 * of `@types`, and looks for CommonJS modules as old versions of Node do.
 *
 * @see https://www.typescriptlang.org/docs/handbook/release-notes/typescript-6-0.html
 */
function defaultsOf(path: string, options: ts.CompilerOptions): ts.CompilerOptions {
  const major = versionMajor('typescript', dirname(path));
  return major === null || major >= 6 ? {} : { strict: false, types: ['*'], ...resolutionOf5(options) };
}

/**
 * Without the folders of the project that are to hold declarations, where `discord.js` leads to a file in one of them
 * (`typings/discord.d.ts`): that adds to a package that is not installed, and says nothing of the rest of it.
 */
function withoutOwnDiscord(path: string, options: ts.CompilerOptions): ts.CompilerOptions {
  if (options.typeRoots === undefined) return {};
  const { resolvedModule } = ts.resolveModuleName('discord.js', path, options, ts.sys);
  const isOwn = resolvedModule !== undefined && !resolvedModule.resolvedFileName.includes('/node_modules/');
  return isOwn ? { typeRoots: options.typeRoots.filter((one) => one.includes('node_modules')) } : {};
}

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
  const given = { ...defaultsOf(path, parsed.options), ...parsed.options };
  const { out: _, tsBuildInfoFile: __, ...options } = { ...given, ...withoutOwnDiscord(path, given), ...ours };
  return {
    config: { path, options, ambient },
    files: new Set(parsed.fileNames),
    references: (parsed.projectReferences ?? []).map((one) => ts.resolveProjectReferencePath(one)),
  };
}

// Files that nothing is known of without them: the config itself, and what it extends. Others are matters of the build.
const unread: ReadonlySet<number> = new Set([5012, 5083, 6053, 18000]);

/** Whether an error is one of the syntax of a file; the compiler tells those of what is extended with its own. */
const isOfSyntax = (code: number): boolean => code >= 1000 && code < 2000;

/** Why a tsconfig.json could not be read whole, in the compiler's words; `null` where it could. */
export function configProblem(path: string): string | null {
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  const host: ts.ParseConfigHost = { ...ts.sys, readDirectory: () => [] };
  const { errors } = ts.parseJsonConfigFileContent(config ?? {}, host, dirname(path), {}, path);
  const problem = error ?? errors.find(({ code }) => unread.has(code) || isOfSyntax(code));
  return problem === undefined ? null : ts.flattenDiagnosticMessageText(problem.messageText, ' ');
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
