/** syntax/program: parses candidates and gives each its type checker. Read-only. */
import type { SourceText } from '../project/source.ts';
import { ts } from '../typescript.js';
import { type Compilation, compile, compileAlone } from './compiler.ts';
import { type Config, Configs, javascriptConfig } from './configs.ts';
import { filesInReach } from './reach.ts';

/** One candidate file, parsed. */
export interface ParsedFile {
  readonly source: SourceText;
  readonly tree: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** Whether the checker knows types: TypeScript yes, JavaScript no (there it only resolves names). */
  readonly typed: boolean;
  /** The program the file was read in; files of one tsconfig.json share it. */
  readonly compilation: Compilation;
}

/** Whether a path is TypeScript. */
export const isTypeScript = (path: string): boolean => /\.[mc]?tsx?$/.test(path);

function parseGroup(config: Config, sources: readonly SourceText[]): readonly ParsedFile[] {
  const roots = [...new Set([...sources.map(({ path }) => path), ...config.ambient])];
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  // JavaScript follows no imports.
  const within = config.options.noResolve === true ? null : filesInReach(roots, config.options);
  const compilation = compile({ roots, options: config.options, overlay: texts, within });
  const checker = compilation.program.getTypeChecker();
  return sources.flatMap((source) => {
    const tree = compilation.program.getSourceFile(source.path);
    return tree === undefined ? [] : [{ source, tree, checker, typed: isTypeScript(source.path), compilation }];
  });
}

/** Parses candidates: JavaScript together, TypeScript per tsconfig.json. Order is kept. */
export function parseFiles(sources: readonly SourceText[]): readonly ParsedFile[] {
  const configs = new Configs();
  const groups = new Map<Config, SourceText[]>();
  for (const source of sources) {
    const config = isTypeScript(source.path) ? configs.of(source.path) : javascriptConfig;
    groups.set(config, [...(groups.get(config) ?? []), source]);
  }
  const parsed = [...groups].flatMap(([config, files]) => parseGroup(config, files));
  const order = new Map(sources.map((source, index) => [source.path, index]));
  return parsed.sort((a, b) => (order.get(a.source.path) ?? 0) - (order.get(b.source.path) ?? 0));
}

/** Reads one file for itself, by its syntax: types and other files are not looked at; `null` where it does not parse. */
export function parsedAlone(source: SourceText): ParsedFile | null {
  const compilation = compileAlone(source.path, source.text);
  const tree = compilation.program.getSourceFile(source.path);
  if (tree === undefined || syntaxErrors(tree).length > 0) return null;
  return { source, tree, checker: compilation.program.getTypeChecker(), typed: false, compilation };
}

/** Parses one text on its own, as the file its path says it is. */
export function parseAlone(path: string, text: string, setParents = true): ts.SourceFile {
  const kind = /\.[mc]?js$/.test(path) ? ts.ScriptKind.JSX : undefined;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, setParents, kind);
}

/** Whether a text parses as the file its path says it is. */
export function parses(path: string, text: string): boolean {
  return syntaxErrors(parseAlone(path, text, false)).length === 0;
}

/** The syntax errors of a tree; the compiler keeps them on the file but does not type them. */
export function syntaxErrors(tree: ts.SourceFile): readonly ts.Diagnostic[] {
  return (tree as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.Diagnostic[] }).parseDiagnostics ?? [];
}
