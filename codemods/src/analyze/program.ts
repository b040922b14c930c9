/** analyze/program: parses candidates and gives each its type checker. Read-only: nothing is ever printed from here. */
import { dirname } from 'node:path';
import { Project, ts } from 'ts-morph';
import { findUp } from '../package-info.ts';
import type { SourceText } from '../source.ts';

/** One candidate file, parsed. */
export interface ParsedFile {
  readonly source: SourceText;
  readonly tree: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** Whether the checker knows types: TypeScript yes, JavaScript no (there it only resolves names). */
  readonly typed: boolean;
}

const isTypeScript = (path: string): boolean => /\.[mc]?tsx?$/.test(path);

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

function projectFor(tsconfig: string | null): Project {
  const lean = { skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true } as const;
  if (tsconfig !== null) {
    try {
      return new Project({
        ...lean,
        tsConfigFilePath: tsconfig,
        compilerOptions: { skipLibCheck: true, noEmit: true },
      });
    } catch {
      // A tsconfig that cannot be read leaves the defaults; types then resolve less well, and unproven receivers are left.
    }
  }
  return new Project({ ...lean, compilerOptions: plainTypescriptOptions });
}

function parseGroup(project: Project, sources: readonly SourceText[], typed: boolean): readonly ParsedFile[] {
  for (const source of sources) project.createSourceFile(source.path, source.text, { overwrite: true });
  const program = project.getProgram().compilerObject;
  const checker = program.getTypeChecker();
  return sources.flatMap((source) => {
    const tree = program.getSourceFile(project.getSourceFileOrThrow(source.path).getFilePath());
    return tree === undefined ? [] : [{ source, tree, checker, typed }];
  });
}

/** Parses candidates: JavaScript together, TypeScript per nearest tsconfig.json. Order is kept. */
export function parseFiles(sources: readonly SourceText[]): readonly ParsedFile[] {
  const groups = new Map<string | null, SourceText[]>();
  const javascript: SourceText[] = [];
  for (const source of sources) {
    if (!isTypeScript(source.path)) {
      javascript.push(source);
      continue;
    }
    const key = findUp('tsconfig.json', dirname(source.path));
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  const parsed = [...groups].flatMap(([config, files]) => parseGroup(projectFor(config), files, true));
  if (javascript.length > 0) {
    parsed.push(...parseGroup(new Project({ compilerOptions: javascriptOptions }), javascript, false));
  }
  const order = new Map(sources.map((source, index) => [source.path, index]));
  return parsed.sort((a, b) => (order.get(a.source.path) ?? 0) - (order.get(b.source.path) ?? 0));
}

/** Whether a text parses as the file its path says it is. */
export function parses(path: string, text: string): boolean {
  const kind = /\.[mc]?js$/.test(path) ? ts.ScriptKind.JSX : undefined;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false, kind);
  return syntaxErrors(tree).length === 0;
}

/** The syntax errors of a tree; the compiler keeps them on the file but does not type them. */
export function syntaxErrors(tree: ts.SourceFile): readonly ts.Diagnostic[] {
  return (tree as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.Diagnostic[] }).parseDiagnostics ?? [];
}
